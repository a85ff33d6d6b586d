// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.linux.TcpMetrics;
import io.github.niofastopen.linux.TcpMetricsTable;
import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.GroupOrder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The connections by which one server is told of. */
final class Probe {
    /** The space that TCP's options may take (net/ipv4/tcp_output.c, tcp_send_syn_data: MAX_TCP_OPTION_SPACE). */
    private static final int OPTION_BYTES = 40;

    private final Connections connections;
    private final Tls tls;
    private final int count;
    private final Target target;
    private final Prober.Progress progress;
    private int made;
    private int all;
    private InetSocketAddress remote;

    Probe(Connections connections, Tls tls, int count, Target target, Prober.Progress progress) {
        this.connections = connections;
        this.tls = tls;
        this.count = count;
        this.target = target;
        this.progress = progress;
        all = 2 + 2 * count;
    }

    Measurement measure() throws ProbeException {
        progress.made(0, all);
        SSLContext session = tls.context();
        remote = connections.firstThatAnswers(target, session);
        progress.made(++made, all);
        boolean cookieWasKnown = metrics(remote).map(TcpMetrics::hasCookie).orElse(false);
        // The first connections of either kind fetch the cookie, and make a cold JVM warm: their times aren't taken. The
        // second resumes the session of the first, whose ticket can be seen.
        ClientHelloParts resuming = next(session, null, true).handshake().hello();
        List<Sample> ordinary = new ArrayList<>();
        List<Sample> fastOpen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ordinary.add(next(tls.context(), null, false));
            fastOpen.add(next(tls.context(), null, true));
        }
        return measurement(ordinary, fastOpen, trials(fastOpen), resuming, cookieWasKnown);
    }

    /** Only where a post-quantum share is sent is there something to try. */
    private List<ShareTrial> trials(List<Sample> asDefault) throws ProbeException {
        Handshake handshake = asDefault.get(0).handshake();
        if (handshake.hello() == null || !handshake.hello().sendsPostQuantumShare() || !NamedGroups.canBeSet()) {
            return List.of();
        }
        int[] groups = handshake.hello().supportedGroups();
        String classical = GroupOrder.asProperty(GroupOrder.classicalFirst(groups));
        String predicted = handshake.answer() == null || handshake.isPostQuantum() ? GroupOrder.asProperty(groups)
            : GroupOrder.asProperty(GroupOrder.chosenFirst(handshake.group(), groups));
        ShareTrial first = new ShareTrial(KeyShares.DEFAULT, GroupOrder.asProperty(groups), asDefault);
        ShareTrial second = trial(KeyShares.PREDICTED, predicted, first);
        return List.of(first, second, trial(KeyShares.CLASSICAL_FIRST, classical, second));
    }

    /** @param before whose connections will do if its groups are the same */
    private ShareTrial trial(KeyShares shares, String groups, ShareTrial before) throws ProbeException {
        if (groups.equals(before.groups())) {
            return new ShareTrial(shares, groups, before.samples());
        }
        List<Sample> samples = new ArrayList<>();
        all += count;
        for (int i = 0; i < count; i++) {
            samples.add(next(tls.context(), groups.split(","), true));
        }
        return new ShareTrial(shares, groups, samples);
    }

    private Sample next(SSLContext context, String[] groups, boolean fastOpen) throws ProbeException {
        Sample sample = connections.connect(target, remote, tls.engine(context, target, groups), fastOpen);
        progress.made(++made, all);
        return sample;
    }

    private Measurement measurement(List<Sample> ordinary, List<Sample> fastOpen, List<ShareTrial> trials, ClientHelloParts resuming,
            boolean cookieWasKnown) {
        int cookieBytes = -1;
        int synBytes = 0;
        try {
            TcpMetrics metrics = TcpMetricsTable.of(remote.getAddress()).orElse(null);
            cookieBytes = metrics == null ? 0 : metrics.cookie().length() / 2;
            synBytes = metrics == null || metrics.mss() == 0 ? 0 : metrics.mss() - OPTION_BYTES;
        } catch (IOException e) {
            // A sandbox without netlink: what became of the connections has to do.
        }
        return new Measurement(target, remote, ordinary, fastOpen, trials, resuming, cookieBytes, cookieWasKnown, synBytes);
    }

    private static Optional<TcpMetrics> metrics(InetSocketAddress remote) {
        try {
            return TcpMetricsTable.of(remote.getAddress());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
