package io.github.niofastopen.outcome;

/** What became of Fast Open in one connection. */
public enum Outcome {
    /** The SYN carried the first flight and the server took it: a round trip was saved. */
    ACCEPTED,
    /** As {@link #ACCEPTED}, but one SYN didn't hold the whole flight: nothing was saved. */
    TOO_LARGE,
    /** The kernel had no cookie for the destination; one was asked for. */
    NO_COOKIE,
    /** The server didn't know the cookie (any more). */
    COOKIE_REFUSED,
    /** The server answered the SYN but didn't take its data. */
    DATA_NOT_ACKNOWLEDGED,
    /** The SYN was lost, and sent again by the kernel, without Fast Open. */
    SYN_RESENT,
    /** The SYN wasn't answered in time; an ordinary connection took its place. */
    HEDGED,
    /** The SYN was answered by an error, and an ordinary connection in its place wasn't. */
    RESET,
    /** The first write was no ClientHello, or data came from the server before it. */
    NOT_TLS,
    /** Nothing was written in time. */
    WINDOW_ELAPSED,
    /** Fast Open had failed on this path before, and wasn't tried. */
    AVOIDED,
    /** This machine didn't let the SYN leave, for a reason that passes. */
    NOT_SENT,
    /** This kernel, its settings, or a sandbox don't allow Fast Open. */
    UNSUPPORTED,
    /** There is no connection, with Fast Open or without. */
    NOT_CONNECTED;

    /** Whether the path is to blame: one that loses or refuses what Fast Open adds to a SYN. */
    public boolean blamesPath() {
        return this == SYN_RESENT || this == HEDGED || this == RESET;
    }

    /** Whether a SYN with a Fast Open option was answered, so that the path carries it. */
    public boolean clearsPath() {
        return this == ACCEPTED || this == TOO_LARGE || this == NO_COOKIE || this == COOKIE_REFUSED
            || this == DATA_NOT_ACKNOWLEDGED;
    }
}
