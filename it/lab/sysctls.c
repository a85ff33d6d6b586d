// SPDX-License-Identifier: Apache-2.0
#include "sysctls.h"

#include "failure.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void set(const char *name, unsigned value)
{
    char path[128], text[16];
    int file;

    snprintf(path, sizeof path, "/proc/sys/net/%s", name);
    snprintf(text, sizeof text, "%u", value);
    file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0 || write(file, text, strlen(text)) < 0)
        fail(STATUS_NOT_PERMITTED, "cannot write %s: %s", path, strerror(errno));
    close(file);
}

void sysctls_apply(unsigned tcp_fastopen)
{
    /* Kernel: Documentation/networking/ip-sysctl.rst */
    set("ipv4/tcp_fastopen", tcp_fastopen);
    set("ipv6/conf/all/disable_ipv6", 0); /* containers often start without IPv6 */
    set("ipv6/conf/default/disable_ipv6", 0);
    /* No link-local address and no questions: on the path is what the test sends, nothing else. */
    set("ipv6/conf/default/addr_gen_mode", 1);
    set("ipv6/conf/default/accept_dad", 0);
    set("ipv6/conf/default/accept_ra", 0);
    set("ipv6/conf/default/router_solicitations", 0);
}

void sysctls_track_strictly(void)
{
    /* Kernel: Documentation/networking/nf_conntrack-sysctl.rst */
    set("netfilter/nf_conntrack_tcp_loose", 0);
}
