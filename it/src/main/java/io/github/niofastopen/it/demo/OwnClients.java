// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.program.RepeatedGet;
import io.github.niofastopen.it.program.RepeatedUrlGet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The clients that the demo brings along: each fetches a page by what the JDK has, and knows nothing of TCP Fast Open. */
final class OwnClients {
    static final int CONNECTIONS = 11;
    /** From this one on a ClientHello has a post-quantum key share, and is longer than one SYN holds then. */
    private static final int FIRST_POST_QUANTUM_JDK = 27;

    private final FarEnd farEnd;
    private final InstalledJdk here;

    /** @param here the JDK of the clients that aren't about post-quantum key shares */
    OwnClients(FarEnd farEnd, InstalledJdk here) {
        this.farEnd = farEnd;
        this.here = here;
    }

    static boolean sendPostQuantumShares(InstalledJdk jdk) {
        return jdk.version() >= FIRST_POST_QUANTUM_JDK;
    }

    /** @param postQuantum a JDK that sends post-quantum key shares, if there is one */
    List<Comparison> comparisons(Optional<InstalledJdk> postQuantum) {
        List<Comparison> comparisons = new ArrayList<>();
        if (!sendPostQuantumShares(here)) {
            comparisons.add(new Comparison(here + ", java.net.http.HttpClient",
                () -> gets(RepeatedGet.class, here), farEnd.classical(here), List.of(Way.SWITCH), true));
        }
        comparisons.add(new Comparison(here + ", HttpsURLConnection",
            () -> gets(RepeatedUrlGet.class, here), farEnd.classical(here), List.of(Way.AGENT), true));
        postQuantum.ifPresent(jdk -> {
            comparisons.add(new Comparison(jdk + ", HttpClient, to a server without post-quantum keys",
                () -> gets(RepeatedGet.class, jdk), farEnd.classical(here), List.of(Way.AGENT), true));
            comparisons.add(new Comparison(jdk + ", HttpClient, to a server that uses post-quantum keys: can't gain",
                () -> gets(RepeatedGet.class, jdk), farEnd.asItComes(jdk), List.of(Way.AGENT), false));
        });
        return comparisons;
    }

    private JavaProgram gets(Class<?> program, InstalledJdk jdk) {
        return farEnd.trustedBy(JavaProgram.of(program).on(jdk.home()).arguments(FarEnd.URL, CONNECTIONS));
    }
}
