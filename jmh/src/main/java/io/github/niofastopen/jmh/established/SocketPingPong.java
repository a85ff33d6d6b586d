// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.established;

import io.github.niofastopen.jmh.Provider;
import io.github.niofastopen.jmh.SideBySide;
import io.github.niofastopen.jmh.connect.Outcomes;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A message to an echo thread and back, by the streams of a {@link Socket}, which are the agent's where it is there. */
public class SocketPingPong extends SideBySide {
    /** Length of a message, in octets. */
    @Param({"1", "1024", "16384"})
    public int length;

    private Loopback loopback;
    private Socket socket;
    private DataInputStream in;
    private OutputStream out;
    private byte[] message;

    @Setup(Level.Trial)
    public void connect() throws IOException {
        Outcomes.manage();
        loopback = new Loopback();
        socket = new Socket();
        loopback.connect(socket, Loopback.echo(length));
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        message = new byte[length];
        in.readFully(new byte[1]);
        operate();
    }

    @Override
    protected long operate() throws IOException {
        out.write(message);
        in.readFully(message);
        return length;
    }

    /** With another connection, since the provider looks for management once a second, when a connection is made. */
    @TearDown(Level.Trial)
    public void close() throws Exception {
        socket.close();
        if (Provider.isFastOpen()) {
            try (Socket another = new Socket()) {
                loopback.connect(another, Loopback.echo(1));
                another.getInputStream().read();
            }
            Outcomes.checkCount(2);
        }
        loopback.close();
    }
}
