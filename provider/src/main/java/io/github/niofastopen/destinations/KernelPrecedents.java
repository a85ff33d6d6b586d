// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.linux.NetlinkUnavailableException;
import io.github.niofastopen.linux.TcpMetrics;
import io.github.niofastopen.linux.TcpMetricsTable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The kernel's own memory: it keeps round-trip times, and counts SYNs that it had to send again without Fast Open, across
 * processes, but makes nothing of that count by itself (net/ipv4/tcp_metrics.c, tcp_fastopen_cache_set). SYNs that a hedge
 * has replaced aren't in it.
 */
public class KernelPrecedents implements Precedents {
    private final OwnAddresses ownAddresses;
    /** Where this process is never told, it doesn't ask again. */
    private volatile boolean unavailable;

    KernelPrecedents(OwnAddresses ownAddresses) {
        this.ownAddresses = ownAddresses;
    }

    @Override
    public Optional<Precedent> of(InetAddress remote) {
        if (unavailable) {
            return Optional.empty();
        }
        try {
            TcpMetrics metrics = metricsOf(remote).orElse(null);
            return metrics == null ? Optional.empty() : Optional.of(precedent(remote, metrics));
        } catch (NetlinkUnavailableException e) {
            unavailable = true;
            return Optional.empty();
        } catch (IOException e) {
            // A want of descriptors, or of memory, passes.
            return Optional.empty();
        }
    }

    /** Overridden by tests. */
    Optional<TcpMetrics> metricsOf(InetAddress remote) throws IOException {
        return TcpMetricsTable.of(remote);
    }

    private Precedent precedent(InetAddress remote, TcpMetrics metrics) {
        int lostSyns = metrics.synDrops() > 0 && mayHaveBeenTooLong(remote) ? 0 : metrics.synDrops();
        return new Precedent(metrics.source(), metrics.ageMillis(), metrics.rttMicros(), lostSyns,
            Math.max(0, metrics.sinceSynDropMillis()));
    }

    /** Where the path has told its MTU, SYNs may have been too long for it; the next, which the kernel cuts, won't be. */
    private boolean mayHaveBeenTooLong(InetAddress remote) {
        return ownAddresses.route(remote).hasToldItsMtu();
    }
}
