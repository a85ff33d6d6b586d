// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.lab.Packet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What both ends of a path sent in a run, what of it was lost on the way, and what arrived that nobody had sent. */
final class Traffic {
    private final List<Packet> sent = new ArrayList<>();
    private final List<Packet> arrived = new ArrayList<>();
    private final Set<String> openedWithData = new HashSet<>();
    private final String near;

    private Traffic(String near) {
        this.near = near;
    }

    /** @param run one that captured the packets, over a path without delay, so that at its end none is under way */
    static Traffic of(LabRun run) {
        String near = run.nearPackets().get(0).source();
        Traffic traffic = new Traffic(near);
        run.nearPackets().forEach(packet -> (packet.source().equals(near) ? traffic.sent : traffic.arrived).add(packet));
        run.farPackets().forEach(packet -> (packet.source().equals(near) ? traffic.arrived : traffic.sent).add(packet));
        traffic.sent.stream().filter(packet -> packet.isSyn() && packet.dataLength() > 0)
            .forEach(syn -> traffic.openedWithData.add(syn.connection()));
        return traffic;
    }

    List<Packet> sent(Predicate<Packet> kind) {
        return sent.stream().filter(kind).toList();
    }

    List<Packet> lost() {
        return without(sent, arrived);
    }

    /** Also what was changed on the way. */
    List<Packet> made() {
        return without(arrived, sent);
    }

    /** Whether the connection of the packet's was begun so. */
    boolean hasDataInItsSyn(Packet packet) {
        return packet.isTcp() && openedWithData.contains(packet.connection());
    }

    boolean isOfTheClient(Packet packet) {
        return packet.source().equals(near);
    }

    private static List<Packet> without(List<Packet> packets, List<Packet> others) {
        List<Packet> rest = new ArrayList<>(packets);
        others.forEach(rest::remove);
        return rest;
    }
}
