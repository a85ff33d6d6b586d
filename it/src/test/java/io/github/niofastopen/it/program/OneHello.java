// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Sends one ClientHello to an echo server. It needs module java.base only. */
public final class OneHello {
    private static final int LENGTH = 300;
    private static final int JAVA_17 = 61;
    private static final int CONSTANT_UTF8 = 1;
    private static final int CONSTANT_CLASS = 7;

    private OneHello() {
    }

    /**
     * Prints its name, the class of its channel, the port at this end, and whether the JDK's internals are exported to
     * this program.
     *
     * @param args a name for this run, server address, and port; with fewer it opens a channel and ends
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 3) {
            SocketChannel.open().close();
            return;
        }
        ByteBuffer hello = hello();
        try (SocketChannel channel = SocketChannel.open()) {
            channel.connect(new InetSocketAddress(args[1], Integer.parseInt(args[2])));
            channel.write(hello);
            ByteBuffer echo = ByteBuffer.allocate(LENGTH);
            while (echo.hasRemaining() && channel.read(echo) >= 0) {
                // Until all is back.
            }
            if (!echo.flip().equals(hello.flip())) {
                throw new IOException("the echo differs");
            }
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            boolean exported = Object.class.getModule().isExported("sun.nio.ch", OneHello.class.getModule()) || linksToInternals();
            System.out.println(args[0] + "\t" + channel.getClass().getName() + "\t" + port + "\t" + exported);
        }
    }

    /** The JVM may have been told what the module system hasn't: tries to be a subclass of a class of the JDK's. */
    private static boolean linksToInternals() throws IOException {
        try {
            MethodHandles.lookup().defineClass(subclassOf("sun/nio/ch/SelectorProviderImpl"));
            return true;
        } catch (IllegalAccessException | IllegalAccessError e) {
            return false;
        }
    }

    /** A class file with no member (JVMS 4.1). */
    private static byte[] subclassOf(String superclass) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xcafebabe);
        out.writeInt(JAVA_17);
        out.writeShort(5);
        for (String name : List.of(OneHello.class.getPackageName().replace('.', '/') + "/Intruder", superclass)) {
            out.writeByte(CONSTANT_UTF8);
            out.writeUTF(name);
        }
        for (int name = 1; name <= 2; name++) {
            out.writeByte(CONSTANT_CLASS);
            out.writeShort(name);
        }
        out.writeShort(Modifier.PUBLIC | Modifier.ABSTRACT);
        out.writeShort(3);
        out.writeShort(4);
        // Interfaces, fields, methods, attributes
        out.write(new byte[4 * Short.BYTES]);
        return bytes.toByteArray();
    }

    private static ByteBuffer hello() {
        byte[] bytes = new byte[LENGTH];
        bytes[0] = 22;
        bytes[1] = 3;
        bytes[2] = 1;
        bytes[3] = (byte) ((LENGTH - 5) >> 8);
        bytes[4] = (byte) (LENGTH - 5);
        bytes[5] = 1;
        bytes[9] = 3;
        bytes[10] = 3;
        return ByteBuffer.wrap(bytes);
    }
}
