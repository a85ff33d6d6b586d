// SPDX-License-Identifier: Apache-2.0
#include "txqueue.h"

#include "failure.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * By rtnetlink, as the ioctl for it asks for CAP_NET_ADMIN on the machine itself
 * (net/core/dev_ioctl.c), which the root of a user namespace has not.
 */
void txqueue_set(const char *device, unsigned packets)
{
    struct {
        struct nlmsghdr header;
        struct ifinfomsg link;
        struct rtattr attribute;
        uint32_t packets;
    } request = {
        .header = {.nlmsg_len = sizeof request,
                   .nlmsg_type = RTM_NEWLINK,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK},
        .link = {.ifi_family = AF_UNSPEC, .ifi_index = (int)if_nametoindex(device)},
        .attribute = {.rta_len = RTA_LENGTH(sizeof(uint32_t)), .rta_type = IFLA_TXQLEN},
        .packets = packets,
    };
    struct {
        struct nlmsghdr header;
        struct nlmsgerr error;
        unsigned char rest[512];
    } reply;
    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    ssize_t got = -1;

    memset(&reply, 0, sizeof reply);
    if (netlink >= 0 && send(netlink, &request, sizeof request, 0) >= 0)
        got = recv(netlink, &reply, sizeof reply, 0);
    if (got >= (ssize_t)(sizeof reply.header + sizeof reply.error))
        errno = -reply.error.error;
    else if (got >= 0)
        errno = EPROTO;
    if (got < 0 || errno != 0)
        fail(STATUS_NOT_PERMITTED, "rtnetlink(IFLA_TXQLEN) for %s: %s", device, strerror(errno));
    close(netlink);
}
