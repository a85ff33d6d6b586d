// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A channel's descriptor. The JVM must export sun.nio.ch. */
final class Descriptor {
    private final Path link;

    private Descriptor(int number) {
        link = Path.of("/proc/self/fd/" + number);
    }

    static Descriptor of(SocketChannel channel) throws ReflectiveOperationException {
        Method number = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
        return new Descriptor((Integer) number.invoke(channel));
    }

    /** Whether it was given back to the kernel, and nobody has taken it since. */
    boolean isFree() {
        return !Files.exists(link, LinkOption.NOFOLLOW_LINKS);
    }
}
