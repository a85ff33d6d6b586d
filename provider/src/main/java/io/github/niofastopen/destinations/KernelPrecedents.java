// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.linux.TcpMetrics;
import io.github.niofastopen.linux.TcpMetricsTable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The kernel's own memory: it counts SYNs that it had to send again without Fast Open, across processes, but makes
 * nothing of the count by itself (net/ipv4/tcp_metrics.c, tcp_fastopen_cache_set). SYNs that a hedge has replaced aren't in it.
 */
public final class KernelPrecedents implements Precedents {
    /** Where a sandbox refuses the question once, it isn't asked again. */
    private volatile boolean refused;

    @Override
    public Optional<LostSyns> of(InetAddress remote) {
        if (refused) {
            return Optional.empty();
        }
        try {
            TcpMetrics metrics = TcpMetricsTable.of(remote).orElse(null);
            return metrics == null || metrics.synDrops() <= 0 ? Optional.empty() : Optional.of(lostSyns(metrics));
        } catch (IOException e) {
            refused = true;
            return Optional.empty();
        }
    }

    private static LostSyns lostSyns(TcpMetrics metrics) {
        return new LostSyns(metrics.source(), metrics.synDrops(), Math.max(0, metrics.sinceSynDropMillis()));
    }
}
