// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.socket;

import static io.github.niofastopen.attempt.FirstExchange.NO_DEADLINE;

import io.github.niofastopen.attempt.Attempt;
import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.attempt.FirstExchange;
import io.github.niofastopen.attempt.HalfClose.Direction;
import io.github.niofastopen.attempt.NoDelay;
import io.github.niofastopen.attempt.Phase;
import io.github.niofastopen.attempt.Untried;
import io.github.niofastopen.destinations.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketImplBridge;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * What the JDK's socket uses, except between connect and the first sign of the peer. In that time a {@link SocketEndpoint}
 * exists, whose attempt decides with what the SYN leaves; afterwards every call is the JDK's own, at the price of reading one
 * field.
 */
public final class FastOpenSocketImpl extends SocketImplBridge {
    private static final AtomicReferenceFieldUpdater<FastOpenSocketImpl, SocketEndpoint> PENDING =
        AtomicReferenceFieldUpdater.newUpdater(FastOpenSocketImpl.class, SocketEndpoint.class, "pending");

    private final Attempts attempts;
    /** Null while the socket is the JDK's alone. */
    private volatile SocketEndpoint pending;
    private volatile boolean closed;
    /** The address that the application chose; null if it hasn't. */
    private volatile InetSocketAddress bound;
    private volatile boolean portChosen;

    FastOpenSocketImpl(SocketImpl jdk, Attempts attempts) {
        super(jdk);
        this.attempts = attempts;
    }

    // -- bind and connect

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
        super.bind(host, port);
        bound = new InetSocketAddress(host, getLocalPort());
        portChosen = port != 0;
    }

    @Override
    protected void connect(SocketAddress remote, int timeout) throws IOException {
        InetSocketAddress destination = destinationToBe(remote);
        if (destination == null) {
            connectUnseen(remote, timeout);
            return;
        }
        Verdict verdict = attempts.begin(destination, bound);
        if (attempts.learnsFrom(destination, verdict)) {
            connectByAttempt(destination, verdict, timeout);
        } else {
            connectUntried(destination, verdict, timeout);
        }
    }

    private void connectUntried(InetSocketAddress remote, Verdict verdict, int timeout) throws IOException {
        if (pending != null) {
            // Of another thread, meanwhile
            connectUnseen(remote, timeout);
            return;
        }
        Untried untried = attempts.untried(remote, verdict);
        boolean completed = false;
        try {
            connectOfTheJdk(remote, timeout);
            completed = true;
        } finally {
            if (completed || !isOpen()) {
                untried.end();
            }
        }
    }

    /** Where a connect leads to, or null where it will be refused, or isn't one to look at. */
    private InetSocketAddress destinationToBe(SocketAddress remote) {
        boolean connectable = pending == null && isOpen() && descriptor() != null;
        return connectable && remote instanceof InetSocketAddress && !((InetSocketAddress) remote).isUnresolved()
            // NioSocketImpl makes another address of that
            && !((InetSocketAddress) remote).getAddress().isAnyLocalAddress() ? (InetSocketAddress) remote : null;
    }

    /** Only one of several threads can have an attempt; NioSocketImpl closes the socket where another connects again. */
    private void connectUnseen(SocketAddress remote, int timeout) throws IOException {
        SocketEndpoint current = pending;
        if (current != null) {
            current.attempt().exchange().awaitEndOfConnect();
            close();
            throw new SocketException("Already connected");
        }
        super.connect(remote, timeout);
    }

    /** NioSocketImpl closes itself when its connect fails. */
    private void connectOfTheJdk(SocketAddress remote, int timeout) throws IOException {
        try {
            super.connect(remote, timeout);
        } catch (IOException e) {
            closed = true;
            SocketEndpoint current = pending;
            if (current != null) {
                // This thread's own, or that of another one that connects at the same time.
                current.attempt().abandon();
            }
            throw e;
        }
    }

    private void connectByAttempt(InetSocketAddress remote, Verdict verdict, int timeout) throws IOException {
        SocketEndpoint begun = new SocketEndpoint(this, new Descriptor(this, descriptor()), attempts, remote, verdict);
        Attempt attempt = begun.attempt();
        attempt.exchange().beginConnect();
        boolean completed = false;
        try {
            if (!PENDING.compareAndSet(this, null, begun)) {
                throw new SocketException("Already connected");
            }
            if (isOpen()) {
                attempt.arm();
            } else {
                // Who closes it hasn't seen the attempt: the descriptor may be another's at any moment.
                attempt.close();
            }
            long deadline = timeout == 0 ? NO_DEADLINE : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
            if (timeout > 0) {
                attempt.endAfter(timeout);
            }
            if (isToBeHelped(attempt)) {
                askAndWait(begun, deadline);
            }
            connectOfTheJdk(remote, timeout);
            completed = true;
            connected(begun);
        } finally {
            endConnect(begun, completed);
            attempt.exchange().endConnect();
        }
    }

    /**
     * NioSocketImpl's connect can't be helped when the path loses its SYN. Until the path is known it is worth some system
     * calls to send the SYN before. A socket that is bound stays as it is: it might lose its port.
     */
    private boolean isToBeHelped(Attempt attempt) {
        return attempt.phase() == Phase.ARMED && bound == null && !attempts.memory().isCleared(attempt.remote().getAddress());
    }

    /** Sends a SYN that asks for a cookie, if the kernel has none, and waits for the answer, which NioSocketImpl's connect then finds. */
    private void askAndWait(SocketEndpoint begun, long deadline) throws IOException {
        Attempt attempt = begun.attempt();
        try {
            if (attempt.enterWaiting()) {
                try {
                    ask(begun, deadline);
                } finally {
                    attempt.leaveWaiting();
                }
            }
        } catch (IOException e) {
            // As NioSocketImpl.connect has it.
            close();
            throw e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)
                ? new SocketException("Closed by interrupt") : e;
        }
        if (attempt.hasFailedUnknownToSocket()) {
            close();
            throw attempt.failure();
        }
    }

    /** The descriptor of a socket that hasn't been connected blocks, and NioSocketImpl relies on that. */
    private void ask(SocketEndpoint begun, long deadline) throws IOException {
        Descriptor descriptor = begun.descriptor();
        descriptor.setBlocking(false);
        try {
            if (begun.attempt().ask()) {
                begun.attempt().exchange().awaitAnswer(deadline);
            }
        } finally {
            descriptor.setBlocking(true);
        }
        if (isOpen() && begun.attempt().phase().awaitsPeer()) {
            throw new SocketTimeoutException("Connect timed out");
        }
    }

    private void connected(SocketEndpoint begun) {
        begun.bound(localAddress());
        Attempt attempt = begun.attempt();
        attempt.heldUnlessAnswered();
        attempt.openWindow();
        attempt.poll();
    }

    /** Null if the socket is closed. */
    private InetSocketAddress localAddress() {
        try {
            return new InetSocketAddress((InetAddress) getOption(SO_BINDADDR), getLocalPort());
        } catch (SocketException e) {
            return null;
        }
    }

    private void endConnect(SocketEndpoint begun, boolean completed) {
        if (pending != begun) {
            return;
        }
        if (!isOpen()) {
            begun.attempt().close();
        }
        begun.attempt().endConnect(completed || !isOpen());
        if (!completed) {
            drop(begun);
        }
    }

    // -- read and write

    @Override
    protected InputStream getInputStream() throws IOException {
        return new SocketInput(this, super.getInputStream());
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
        return new SocketOutput(this, super.getOutputStream());
    }

    int read(InputStream jdk, byte[] bytes, int offset, int length) throws IOException {
        SocketEndpoint current = pending;
        if (current == null) {
            return jdk.read(bytes, offset, length);
        }
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            // As NioSocketImpl.read: of a socket that is closed, or that another thread reads from, too.
            return 0;
        }
        JdkTransfer transfer = new JdkTransfer(jdk, null, bytes, ByteBuffer.wrap(bytes, offset, length));
        long deadline = deadlineOfRead();
        FirstExchange exchange = current.attempt().exchange();
        return (int) (deadline == NO_DEADLINE ? exchange.read(true, deadline, transfer) : exchange.readInTime(deadline, transfer));
    }

    private long deadlineOfRead() throws IOException {
        int millis = (Integer) getOption(SO_TIMEOUT);
        return millis > 0 ? System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) : NO_DEADLINE;
    }

    void write(OutputStream jdk, byte[] bytes, int offset, int length) throws IOException {
        SocketEndpoint current = pending;
        if (current == null) {
            jdk.write(bytes, offset, length);
            return;
        }
        Objects.checkFromIndexSize(offset, length, bytes.length);
        ByteBuffer src = ByteBuffer.wrap(bytes, offset, length);
        current.attempt().exchange().writeFully(src, new JdkTransfer(null, jdk, bytes, src));
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        SocketEndpoint current = pending;
        if (current != null) {
            current.attempt().exchange().takesUrgentWrite();
        }
        super.sendUrgentData(data);
    }

    // -- options

    @Override
    protected <T> void setOption(SocketOption<T> name, T value) throws IOException {
        NoDelay noDelay = noDelayInChargeIf(name == StandardSocketOptions.TCP_NODELAY && value instanceof Boolean);
        if (noDelay == null) {
            super.setOption(name, value);
        } else {
            noDelay.set((Boolean) value);
        }
    }

    @Override
    public void setOption(int name, Object value) throws SocketException {
        NoDelay noDelay = noDelayInChargeIf(name == TCP_NODELAY && value instanceof Boolean);
        if (noDelay == null) {
            super.setOption(name, value);
            return;
        }
        try {
            noDelay.set((Boolean) value);
        } catch (IOException e) {
            throw asSocketException(e);
        }
    }

    @Override
    protected <T> T getOption(SocketOption<T> name) throws IOException {
        NoDelay noDelay = noDelayInChargeIf(name == StandardSocketOptions.TCP_NODELAY);
        return noDelay == null ? super.getOption(name) : name.type().cast(noDelay.get());
    }

    @Override
    public Object getOption(int name) throws SocketException {
        NoDelay noDelay = noDelayInChargeIf(name == TCP_NODELAY);
        try {
            return noDelay == null ? super.getOption(name) : (Object) noDelay.get();
        } catch (IOException e) {
            throw asSocketException(e);
        }
    }

    /** NioSocketImpl throws no other for an option. */
    private static SocketException asSocketException(IOException e) {
        return e instanceof SocketException ? (SocketException) e : new SocketException(e.getMessage());
    }

    private NoDelay noDelayInChargeIf(boolean asked) {
        SocketEndpoint current = pending;
        NoDelay noDelay = current == null || !asked ? null : current.attempt().noDelay();
        return noDelay != null && noDelay.isInCharge() ? noDelay : null;
    }

    // -- half-close and close

    @Override
    protected void shutdownInput() throws IOException {
        shutDown(Direction.INPUT);
    }

    @Override
    protected void shutdownOutput() throws IOException {
        shutDown(Direction.OUTPUT);
    }

    /** shutdown(2) in SYN_SENT disconnects (net/ipv4/af_inet.c, inet_shutdown): it has to wait for the peer. */
    private void shutDown(Direction direction) throws IOException {
        SocketEndpoint current = pending;
        if (current == null || !current.attempt().putsOffShutDown(direction)) {
            shutDownNow(direction);
        }
    }

    void shutDownNow(Direction direction) throws IOException {
        if (direction == Direction.INPUT) {
            super.shutdownInput();
        } else {
            super.shutdownOutput();
        }
    }

    @Override
    protected int available() throws IOException {
        SocketEndpoint current = pending;
        return current != null && current.attempt().isToBeShut(Direction.INPUT) ? 0 : super.available();
    }

    boolean isOpen() {
        return !closed;
    }

    @Override
    protected void close() throws IOException {
        closed = true;
        SocketEndpoint current = pending;
        boolean last = true;
        try {
            last = current == null || current.attempt().close();
        } finally {
            if (last) {
                super.close();
            }
        }
    }

    void finishClose() {
        try {
            super.close();
        } catch (IOException e) {
            // As of NioSocketImpl.tryFinishClose, there is nobody to tell.
        }
    }

    void drop(SocketEndpoint over) {
        PENDING.compareAndSet(this, over, null);
    }

    // -- for the attempt

    boolean isNoDelay() throws IOException {
        return super.getOption(StandardSocketOptions.TCP_NODELAY);
    }

    void setNoDelay(boolean on) throws IOException {
        super.setOption(StandardSocketOptions.TCP_NODELAY, on);
    }

    InetSocketAddress boundAddress() {
        return bound;
    }

    boolean hasChosenPort() {
        return portChosen;
    }

    void relocated(int port) {
        setLocalPort(port);
    }
}
