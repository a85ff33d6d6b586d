package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Knows this machine's own addresses: a connection to one of them crosses no network. Listing the interfaces takes a
 * dozen system calls, so the list is kept for a while; an address that is new meanwhile only costs a needless deferral.
 */
public final class OwnAddresses implements Predicate<InetAddress> {
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private volatile Snapshot snapshot;
    private volatile Runnable onChange = () -> { };

    /** What to do when the machine's addresses are found to have changed; it must not block. */
    public void onChange(Runnable action) {
        onChange = action;
    }

    @Override
    public boolean test(InetAddress address) {
        Snapshot last = snapshot;
        if (last == null || System.nanoTime() - last.taken >= KEEP_NANOS) {
            Snapshot before = last;
            last = new Snapshot(listOr(before == null ? Set.of() : before.addresses), System.nanoTime());
            snapshot = last;
            if (before != null && !before.addresses.equals(last.addresses)) {
                onChange.run();
            }
        }
        return last.addresses.contains(address);
    }

    /** @param unknown what to take for the list where none can be had: in a sandbox, or without a descriptor to spare */
    private static Set<InetAddress> listOr(Set<InetAddress> unknown) {
        try {
            return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            return unknown;
        }
    }

    private record Snapshot(Set<InetAddress> addresses, long taken) {
    }
}
