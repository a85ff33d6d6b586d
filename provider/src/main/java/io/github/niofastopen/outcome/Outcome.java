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
    /** {@code TCPFastOpenBlackhole}, see net/ipv4/tcp_fastopen.c, tcp_fastopen_active_should_disable. */
    PAUSED_BY_KERNEL("not tried: the kernel has paused Fast Open for all destinations, since a connection timed out"),
    NOT_GRANTED("not tried: several connections have just asked for a cookie in vain"),
    /** {@code TCP_INFO} doesn't tell which of the two (net/ipv4/tcp_input.c, tcp_rcv_fastopen_synack). */
    DATA_NOT_ACKNOWLEDGED("the server answered the SYN, but took no data from it: its cookie key has changed, or the path cut the data off"),
    /** The kernel has learned how long a SYN may be there, and nothing is lost. */
    SYN_TOO_LONG("the SYN was longer than the path takes, and was sent again at once without Fast Open"),
    SYN_RESENT("the SYN was lost, and sent again without Fast Open"),
    HEDGED("the SYN wasn't answered in time; an ordinary connection took its place"),
    RESET("the SYN was answered by an error; an ordinary connection took its place"),
    /** The path bears Fast Open in the SYN alone. */
    LOST("the server took the ClientHello from the SYN, and the path lost what followed"),
    UNANSWERED("the server took the ClientHello from the SYN, and nothing followed; an ordinary connection took its place, and was answered"),
    /** Nothing was lost: the server is slow, or ends what it is asked for. */
    UNANSWERED_TWICE("the server took the ClientHello from the SYN, and left it unanswered; so it did with the ordinary connection that took its place"),
    NOT_TLS("the first write was no ClientHello, or the application read first; the SYN left without data"),
    WINDOW_ELAPSED("nothing was written in time; the SYN left without data"),
    CLOSED_UNWRITTEN("closed before anything was written; nothing was sent"),
    LEFT_ALONE("not tried: no ClientHello is expected there, or the settings or the address exclude it"),
    AVOIDED("not tried: Fast Open failed on this path before, or may have"),
    /** Where an ordinary connect fails, an application goes on to the next address; a deferred one doesn't fail. */
    IN_DOUBT("not tried: the host has other addresses, and this one wasn't heard from for a minute"),
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

    /** Whether the path is to blame: one that loses or refuses what Fast Open adds to a SYN, or what follows that. */
    public boolean blamesPath() {
        return this == SYN_RESENT || this == HEDGED || this == RESET || this == LOST || this == UNANSWERED;
    }

    /** Whether a SYN with data was answered, so that there is a peer; what becomes of the connection is another matter. */
    public boolean carriesData() {
        return this == ACCEPTED || this == TOO_LARGE || this == DATA_NOT_ACKNOWLEDGED || this == UNANSWERED_TWICE;
    }

    /** Whether a SYN with a Fast Open option was answered, with data or not. */
    public boolean carriesOption() {
        return carriesData() || this == NO_COOKIE;
    }
}
