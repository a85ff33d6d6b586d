// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import io.github.niofastopen.it.contract.Bytes;
import io.github.niofastopen.it.contract.ThreadKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A call that waits for its peer. */
enum Call {
    CONNECT {
        @Override
        Object on(Subject subject) throws IOException {
            return subject.channel().connect(subject.remote());
        }
    },
    CONNECT_OF_SOCKET {
        @Override
        Object on(Subject subject) throws IOException {
            subject.channel().socket().connect(subject.remote());
            return "";
        }
    },
    TIMED_CONNECT_OF_SOCKET {
        @Override
        Object on(Subject subject) throws IOException {
            subject.channel().socket().connect(subject.remote(), PATIENCE_MILLIS);
            return "";
        }
    },
    FINISH_CONNECT {
        @Override
        void prepare(Subject subject) throws IOException {
            subject.channel().configureBlocking(false);
            subject.channel().connect(subject.remote());
            subject.channel().configureBlocking(true);
        }

        @Override
        Object on(Subject subject) throws IOException {
            return subject.channel().finishConnect();
        }
    },
    READ_BEHIND_CONNECT {
        @Override
        void prepare(Subject subject) {
            connectElsewhere(subject);
        }

        @Override
        Object on(Subject subject) throws IOException {
            return READ.on(subject);
        }
    },
    WRITE_BEHIND_CONNECT {
        @Override
        void prepare(Subject subject) {
            connectElsewhere(subject);
        }

        @Override
        Object on(Subject subject) throws IOException {
            return WRITE.on(subject);
        }
    },
    READ {
        @Override
        Object on(Subject subject) throws IOException {
            return subject.channel().read(ByteBuffer.allocate(1));
        }
    },
    SCATTERING_READ {
        @Override
        Object on(Subject subject) throws IOException {
            return subject.channel().read(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocate(1)});
        }
    },
    READ_OF_SOCKET {
        @Override
        Object on(Subject subject) throws IOException {
            return subject.channel().socket().getInputStream().read();
        }
    },
    TIMED_READ_OF_SOCKET {
        @Override
        Object on(Subject subject) throws IOException {
            subject.channel().socket().setSoTimeout(PATIENCE_MILLIS);
            return subject.channel().socket().getInputStream().read();
        }
    },
    WRITE {
        @Override
        Object on(Subject subject) throws IOException {
            return subject.channel().write(ByteBuffer.wrap(Bytes.plain(BLOCK)));
        }
    },
    GATHERING_WRITE {
        /** Begins with a ClientHello that doesn't fit into a SYN. */
        @Override
        Object on(Subject subject) throws IOException {
            ByteBuffer hello = ByteBuffer.wrap(Bytes.clientHello(5000));
            return subject.channel().write(new ByteBuffer[] {hello, ByteBuffer.wrap(Bytes.plain(BLOCK))});
        }
    },
    WRITE_OF_SOCKET {
        @Override
        Object on(Subject subject) throws IOException {
            OutputStream out = subject.channel().socket().getOutputStream();
            out.write(Bytes.plain(BLOCK));
            return "";
        }
    },
    URGENT_DATA {
        @Override
        Object on(Subject subject) throws IOException {
            subject.channel().socket().sendUrgentData(1);
            return "";
        }
    },
    TRANSFER_TO {
        @Override
        void prepare(Subject subject) throws IOException {
            subject.openFile(BLOCK);
        }

        @Override
        Object on(Subject subject) throws IOException {
            return subject.file().transferTo(0, BLOCK, subject.channel());
        }
    };

    private static final int PATIENCE_MILLIS = 600_000;
    private static final int BLOCK = 60_000;

    /** What comes before, on a thread that isn't the call's. */
    void prepare(Subject subject) throws IOException {
    }

    /** @return what the call returns */
    abstract Object on(Subject subject) throws IOException;

    boolean connects() {
        return ordinal() <= WRITE_BEHIND_CONNECT.ordinal();
    }

    boolean writes() {
        return ordinal() >= WRITE.ordinal();
    }

    /** Another call that waits for the same, where the JDK's channels don't wait in this one. */
    Call akin() {
        return this == URGENT_DATA || this == TRANSFER_TO ? WRITE : this;
    }

    private static void connectElsewhere(Subject subject) {
        SocketChannel channel = subject.channel();
        Act.start(ThreadKind.PLATFORM, () -> channel.connect(subject.remote())).awaitOverOrBlocked();
    }
}
