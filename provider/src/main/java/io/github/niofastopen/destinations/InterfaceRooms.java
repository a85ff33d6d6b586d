// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.config.Configuration;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What SYNs hold by this machine's interfaces alone, of which the one with the largest MTU counts: a path holds no more,
 * though it may hold less. Deferral is expected by the port.
 */
public final class InterfaceRooms implements Rooms {
    /** Headers of IPv4 and TCP, and TCP's options at their most, whichever are used (net/ipv4/tcp_output.c, tcp_send_syn_data). */
    private static final int NOT_DATA = 20 + 20 + 40;
    private static final int UNKNOWN = -1;
    /** Of the network namespace that the file system was mounted in; there is a line in each link's file mtu. */
    private static final File LINKS = new File("/sys/class/net");
    private static final String LOOPBACK = "lo";
    private static final int MAX_DIGITS = 16;

    private final Configuration configuration;
    private volatile int room = UNKNOWN;

    public InterfaceRooms(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean areTooSmall(String host, int port, int length) {
        return mayBeDeferred(port) && length > room();
    }

    private boolean mayBeDeferred(int port) {
        return configuration.defer() == Configuration.Defer.ALWAYS
            || configuration.defer() == Configuration.Defer.EXPECTED && configuration.tlsPorts().contains(port);
    }

    private int room() {
        if (room == UNKNOWN) {
            room = largestMtu() - NOT_DATA;
        }
        return room;
    }

    /** Where it can't be known, everything fits. */
    private static int largestMtu() {
        String[] links = LINKS.list();
        int largest = 0;
        for (int i = 0; links != null && i < links.length; i++) {
            if (!links[i].equals(LOOPBACK)) {
                largest = Math.max(largest, mtu(links[i]));
            }
        }
        return largest == 0 ? Integer.MAX_VALUE : largest;
    }

    private static int mtu(String link) {
        try (FileInputStream file = new FileInputStream(new File(new File(LINKS, link), "mtu"))) {
            return Integer.parseInt(new String(file.readNBytes(MAX_DIGITS), StandardCharsets.US_ASCII).trim());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
