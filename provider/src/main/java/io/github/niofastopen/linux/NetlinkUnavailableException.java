// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;

/** A sandbox refuses a question by netlink to this process, or this kernel can't answer it: asking again is of no use. */
public final class NetlinkUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param cause whose message says it all */
    public NetlinkUnavailableException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
