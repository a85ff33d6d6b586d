// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How a client makes a connection and uses it. */
enum Mode {
    BLOCKING {
        @Override
        void run(Client client) throws IOException {
            try (SocketChannel channel = SocketChannel.open(client.echo())) {
                client.exchange(channel);
            }
        }
    },
    SELECTOR {
        @Override
        void run(Client client) throws IOException {
            try (SocketChannel channel = SocketChannel.open(); Selector selector = Selector.open()) {
                channel.configureBlocking(false);
                channel.connect(client.echo());
                SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
                ByteBuffer out = ByteBuffer.wrap(client.message());
                ByteBuffer in = ByteBuffer.allocate(out.capacity());
                while (in.hasRemaining()) {
                    selector.select();
                    selector.selectedKeys().clear();
                    if (key.isConnectable() && channel.finishConnect()) {
                        key.interestOps(SelectionKey.OP_WRITE);
                    } else if (key.isWritable()) {
                        client.sent(channel.write(out));
                        key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                    } else if (key.isReadable() && channel.read(in) < 0) {
                        throw new IOException("end of stream");
                    }
                }
                client.check(in.array());
            }
        }
    },
    ADAPTOR {
        @Override
        void run(Client client) throws IOException {
            try (SocketChannel channel = SocketChannel.open()) {
                Socket socket = channel.socket();
                socket.connect(client.echo(), TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                exchange(client, socket.getInputStream(), socket.getOutputStream());
            }
        }
    },
    SOCKET {
        @Override
        void run(Client client) throws IOException {
            try (Socket socket = new Socket()) {
                socket.connect(client.echo(), client.id() % 2 == 0 ? 0 : TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                exchange(client, socket.getInputStream(), socket.getOutputStream());
            }
        }
    },
    SOCKET_HALF_CLOSED {
        @Override
        void run(Client client) throws IOException {
            try (Socket socket = new Socket(client.echo().getAddress(), client.echo().getPort())) {
                socket.getOutputStream().write(client.message());
                client.sent(client.message().length);
                socket.shutdownOutput();
                client.check(socket.getInputStream().readAllBytes());
            }
        }
    },
    SOCKET_CLOSED_UNWRITTEN {
        @Override
        void run(Client client) throws IOException {
            try (Socket socket = new Socket()) {
                socket.connect(client.echo());
            }
        }
    },
    SOCKET_CLOSED_WHILE_WRITING {
        @Override
        void run(Client client) throws IOException {
            client.cutOff();
            try (Socket socket = new Socket(client.echo().getAddress(), client.echo().getPort())) {
                OutputStream out = socket.getOutputStream();
                client.beside(socket::close, () -> {
                    try {
                        out.write(client.message());
                    } catch (IOException e) {
                        if (!socket.isClosed()) {
                            throw e;
                        }
                    }
                });
            }
        }
    },
    STREAMS {
        @Override
        void run(Client client) throws IOException {
            try (SocketChannel channel = SocketChannel.open(client.echo())) {
                exchange(client, Channels.newInputStream(channel), Channels.newOutputStream(channel));
            }
        }
    },
    SERVER_FIRST {
        @Override
        void run(Client client) throws IOException {
            try (SocketChannel channel = SocketChannel.open(client.greeting())) {
                client.greeted(client.read(channel, Client.GREETING.length));
                client.exchange(channel);
            }
        }
    },
    CLOSED_UNWRITTEN {
        @Override
        void run(Client client) throws IOException {
            try (SocketChannel channel = SocketChannel.open()) {
                channel.configureBlocking(client.id() % 2 == 0);
                channel.connect(client.echo());
            }
        }
    },
    HALF_CLOSED {
        @Override
        void run(Client client) throws IOException {
            try (SocketChannel channel = SocketChannel.open(client.echo())) {
                client.write(channel, client.message());
                channel.shutdownOutput();
                client.check(client.read(channel, client.message().length));
                client.expectEnd(channel);
            }
        }
    },
    HALF_CLOSED_UNWRITTEN {
        @Override
        void run(Client client) throws IOException {
            try (SocketChannel channel = SocketChannel.open(client.echo())) {
                channel.shutdownOutput();
                client.expectEnd(channel);
            }
        }
    },
    SAME_THREAD {
        @Override
        void run(Client client) throws IOException {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(client.anyPort());
                try (SocketChannel channel = SocketChannel.open(server.getLocalAddress());
                        SocketChannel accepted = server.accept()) {
                    client.write(channel, client.message());
                    client.arrived(client.read(accepted, client.message().length));
                    EchoingServer.writeFully(accepted, ByteBuffer.wrap(client.message()));
                    client.check(client.read(channel, client.message().length));
                }
            }
        }
    },
    CONCURRENT_FIRST_WRITES {
        @Override
        void run(Client client) throws IOException {
            byte[] other = client.otherMessage();
            try (SocketChannel channel = SocketChannel.open(client.echo())) {
                client.beside(() -> client.write(channel, other), () -> client.write(channel, client.message()));
                byte[] echoed = client.read(channel, client.message().length + other.length);
                client.check(Message.areOf(client.id(), echoed, echoed.length));
            }
        }
    },
    CLOSED_WHILE_WRITING {
        @Override
        void run(Client client) throws IOException {
            client.cutOff();
            try (SocketChannel channel = SocketChannel.open(client.echo())) {
                client.beside(channel::close, () -> {
                    try {
                        channel.write(ByteBuffer.wrap(client.message()));
                    } catch (IOException e) {
                        if (channel.isOpen()) {
                            throw e;
                        }
                    }
                });
            }
        }
    },
    /** Writes at about the time at which the SYN leaves without data. */
    WINDOW_ELAPSING {
        @Override
        void run(Client client) throws IOException {
            try (SocketChannel channel = SocketChannel.open(client.echo())) {
                long percent = 80 + client.id() % 40;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(client.windowMillis()) * percent / 100);
                client.exchange(channel);
            }
        }
    };

    private static final int TIMEOUT_MILLIS = 30_000;

    abstract void run(Client client) throws IOException;

    private static void exchange(Client client, InputStream in, OutputStream out) throws IOException {
        out.write(client.message());
        client.sent(client.message().length);
        client.check(in.readNBytes(client.message().length));
    }
}
