// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.wire;

import io.github.niofastopen.benchmarks.path.wire.ByteStream.Record;
import java.util.List;
import java.util.Optional;

/** A connection with a TLS 1.3 handshake, a request and a response, as it passed the near end. */
public final class Conversation {
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    /** An alert's record: two bytes, the content type and the tag (RFC 8446 section 5.2). */
    private static final int ALERT = 19;

    private final int nearPort;
    private final long synMicros;
    private long synAckMicros;
    private final ByteStream near;
    private ByteStream far;

    Conversation(int nearPort, int initialSequence, long synMicros) {
        this.nearPort = nearPort;
        this.synMicros = synMicros;
        this.near = new ByteStream(initialSequence);
    }

    ByteStream near() {
        return near;
    }

    void answered(int initialSequence, long micros) {
        if (far == null) {
            far = new ByteStream(initialSequence);
            synAckMicros = micros;
        }
    }

    Optional<ByteStream> far() {
        return Optional.ofNullable(far);
    }

    public int nearPort() {
        return nearPort;
    }

    /** When each step passed the near end; empty if it isn't an exchange over TLS 1.3 from beginning to end. */
    public Optional<Steps> steps() {
        List<Record> sent = near.records();
        List<Record> received = far == null ? List.of() : far.records();
        // Encrypted are: Finished, the request.
        List<Record> encrypted = sent.stream().filter(record -> record.type() == APPLICATION_DATA).toList();
        // The response is one record; tickets come before it, and a closing alert after it.
        Optional<Record> response = received.stream()
            .filter(record -> record.type() == APPLICATION_DATA && record.length() > ALERT).reduce((one, next) -> next);
        if (sent.isEmpty() || encrypted.size() < 2 || response.isEmpty() || received.get(0).type() != HANDSHAKE) {
            return Optional.empty();
        }
        Hello client = new Hello(sent.get(0).content());
        Hello server = new Hello(received.get(0).content());
        if (!server.hasSupportedVersions() || server.isRetry()) {
            return Optional.empty();
        }
        return Optional.of(new Steps(client.hasPreSharedKey(), server.hasPreSharedKey(), after(synAckMicros),
            after(sent.get(0).micros()), after(received.get(0).micros()), after(encrypted.get(0).micros()),
            after(encrypted.get(1).micros()), after(response.get().micros())));
    }

    private double after(long micros) {
        return (micros - synMicros) / 1e3;
    }

    /**
     * Times in ms after the SYN.
     *
     * @param offered whether the ClientHello offered to resume a session
     * @param resumed whether the server resumed it
     * @param synAck when the SYN was answered
     * @param clientHello when the ClientHello left, 0 in the SYN
     * @param serverHello when the ServerHello was there
     * @param finished when the client's Finished left
     * @param request when the request left
     * @param response when the response's first byte was there
     */
    public record Steps(boolean offered, boolean resumed, double synAck, double clientHello, double serverHello, double finished,
            double request, double response) {
    }
}
