// SPDX-License-Identifier: Apache-2.0
package sun.security.ssl;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Stands between two pairs of the JDK's methods: the one that makes key shares and its caller, and the one that records a
 * handshake that has ended and its callers. The callers' class files are changed to call this class. What it is told goes to
 * {@link #use whoever} extends it; whatever fails there, the JDK does what it always does. It holds no logic.
 */
public abstract class KeyShareBridge {
    private static final MethodHandle GET_SHARE =
        ofJdk("KeyShareExtension$CHKeyShareProducer", "getShare", byte[].class, ClientHandshakeContext.class, NamedGroup.class);
    // A JDK has one of the two: 27 the first, 28 the second

    private static final MethodHandle RECORD_SESSION = ofJdkOrNull("Finished", "recordEvent", void.class, SSLSessionImpl.class);
    private static final MethodHandle RECORD_HANDSHAKE = ofJdkOrNull("Finished", "recordEvent", void.class, HandshakeContext.class);

    private static volatile KeyShareBridge inUse;

    protected KeyShareBridge() {
    }

    private static MethodHandle ofJdk(String simpleName, String name, Class<?> returned, Class<?>... parameters) {
        MethodHandle found = ofJdkOrNull(simpleName, name, returned, parameters);
        if (found == null) {
            throw new NoSuchMethodError(simpleName + "." + name);
        }
        return found;
    }

    private static MethodHandle ofJdkOrNull(String simpleName, String name, Class<?> returned, Class<?>... parameters) {
        try {
            Class<?> owner = Class.forName("sun.security.ssl." + simpleName, false, null);
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                .findStatic(owner, name, MethodType.methodType(returned, parameters));
        } catch (NoSuchMethodException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    /** Begins to tell; before, the JDK does what it always does. */
    protected static void use(KeyShareBridge told) {
        inUse = told;
    }

    /** In place of CHKeyShareProducer.getShare, by its caller: null for a group that is to have no share. */
    static byte[] getShare(ClientHandshakeContext handshake, NamedGroup group) throws Throwable {
        if (isWithout(handshake, group)) {
            return null;
        }
        byte[] share = (byte[]) GET_SHARE.invokeExact(handshake, group);
        if (share != null) {
            tellSent(handshake, group, share.length);
        }
        return share;
    }

    private static boolean isWithout(ClientHandshakeContext handshake, NamedGroup group) {
        KeyShareBridge told = inUse;
        try {
            return told != null && told.isWithout(handshake, group.id);
        } catch (Throwable e) {
            return false;
        }
    }

    private static void tellSent(ClientHandshakeContext handshake, NamedGroup group, int length) {
        KeyShareBridge told = inUse;
        try {
            if (told != null) {
                told.sent(handshake, group.id, length);
            }
        } catch (Throwable e) {
            // Nothing will be learned, then.
        }
    }

    /** In place of Finished.recordEvent, by its callers. */
    static void recordEvent(SSLSessionImpl session) throws Throwable {
        tell(null, session);
        RECORD_SESSION.invokeExact(session);
    }

    /** In place of Finished.recordEvent, by its callers. */
    static void recordEvent(HandshakeContext handshake) throws Throwable {
        tell(handshake, null);
        RECORD_HANDSHAKE.invokeExact(handshake);
    }

    private static void tell(HandshakeContext handshake, SSLSessionImpl session) {
        KeyShareBridge told = inUse;
        try {
            if (told != null) {
                told.finished(handshake, session);
            }
        } catch (Throwable e) {
            // Nothing has been learned, then.
        }
    }

    /** Whether a handshake is to have no share for a group, by its number (RFC 8446, 4.2.7). */
    protected abstract boolean isWithout(Object handshake, int group);

    /** The ClientHello that is being made has a share of a group, of that length. */
    protected abstract void sent(Object handshake, int group, int length);

    /**
     * A handshake, this JVM's on either side, has ended well: the peer's Finished message was right.
     *
     * @param handshake null if only its session is known
     * @param session null if the handshake is known
     */
    protected abstract void finished(Object handshake, Object session);

    /** The groups that a client offers, in its order. */
    protected static int[] groups(Object handshake) {
        List<NamedGroup> groups = ((ClientHandshakeContext) handshake).clientRequestedNamedGroups;
        int[] numbers = new int[groups.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = groups.get(i).id;
        }
        return numbers;
    }

    /** What the server is called by who made the engine or socket, or null. */
    protected static String host(Object handshake) {
        return ((ClientHandshakeContext) handshake).conContext.transport.getPeerHost();
    }

    /** The server's port by who made the engine or socket, or -1. */
    protected static int port(Object handshake) {
        return ((ClientHandshakeContext) handshake).conContext.transport.getPeerPort();
    }

    /** What stands for the {@link javax.net.ssl.SSLContext}: its trust, and its sessions. */
    protected static Object context(Object handshake) {
        return ((ClientHandshakeContext) handshake).sslContext;
    }

    /** The algorithm by which the server's certificate has to name the server, or null, or nothing. */
    protected static String identification(Object handshake) {
        return ((ClientHandshakeContext) handshake).sslConfig.identificationProtocol;
    }

    /** Whether the certificate of the server, in this handshake or in that which began the session, names it by that algorithm. */
    protected static boolean isNamed(Object handshake, String algorithm) {
        try {
            Certificate[] chain = ((ClientHandshakeContext) handshake).handshakeSession.getPeerCertificates();
            X509TrustManagerImpl.checkIdentity(host(handshake), (X509Certificate) chain[0], algorithm);
            return true;
        } catch (SSLPeerUnverifiedException | CertificateException e) {
            return false;
        }
    }

    /** The {@link javax.net.ssl.SSLEngine} or {@link javax.net.ssl.SSLSocket}, or what else has a handshake. */
    protected static Object transport(Object handshake) {
        return ((ClientHandshakeContext) handshake).conContext.transport;
    }

    protected static boolean isDatagram(Object handshake) {
        return ((ClientHandshakeContext) handshake).sslContext.isDTLS();
    }

    protected static boolean isRenegotiation(Object handshake) {
        return ((ClientHandshakeContext) handshake).conContext.isNegotiated;
    }

    /** Whether the server has asked for another ClientHello, with a share of a group that it has named. */
    protected static boolean isRetried(Object handshake) {
        return ((ClientHandshakeContext) handshake).serverSelectedNamedGroup != null;
    }

    protected static boolean isOf(Object handshake, Object session) {
        return ((ClientHandshakeContext) handshake).handshakeSession == session;
    }

    /** The group that the keys were agreed on with, or 0 where none had part in it. */
    protected static int chosen(Object handshake) {
        for (SSLCredentials credentials : ((ClientHandshakeContext) handshake).handshakeCredentials) {
            if (credentials instanceof NamedGroupCredentials) {
                return ((NamedGroupCredentials) credentials).getNamedGroup().id;
            }
        }
        return 0;
    }

    /** The length of the ClientHello's message, without its header and its record's. */
    protected static int helloLength(Object handshake) {
        return ((ClientHandshakeContext) handshake).initialClientHelloMsg.messageLength();
    }
}
