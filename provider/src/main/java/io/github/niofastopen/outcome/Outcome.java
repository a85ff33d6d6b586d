// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.outcome;

/** What became of Fast Open in one connection; {@link #inWords} tells each to people. */
public enum Outcome {
    /** A round trip was saved. */
    ACCEPTED("the server took the ClientHello from the SYN"),
    /** Nothing was saved: the server can't answer half a flight. */
    TOO_LARGE("the server took what one SYN held of the first flight, which was longer"),
    /** Nothing would be saved, and nothing was spent on it. */
    FLIGHT_TOO_LARGE("not tried: first flights to there are longer than what one SYN holds"),
    NO_COOKIE("the kernel had no cookie for the server, and asked for one"),
    NOT_GRANTED("not tried: several connections have just asked for a cookie in vain"),
    /** {@code TCP_INFO} doesn't tell which of the two (net/ipv4/tcp_input.c, tcp_rcv_fastopen_synack). */
    DATA_NOT_ACKNOWLEDGED("the server answered the SYN, but took no data from it: its cookie key has changed, or the path cut the data off"),
    SYN_RESENT("the SYN was lost, and sent again without Fast Open"),
    HEDGED("the SYN wasn't answered in time; an ordinary connection took its place"),
    RESET("the SYN was answered by an error; an ordinary connection took its place"),
    NOT_TLS("the first write was no ClientHello, or the application read first; the SYN left without data"),
    WINDOW_ELAPSED("nothing was written in time; the SYN left without data"),
    CLOSED_UNWRITTEN("closed before anything was written; nothing was sent"),
    LEFT_ALONE("not tried: no ClientHello is expected there, or the settings or the address exclude it"),
    AVOIDED("not tried: Fast Open failed on this path before"),
    /** For a reason that may pass, unlike {@link #UNSUPPORTED}. */
    NOT_SENT("the SYN couldn't leave this machine; an ordinary connection took its place"),
    UNSUPPORTED("not possible: this kernel, its settings or a sandbox don't allow it"),
    NOT_CONNECTED("there is no connection");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /** The outcome as a sentence without its capital and full stop, for people. */
    public String inWords() {
        return words;
    }

    /** Whether the path is to blame: one that loses or refuses what Fast Open adds to a SYN. */
    public boolean blamesPath() {
        return this == SYN_RESENT || this == HEDGED || this == RESET;
    }

    /** Whether a SYN with data was answered, so that there is nothing left to blame the path for. */
    public boolean clearsPath() {
        return this == ACCEPTED || this == TOO_LARGE || this == DATA_NOT_ACKNOWLEDGED;
    }

    /** Whether a SYN with a Fast Open option was answered, with data or not. */
    public boolean carriesOption() {
        return clearsPath() || this == NO_COOKIE;
    }
}
