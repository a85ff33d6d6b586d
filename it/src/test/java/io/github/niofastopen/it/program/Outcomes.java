// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** What the provider's bean shows. To be made before the connections whose outcomes are to be told. */
final class Outcomes {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    Outcomes() throws JMException {
        name = new ObjectName("io.github.niofastopen:type=FastOpen");
    }

    /** Waits until it is there, which comes to be in the background of a connect. */
    void await() {
        while (!server.isRegistered(name)) {
            Thread.onSpinWait();
        }
    }

    /** A line {@code jmx OUTCOME COUNT} for each that is not 0. */
    void tell(PrintStream out) throws JMException {
        await();
        ((TabularData) server.getAttribute(name, "Outcomes")).values().stream()
            .map(CompositeData.class::cast).filter(row -> (Long) row.get("value") > 0)
            .forEach(row -> out.println("jmx " + row.get("key") + " " + row.get("value")));
    }

    /** The provider forgets all that it has learned. */
    void forget() throws JMException {
        server.invoke(name, "forgetAll", null, null);
    }
}
