// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** What this provider says became of this JVM's connections. */
public final class Outcomes {
    private static final String MX_BEAN = "io.github.niofastopen:type=FastOpen";
    private static final int LOOKS = 100;
    private static final int BETWEEN_LOOKS_MILLIS = 100;

    private Outcomes() {
    }

    /** To be called before the first connection: the provider registers its bean where there is management already. */
    public static void manage() {
        ManagementFactory.getPlatformMBeanServer();
    }

    private static Map<String, Long> counts() throws JMException {
        TabularData table = (TabularData) ManagementFactory.getPlatformMBeanServer()
            .getAttribute(new ObjectName(MX_BEAN), "Outcomes");
        Map<String, Long> counts = new HashMap<>();
        for (Object row : table.values()) {
            CompositeData entry = (CompositeData) row;
            counts.put((String) entry.get("key"), (Long) entry.get("value"));
        }
        return counts;
    }

    /** Makes sure that no fewer connections were this provider's: its bean comes a moment after one that has ended its beginning. */
    public static void checkCount(long least) throws JMException, InterruptedException {
        ObjectName bean = new ObjectName(MX_BEAN);
        for (int look = 0; look < LOOKS && !ManagementFactory.getPlatformMBeanServer().isRegistered(bean); look++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
        }
        Map<String, Long> counts = counts();
        if (counts.values().stream().mapToLong(Long::longValue).sum() < least) {
            throw new IllegalStateException("instead of " + least + ", this provider's connections were " + counts);
        }
    }

    /** Makes sure that nearly all connections came to what was to be measured. */
    static void checkMostly(String expected) throws JMException {
        Map<String, Long> counts = counts();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        if (counts.getOrDefault(expected, 0L) < 0.99 * all) {
            throw new IllegalStateException("instead of " + expected + ", the connections came to " + counts);
        }
    }
}
