// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.services;

import io.github.niofastopen.FastOpenSelectorProvider;
import java.nio.channels.spi.SelectorProvider;

/** The service of this module, which on the module path does what {@code META-INF/services} does on the class path. */
public final class FastOpenService {

    private FastOpenService() {
    }

    /** The provider method (see {@link java.util.ServiceLoader}). */
    public static SelectorProvider provider() {
        return new FastOpenSelectorProvider();
    }
}
