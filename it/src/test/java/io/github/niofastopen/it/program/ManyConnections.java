// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Opens many connections at a time, and tells how long each took until a ClientHello was echoed. */
public final class ManyConnections {

    private ManyConnections() {
    }

    /** Arguments: server address, port, number of connections, and how many at a time. Prints as TimedConnections does. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        InetSocketAddress remote = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(args[3]));
        List<Future<String>> times = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            String style = i % 2 == 0 ? "blocking" : "selector";
            times.add(threads.submit(() -> TimedConnections.time(remote, TimedConnections.style(style))));
        }
        for (Future<String> time : times) {
            System.out.println(time.get());
        }
        threads.shutdown();
    }
}
