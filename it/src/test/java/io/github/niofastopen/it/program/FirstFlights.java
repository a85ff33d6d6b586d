// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Connects to one address after another, each time with a ClientHello of a length, and has it echoed. */
public final class FirstFlights {
    private FirstFlights() {
    }

    /** Arguments: a port, then {@code ADDRESS=LENGTH} for each connection. Prints the outcomes that were counted, if any were. */
    public static void main(String[] args) throws IOException, JMException {
        ManagementFactory.getPlatformMBeanServer();
        for (int i = 1; i < args.length; i++) {
            String[] words = args[i].split("=");
            Exchanges.exchange(SocketChannel.open(new InetSocketAddress(words[0], Integer.parseInt(args[0]))),
                Exchanges.hello(Integer.parseInt(words[1])));
        }
        if (ManagementFactory.getPlatformMBeanServer().isRegistered(bean())) {
            System.out.println(outcomes());
        }
    }

    private static Map<Object, Object> outcomes() throws JMException {
        Map<Object, Object> counts = new TreeMap<>();
        for (Object each : ((TabularData) ManagementFactory.getPlatformMBeanServer().getAttribute(bean(), "Outcomes")).values()) {
            CompositeData row = (CompositeData) each;
            counts.put(row.get("key"), row.get("value"));
        }
        counts.values().removeIf(count -> count.equals(0L));
        return counts;
    }

    private static ObjectName bean() throws JMException {
        return new ObjectName("io.github.niofastopen:type=FastOpen");
    }
}
