// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.door.Channels;
import io.github.niofastopen.door.JdkDoor;
import io.github.niofastopen.linux.NativeLibrary;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Predicate;

/** Makes connections to servers without and with Fast Open, by turns and one at a time, through channels of its own. */
public final class Prober {
    private final Connections connections;
    private final Tls tls;
    private final int count;

    /**
     * @param attempts those of the channels
     * @param count how many connections of each kind are measured
     * @param family which addresses of a host will do
     */
    public Prober(Attempts attempts, Channels channels, Tls tls, int count, long timeoutNanos, Predicate<InetAddress> family) {
        connections = new Connections(attempts, channels, tls, timeoutNanos, family);
        this.tls = tls;
        this.count = count;
    }

    /**
     * Attempts that defer every connection.
     *
     * @param properties those of this JVM: where the native library is to be copied to, and what a hedge is
     */
    public static Attempts attempts(Properties properties) {
        Properties own = new Properties();
        own.setProperty("niofastopen.native.dir", properties.getProperty("niofastopen.native.dir", ""));
        own.setProperty("niofastopen.hedge", properties.getProperty("niofastopen.hedge", "auto"));
        own.setProperty("niofastopen.defer", "always");
        own.setProperty("niofastopen.loopback", "true");
        return new Attempts(Configuration.from(own));
    }

    /**
     * Opens the door for channels that make such attempts.
     *
     * @throws NativeLibrary.UnavailableException if Fast Open isn't possible here
     * @throws JdkDoor.ClosedException the same
     */
    public static Channels openChannels(Attempts attempts) throws NativeLibrary.UnavailableException, JdkDoor.ClosedException {
        Configuration configuration = attempts.configuration();
        NativeLibrary.load(configuration.nativeDir() == null ? null : Path.of(configuration.nativeDir()));
        NativeLibrary.checkSystemCalls();
        return JdkDoor.open(attempts);
    }

    /** Is told of each connection that is made. */
    public interface Progress {
        /** @param all how many it will be, as far as is known */
        void made(int connections, int all);
    }

    /** Makes what connections it takes to tell of a server. */
    public Measurement probe(Target target, Progress progress) throws ProbeException {
        return new Probe(connections, tls, count, target, progress).measure();
    }
}
