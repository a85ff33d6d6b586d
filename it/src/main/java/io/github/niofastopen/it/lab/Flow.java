// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** One TCP connection as the lab saw it pass: a line of its report. */
public final class Flow {
    private static final String PREFIX = "flow ";
    private static final String UNKNOWN = "-";

    private final String line;
    private final Map<String, String> fields = new HashMap<>();

    private Flow(String line) {
        this.line = line;
        for (String word : line.substring(PREFIX.length()).split(" ")) {
            int equals = word.indexOf('=');
            fields.put(word.substring(0, equals), word.substring(equals + 1));
        }
    }

    /** The flows among the lines of a lab's report, in order of their first SYN. */
    static List<Flow> parse(List<String> lines) {
        List<Flow> flows = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(PREFIX)) {
                flows.add(new Flow(line));
            }
        }
        return flows;
    }

    /** How many SYNs were sent, the repeated ones included. */
    public int syns() {
        return (int) number("syns").orElseThrow();
    }

    /** How many bytes of data the first SYN carried when it left. */
    public int synPayload() {
        return (int) number("syn_payload").orElseThrow();
    }

    /** Whether the first SYN's data begins with a TLS ClientHello. */
    public boolean synCarriesClientHello() {
        return text("syn_head").matches("1603[0-9a-f]{6}01.*");
    }

    /** Whether the SYN's answer acknowledged its data. */
    public boolean synDataWasAcknowledged() {
        return text("synack_acked_data").equals("yes");
    }

    /** What the first SYN said of a cookie: {@code sent}, {@code asked} or {@code none}. */
    public String cookie() {
        return text("cookie");
    }

    /** The port at the near end. */
    public int nearPort() {
        String near = text("near");
        return Integer.parseInt(near.substring(near.lastIndexOf(':') + 1));
    }

    /** The address at the far end. */
    public String farAddress() {
        String far = text("far");
        return far.substring(0, far.lastIndexOf(':'));
    }

    /** The port at the far end. */
    public int farPort() {
        String far = text("far");
        return Integer.parseInt(far.substring(far.lastIndexOf(':') + 1));
    }

    /** Whether a SYN of the connection was answered by a SYN-ACK. */
    public boolean isAnswered() {
        return number("synack_us").isPresent();
    }

    /** When the first SYN left, in ms since the lab's start. */
    public double synMillis() {
        return number("syn_us").orElseThrow() / 1e3;
    }

    /** From the first SYN to its answer, in ms. */
    public double synAckMillis() {
        return number("synack_us").orElseThrow() / 1e3;
    }

    /** From the first SYN to the server's first byte, in ms. */
    public double firstServerDataMillis() {
        return number("first_server_data_us").orElseThrow() / 1e3;
    }

    /** Whether the server's first byte passed when nothing had but what the SYN carried: it didn't wait for more. */
    public boolean serverSpokeAfterTheSynAlone() {
        return synPayload() > 0 && number("first_server_data_us").isPresent()
            && number("bytes_before_server_data").orElseThrow() == synPayload();
    }

    /** From the first SYN to the server's first byte after the client's second flight, in ms; empty if there was none. */
    public OptionalLong firstReplyMicros() {
        return number("first_reply_us");
    }

    /** How many payload bytes the near end sent, each counted once. */
    public long nearBytes() {
        return number("near_bytes").orElseThrow();
    }

    /** How many payload bytes the far end sent, each counted once. */
    public long farBytes() {
        return number("far_bytes").orElseThrow();
    }

    private OptionalLong number(String key) {
        String value = text(key);
        return value.equals(UNKNOWN) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }

    private String text(String key) {
        String value = fields.get(key);
        if (value == null) {
            throw new IllegalStateException("no " + key + " in: " + line);
        }
        return value;
    }

    @Override
    public String toString() {
        return line;
    }
}
