// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** How an application waits for its channel. */
interface Readiness extends AutoCloseable {

    /** Makes the channel one that is waited for in this way. */
    void prepare(SocketChannel channel) throws IOException;

    /** Waits for one of some operations. */
    void await(SocketChannel channel, int operations) throws IOException;

    @Override
    void close() throws IOException;

    /** The calls themselves block. */
    static Readiness blocking() {
        return new Readiness() {
            @Override
            public void prepare(SocketChannel channel) {
                // Channels are opened so.
            }

            @Override
            public void await(SocketChannel channel, int operations) throws IOException {
                throw new IOException("a blocking channel has done nothing");
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }

    static Readiness selector() throws IOException {
        Selector selector = Selector.open();
        return new Readiness() {
            private SelectionKey key;

            @Override
            public void prepare(SocketChannel channel) throws IOException {
                key = channel.configureBlocking(false).register(selector, 0);
            }

            @Override
            public void await(SocketChannel channel, int operations) throws IOException {
                key.interestOps(operations);
                while (selector.select() == 0) {
                    selector.selectedKeys().clear();
                }
                selector.selectedKeys().clear();
            }

            @Override
            public void close() throws IOException {
                selector.close();
            }
        };
    }
}
