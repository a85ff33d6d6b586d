// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh;

import io.github.niofastopen.jmh.connect.Connect;
import io.github.niofastopen.jmh.connect.EngineHandshake;
import io.github.niofastopen.jmh.established.BlockingPingPong;
import io.github.niofastopen.jmh.established.Bulk;
import io.github.niofastopen.jmh.established.MixedSelectorLoop;
import io.github.niofastopen.jmh.established.SelectorPingPong;
import io.github.niofastopen.jmh.established.SocketPingPong;
import io.github.niofastopen.jmh.established.VirtualThreadPingPong;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is compared. */
final class Cases {
    private static final int HAS_VIRTUAL_THREADS = 21;
    /** Seconds until compiled code stays as it is: cryptography is much of it. */
    private static final int WARM_UP = 2;
    /** On one processor, which the compiler shares, a connection takes less and less time for so long. */
    private static final int WARM_UP_OF_CONNECTS = 16;
    private static final int ITERATIONS = 2;
    private static final int ITERATIONS_OF_CONNECTS = 4;
    /** Of two sides that take turns: many and short ones, so that what changes on a machine changes for both. */
    private static final int TURNS = 320;
    private static final int TURN_MILLIS = 50;
    private static final int SECOND_MILLIS = 1000;

    /** One benchmark with one value of each parameter. Warm-ups last a second. */
    record Case(Class<? extends SideBySide> benchmark, Map<String, String> parameters, int warmUps, int iterations) {
        /** Whether what is measured is there by the agent alone. */
        boolean isByAgent() {
            return benchmark == SocketPingPong.class || benchmark == EngineHandshake.class;
        }

        /** Whether both sides are measured in one JVM. */
        boolean isByTurns() {
            return benchmark == EngineHandshake.class;
        }

        int iterationMillis() {
            return isByTurns() ? TURN_MILLIS : SECOND_MILLIS;
        }
    }

    private Cases() {
    }

    static List<Case> established() {
        List<Case> cases = new ArrayList<>();
        for (String length : List.of("1", "1024", "16384")) {
            cases.add(established(BlockingPingPong.class, "length", length, "direct", "true"));
            cases.add(established(SelectorPingPong.class, "length", length, "registered", "1"));
            cases.add(established(SocketPingPong.class, "length", length));
        }
        cases.add(established(BlockingPingPong.class, "length", "1024", "direct", "false"));
        cases.add(established(SelectorPingPong.class, "length", "1", "registered", "1000"));
        cases.add(established(SelectorPingPong.class, "length", "1", "registered", "10000"));
        if (Runtime.version().feature() >= HAS_VIRTUAL_THREADS) {
            cases.add(established(VirtualThreadPingPong.class, "length", "1"));
            cases.add(established(VirtualThreadPingPong.class, "length", "1024"));
        }
        cases.add(established(MixedSelectorLoop.class));
        for (Bulk.Way way : Bulk.Way.values()) {
            for (Bulk.Buffers buffers : Bulk.Buffers.values()) {
                cases.add(established(Bulk.class, "way", way.name(), "buffers", buffers.name()));
            }
        }
        return cases;
    }

    static List<Case> hellos() {
        List<Case> cases = new ArrayList<>();
        for (Connect.Mode mode : Connect.Mode.values()) {
            for (Connect.Outcome outcome : Connect.Outcome.values()) {
                cases.add(connect(Connect.First.HELLO, mode, outcome, WARM_UP_OF_CONNECTS));
            }
        }
        return cases;
    }

    static List<Case> handshakes() {
        List<Case> cases = new ArrayList<>();
        for (Connect.Outcome outcome : List.of(Connect.Outcome.NOT_GRANTED, Connect.Outcome.ACCEPTED)) {
            cases.add(connect(Connect.First.FULL, Connect.Mode.BLOCKING, outcome, WARM_UP_OF_CONNECTS));
            cases.add(connect(Connect.First.RESUMED, Connect.Mode.SELECTOR, outcome, WARM_UP_OF_CONNECTS));
        }
        return cases;
    }

    /** What the agent's hooks cost a handshake, on a JDK that has something to predict. */
    static List<Case> keyShares() {
        return List.of(new Case(EngineHandshake.class, Map.of(), WARM_UP_OF_CONNECTS, TURNS));
    }

    /** The few that tell soon whether something has become slower. */
    static List<Case> check() {
        return List.of(soon(BlockingPingPong.class, "length", "1", "direct", "true"),
            soon(SelectorPingPong.class, "length", "1", "registered", "1"), soon(SocketPingPong.class, "length", "1"), soon(MixedSelectorLoop.class));
    }

    private static Case soon(Class<? extends SideBySide> benchmark, String... parameters) {
        return new Case(benchmark, map(parameters), WARM_UP, 1);
    }

    private static Case established(Class<? extends SideBySide> benchmark, String... parameters) {
        return new Case(benchmark, map(parameters), WARM_UP, ITERATIONS);
    }

    private static Case connect(Connect.First first, Connect.Mode mode, Connect.Outcome outcome, int warmUps) {
        return new Case(Connect.class, map("first", first.name(), "mode", mode.name(), "outcome", outcome.name()), warmUps,
            ITERATIONS_OF_CONNECTS);
    }

    private static Map<String, String> map(String... namesAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
