// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.monitor;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.config.AddressLiteral;
import io.github.niofastopen.destinations.PathMemory;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/** The bean behind {@link FastOpenMXBean}. */
final class FastOpenManagement implements FastOpenMXBean {
    private static final String NAME = "io.github.niofastopen:type=FastOpen";
    private static final String A_PLATFORM_BEAN = "java.lang:type=Runtime";

    private final String version;
    private final Attempts attempts;

    FastOpenManagement(String version, Attempts attempts) {
        this.version = version;
        this.attempts = attempts;
    }

    /**
     * Registers the bean with the platform's server if there is one. To create one would cost the application what it
     * hasn't asked for, and take from it the choice when its logging starts.
     *
     * @return whether there is no need to try again
     */
    boolean registerWhereManagementIsInUse() {
        try {
            for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
                if (server.isRegistered(new ObjectName(A_PLATFORM_BEAN))) {
                    server.registerMBean(this, new ObjectName(NAME));
                    return true;
                }
            }
            return false;
        } catch (JMException | SecurityException e) {
            // Another copy of the provider was first, or this application manages who may register.
            return true;
        }
    }

    @Override
    public String getVersion() {
        return version;
    }

    @Override
    public boolean isEnabled() {
        return attempts.isOn();
    }

    @Override
    public void setEnabled(boolean enabled) {
        attempts.setOn(enabled);
    }

    @Override
    public boolean isRefused() {
        return attempts.isRefused();
    }

    @Override
    public Map<String, Long> getOutcomes() {
        Map<String, Long> counts = new TreeMap<>();
        attempts.reports().counts().forEach((outcome, count) -> counts.put(outcome.name(), count));
        return counts;
    }

    @Override
    public Map<String, Boolean> getDestinations() {
        Map<String, Boolean> list = new TreeMap<>();
        attempts.memory().destinations().forEach(seen -> list.put(text(seen.destination()), seen.clientHello()));
        return list;
    }

    @Override
    public Map<String, Long> getAvoided() {
        Map<String, Long> list = new TreeMap<>();
        attempts.memory().avoided().forEach(path -> list.put(path.local().getHostAddress() + " to " + text(path), path.seconds()));
        return list;
    }

    @Override
    public Map<String, String> getConfiguration() {
        return attempts.configuration().inForce();
    }

    @Override
    public void forget(String address) {
        attempts.memory().forget(AddressLiteral.parse(address));
    }

    @Override
    public void forgetAll() {
        attempts.memory().forgetAll();
    }

    private static String text(PathMemory.Avoided path) {
        if (path.remote() == null) {
            return "all";
        }
        return path.port() == 0 ? path.remote().getHostAddress() : text(new InetSocketAddress(path.remote(), path.port()));
    }

    private static String text(InetSocketAddress destination) {
        String address = destination.getAddress().getHostAddress();
        return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + destination.getPort();
    }
}
