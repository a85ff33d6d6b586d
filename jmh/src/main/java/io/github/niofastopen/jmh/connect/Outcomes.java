// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** What this provider says became of this JVM's connections. */
final class Outcomes {
    private static final String MX_BEAN = "io.github.niofastopen:type=FastOpen";

    private Outcomes() {
    }

    /** To be called before the first connection: the provider registers its bean where there is management already. */
    static void manage() {
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

    /** Makes sure that nearly all connections came to what was to be measured. */
    static void checkMostly(String expected) throws JMException {
        Map<String, Long> counts = counts();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        if (counts.getOrDefault(expected, 0L) < 0.99 * all) {
            throw new IllegalStateException("instead of " + expected + ", the connections came to " + counts);
        }
    }
}
