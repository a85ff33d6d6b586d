// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.outcome.Outcome;
import java.util.List;

/** What is to be said of a server and the path to it, and what its keeper may do about it. */
public enum Verdict {
    ACCEPTED("accepted", "The server takes the ClientHello from the SYN."),
    TOO_LARGE("accepted in part", "The ClientHello is longer than what one SYN holds, and no server can answer half of it: nothing is saved."),
    NO_COOKIE("none sent for want of a cookie", "The server grants no cookie: it doesn't support TCP Fast Open, or something on the path"
        + " takes the option away.",
        "on the server, sysctl -w net.ipv4.tcp_fastopen=3, and in its configuration",
        "nginx: listen 443 ssl fastopen=64;   HAProxy: bind :443 ssl tfo"),
    IGNORED("ignored", "The server grants a cookie, but takes no data from a SYN that brings it: servers behind one address have"
        + " different keys for their cookies, its queue is full, or the path cuts the data off.",
        "give all servers behind one address the same sysctl net.ipv4.tcp_fastopen_key"),
    LOST("lost", "The path loses SYNs with data, and an ordinary connection takes their place."),
    OPTION_LOST("lost with Fast Open's option", "The path loses SYNs that ask for a cookie, and an ordinary connection takes"
        + " their place."),
    REFUSED("refused", "Something on the path answers SYNs with data by an error, and an ordinary connection takes their place."),
    CUT_OFF("taken, and what follows lost", "The path takes the data of a SYN and loses what follows, and an ordinary connection"
        + " takes its place."),
    NOT_TRIED("not tried", "Fast Open wasn't tried.");

    private final String dataInSyn;
    private final String words;
    private final List<String> remedy;

    Verdict(String dataInSyn, String words, String... remedy) {
        this.dataInSyn = dataInSyn;
        this.words = words;
        this.remedy = List.of(remedy);
    }

    /** What became of data in the SYN. */
    public String dataInSyn() {
        return dataInSyn;
    }

    /** In a sentence. */
    public String inWords() {
        return words;
    }

    /** Whether the connection had to be made anew. */
    public boolean isRecovered() {
        return this == LOST || this == OPTION_LOST || this == REFUSED || this == CUT_OFF;
    }

    /** What the server's keeper may do; what the client's may, depends on what was measured. */
    List<String> remedy() {
        return remedy;
    }

    /** @param offeredBytes how much data was there for the SYN */
    static Verdict of(Outcome outcome, int offeredBytes) {
        switch (outcome) {
            case ACCEPTED:
                return ACCEPTED;
            case TOO_LARGE:
                return TOO_LARGE;
            case NO_COOKIE:
                return NO_COOKIE;
            case DATA_NOT_ACKNOWLEDGED:
                return IGNORED;
            case SYN_RESENT:
            case HEDGED:
                return offeredBytes == 0 ? OPTION_LOST : LOST;
            case RESET:
                return REFUSED;
            case LOST:
            case UNANSWERED:
                return CUT_OFF;
            default:
                return NOT_TRIED;
        }
    }
}
