// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;

/**
 * A client library in its ordinary configuration, as an application uses it. Implementations have a public constructor
 * without parameters, and know nothing of TCP Fast Open.
 */
public interface Client extends AutoCloseable {

    /**
     * Makes one exchange with a server; the library decides over which connection.
     *
     * @return the content of the answer
     */
    String exchange(URI target) throws Exception;

    @Override
    default void close() throws IOException {
        // Nothing is held.
    }
}
