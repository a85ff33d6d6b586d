// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** An interface, as {@code ip link show} tells. The native library must be loaded. */
public final class Link {
    // include/uapi/linux/rtnetlink.h, if_link.h
    private static final int GET_LINK = 18;
    private static final int MTU = 4;
    /** struct ifinfomsg, and where it has ifi_index. */
    private static final int HEADER = 16;
    private static final int INDEX_AT = 4;

    private Link() {
    }

    /**
     * The MTU of the interface with a number.
     *
     * @return 0 if it isn't told
     * @throws NetlinkUnavailableException if this process is never told
     */
    public static int mtu(int index) throws IOException {
        try (Netlink netlink = new Netlink(Netlink.Protocol.LINK)) {
            return (int) netlink.ask(GET_LINK, header(index), Map.of()).attributes().number(MTU, 0);
        } catch (Netlink.FailedException e) {
            throw e.orForGood();
        }
    }

    static byte[] header(int index) {
        return ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder()).putInt(INDEX_AT, index).array();
    }
}
