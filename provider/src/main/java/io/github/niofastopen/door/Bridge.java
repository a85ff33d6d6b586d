// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import io.github.niofastopen.linux.OwnJar;
import java.io.IOException;
import java.util.Arrays;

/**
 * A class of ours that becomes a member of a package of {@code java.base}, so that classes of ours elsewhere can reach what
 * is package-private there. It holds no logic. Nobody can make another: what the door defines is what is shipped.
 */
public final class Bridge {
    private final int place;
    private final String packageName;
    private final String simpleName;
    private final String neighbour;
    private final Requirement[] requirements;
    private Requirement[] requirementsOfUse = {};
    private Redirection[][] redirections = {};

    /**
     * @param place in the native library's list (jdk_module.c)
     * @param neighbour a class that the package has on every JDK
     */
    private Bridge(int place, String packageName, String simpleName, String neighbour, Requirement... requirements) {
        this.place = place;
        this.packageName = packageName;
        this.simpleName = simpleName;
        this.neighbour = neighbour;
        this.requirements = requirements;
    }

    /** What the channels extend. */
    static Bridge ofChannels() {
        String impl = "sun.nio.ch.SocketChannelImpl";
        String any = "sun.nio.ch.SelChImpl";
        return new Bridge(0, "sun.nio.ch", "SocketChannelBridge", "SocketChannelImpl",
            Requirement.called(impl, "<init>", "(Ljava/nio/channels/spi/SelectorProvider;)V"),
            Requirement.called(impl, "<init>", "(Ljava/nio/channels/spi/SelectorProvider;Ljava/net/ProtocolFamily;)V"),
            Requirement.overridden(impl, "blockingConnect", "(Ljava/net/SocketAddress;J)V"),
            Requirement.overridden(impl, "blockingRead", "([BIIJ)I"),
            Requirement.overridden(impl, "blockingWriteFully", "([BII)V"),
            Requirement.overridden(impl, "sendOutOfBandData", "(B)I"),
            Requirement.overridden(impl, "isInputOpen", "()Z"),
            Requirement.overridden(impl, "isOutputOpen", "()Z"),
            Requirement.overridden(impl, "getFD", "()Ljava/io/FileDescriptor;"),
            Requirement.overridden(impl, "localAddress", "()Ljava/net/SocketAddress;"),
            Requirement.overridden(impl, "translateReadyOps", "(IILsun/nio/ch/SelectionKeyImpl;)Z"),
            // Not by the source: javac adds a method for each public one of a class that isn't public
            Requirement.overridden(impl, "getFDVal", "()I"),
            Requirement.overridden(impl, "kill", "()V"),
            Requirement.overridden(impl, "translateAndSetReadyOps", "(ILsun/nio/ch/SelectionKeyImpl;)Z"),
            Requirement.overridden(impl, "translateAndUpdateReadyOps", "(ILsun/nio/ch/SelectionKeyImpl;)Z"),
            Requirement.overridden(impl, "translateInterestOps", "(I)I"),
            Requirement.overridden(any, "park", "(IJ)V"),
            Requirement.called(any, "getFD", "()Ljava/io/FileDescriptor;"),
            Requirement.called(any, "getFDVal", "()I"),
            Requirement.called("sun.nio.ch.SelectionKeyImpl", "nioReadyOps", "(I)V"),
            Requirement.called("sun.nio.ch.Net", "localAddress", "(Ljava/io/FileDescriptor;)Ljava/net/InetSocketAddress;"),
            Requirement.called("sun.nio.ch.Net", "poll", "(Ljava/io/FileDescriptor;IJ)I"),
            Requirement.field("sun.nio.ch.Net", "POLLIN", "S"),
            Requirement.field("sun.nio.ch.Net", "POLLOUT", "S"),
            Requirement.called("sun.nio.ch.DefaultSelectorProvider", "get", "()Lsun/nio/ch/SelectorProviderImpl;"));
    }

    /** What stands between the JDK's TLS and the methods that make key shares and record handshakes that have ended. */
    static Bridge ofKeyShares() {
        String context = "sun.security.ssl.HandshakeContext";
        Bridge bridge = new Bridge(1, "sun.security.ssl", "KeyShareBridge", "KeyShareExtension",
            Requirement.field(context, "conContext", "Lsun/security/ssl/TransportContext;"),
            Requirement.field(context, "sslContext", "Lsun/security/ssl/SSLContextImpl;"),
            Requirement.field(context, "sslConfig", "Lsun/security/ssl/SSLConfiguration;"),
            Requirement.field(context, "handshakeSession", "Lsun/security/ssl/SSLSessionImpl;"),
            Requirement.field(context, "handshakeCredentials", "Ljava/util/List;"),
            Requirement.field(context, "clientRequestedNamedGroups", "Ljava/util/List;"),
            Requirement.field(context, "serverSelectedNamedGroup", "Lsun/security/ssl/NamedGroup;"),
            Requirement.field("sun.security.ssl.ClientHandshakeContext", "initialClientHelloMsg",
                "Lsun/security/ssl/ClientHello$ClientHelloMessage;"),
            Requirement.field("sun.security.ssl.TransportContext", "transport", "Lsun/security/ssl/SSLTransport;"),
            Requirement.field("sun.security.ssl.TransportContext", "isNegotiated", "Z"),
            Requirement.field("sun.security.ssl.NamedGroup", "id", "I"),
            Requirement.field("sun.security.ssl.SSLConfiguration", "identificationProtocol", "Ljava/lang/String;"),
            Requirement.called("sun.security.ssl.SSLTransport", "getPeerHost", "()Ljava/lang/String;"),
            Requirement.called("sun.security.ssl.SSLTransport", "getPeerPort", "()I"),
            Requirement.called("sun.security.ssl.SSLContextImpl", "isDTLS", "()Z"),
            Requirement.called("sun.security.ssl.X509TrustManagerImpl", "checkIdentity",
                "(Ljava/lang/String;Ljava/security/cert/X509Certificate;Ljava/lang/String;)V"),
            Requirement.called("sun.security.ssl.ClientHello$ClientHelloMessage", "messageLength", "()I"),
            Requirement.called("sun.security.ssl.NamedGroupCredentials", "getNamedGroup", "()Lsun/security/ssl/NamedGroup;"));
        bridge.redirections = redirectionsOfKeyShares();
        return bridge;
    }

    /** Of JDK 28 and of JDK 27, which doesn't record the handshakes of TLS 1.2 that resume a session. */
    private static Redirection[][] redirectionsOfKeyShares() {
        String producer = "sun/security/ssl/KeyShareExtension$CHKeyShareProducer";
        Redirection shares = new Redirection(producer, producer, "getShare",
            "(Lsun/security/ssl/ClientHandshakeContext;Lsun/security/ssl/NamedGroup;)[B");
        String ofHandshake = "(Lsun/security/ssl/HandshakeContext;)V";
        String ofSession = "(Lsun/security/ssl/SSLSessionImpl;)V";
        return new Redirection[][] {
            {shares, recording("T12FinishedProducer", ofHandshake), recording("T12FinishedConsumer", ofHandshake),
                recording("T13FinishedProducer", ofHandshake)},
            {shares, recording("T12FinishedConsumer", ofSession), recording("T13FinishedProducer", ofSession)},
        };
    }

    private static Redirection recording(String caller, String descriptor) {
        String finished = "sun/security/ssl/Finished";
        return new Redirection(finished + "$" + caller, finished, "recordEvent", descriptor);
    }

    /** What stands between the JDK's sockets and what they use. */
    static Bridge ofSockets() {
        String impl = "java.net.SocketImpl";
        String platform = "(Z)Ljava/net/SocketImpl;";
        Bridge bridge = new Bridge(2, "java.net", "SocketImplBridge", "SocketImpl",
            Requirement.called(impl, "createPlatformSocketImpl", platform),
            Requirement.overridden(impl, "copyOptionsTo", "(Ljava/net/SocketImpl;)V"),
            Requirement.overridden(impl, "reset", "()V"));
        bridge.redirections = new Redirection[][] {
            {new Redirection("java/net/Socket", "java/net/SocketImpl", "createPlatformSocketImpl", platform)}
        };
        bridge.requirementsOfUse = requirementsOfSockets();
        return bridge;
    }

    private static Requirement[] requirementsOfSockets() {
        String waiting = "sun.nio.ch.SelChImpl";
        return new Requirement[] {
            Requirement.overridden(waiting, "getFD", "()Ljava/io/FileDescriptor;"),
            Requirement.overridden(waiting, "getFDVal", "()I"),
            Requirement.overridden(waiting, "kill", "()V"),
            Requirement.overridden(waiting, "translateAndSetReadyOps", "(ILsun/nio/ch/SelectionKeyImpl;)Z"),
            Requirement.overridden(waiting, "translateAndUpdateReadyOps", "(ILsun/nio/ch/SelectionKeyImpl;)Z"),
            Requirement.overridden(waiting, "translateInterestOps", "(I)I"),
            Requirement.called(waiting, "park", "(IJ)V"),
            Requirement.called("sun.nio.ch.IOUtil", "configureBlocking", "(Ljava/io/FileDescriptor;Z)V"),
            Requirement.called("sun.nio.ch.IOUtil", "fdVal", "(Ljava/io/FileDescriptor;)I"),
            Requirement.called("sun.nio.ch.Net", "localAddress", "(Ljava/io/FileDescriptor;)Ljava/net/InetSocketAddress;"),
            Requirement.field("sun.nio.ch.Net", "POLLIN", "S"),
            Requirement.field("sun.nio.ch.Net", "POLLOUT", "S")
        };
    }

    /** @throws ReflectiveOperationException that names what this JDK lacks */
    void check() throws ReflectiveOperationException {
        Requirement.checkAll(requirements);
    }

    /**
     * Checks what its users need besides, once there is one: that costs a cold JVM some ms.
     *
     * @throws ReflectiveOperationException that names what this JDK lacks
     */
    void checkUse() throws ReflectiveOperationException {
        Requirement.checkAll(requirementsOfUse);
    }

    int place() {
        return place;
    }

    String packageName() {
        return packageName;
    }

    String className() {
        return packageName + "." + simpleName;
    }

    /** All of them. */
    Requirement[] requirements() {
        Requirement[] all = Arrays.copyOf(requirements, requirements.length + requirementsOfUse.length);
        System.arraycopy(requirementsOfUse, 0, all, requirements.length, requirementsOfUse.length);
        return all;
    }

    /** The ways in which the JDK's calls may be redirected to this bridge, of which one fits a JDK that is as expected. */
    Redirection[][] redirections() {
        return redirections.clone();
    }

    /** The name of a class beside which the bridge is defined. */
    public String neighbour() {
        return packageName + "." + neighbour;
    }

    /** The bridge as this jar brings it along. */
    public byte[] classFile() throws ClassNotFoundException {
        try {
            byte[] classFile = OwnJar.read("META-INF/bridge/" + simpleName + ".bytes");
            if (classFile == null) {
                throw new ClassNotFoundException(className());
            }
            return classFile;
        } catch (IOException e) {
            throw new ClassNotFoundException(className(), e);
        }
    }
}
