// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.clients.Exchanges;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.net.ssl.SSLSocket;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** As much of a MongoDB server as a driver asks to run one command: every question gets the answer to {@code hello}. */
final class MongoStandIn {
    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    private static final BsonDocument ANSWER = BsonDocument.parse("{ismaster: true, isWritablePrimary: true, helloOk: true,"
        + " maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 100000, minWireVersion: 0,"
        + " maxWireVersion: 21, readOnly: false, content: '" + Exchanges.CONTENT + "', ok: 1.0}");

    private MongoStandIn() {
    }

    static void answer(SSLSocket socket, DataInputStream in, DataOutputStream out) throws IOException {
        ByteBuffer header = littleEndian(16);
        in.readFully(header.array());
        in.readFully(new byte[header.getInt(0) - header.capacity()]);
        boolean message = header.getInt(12) == OP_MSG;
        if (!message && header.getInt(12) != OP_QUERY) {
            throw new IOException("MongoDB's driver sent operation " + header.getInt(12));
        }
        byte[] document = encoded();
        int length = 16 + (message ? 5 : 20) + document.length;
        ByteBuffer reply = littleEndian(length).putInt(length).putInt(0).putInt(header.getInt(4));
        if (message) {
            reply.putInt(OP_MSG).putInt(0).put((byte) 0);
        } else {
            reply.putInt(OP_REPLY).putInt(0).putLong(0).putInt(0).putInt(1);
        }
        out.write(reply.put(document).array());
    }

    private static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] encoded() {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer(); BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec().encode(writer, ANSWER, EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }
}
