// SPDX-License-Identifier: Apache-2.0
#include "tun.h"

#include "clock.h"
#include "failure.h"
#include "txqueue.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_addr.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static const char DEVICE[] = "tun0";

/* More names of the far end: a client keeps cookies by address (RFC 7413 section 4.1.3). */
static const struct {
    const char *label;
    const char *address;
} ALIASES[] = {
    {"tun0:3", "192.0.2.3"}, {"tun0:4", "192.0.2.4"}, {"tun0:5", "192.0.2.5"},
    {"tun0:6", "192.0.2.6"}, {"tun0:7", "192.0.2.7"}, {"tun0:8", "192.0.2.8"},
    {"tun0:9", "192.0.2.9"},
};

/*
 * tun_net_xmit() (drivers/net/tun.c) drops what its ring has no room for, and the ring is as
 * long as the transmit queue. Loss is for --fault to cause, so: room for any burst.
 */
enum { RING_PACKETS = 16384 };

/* struct in6_ifreq of linux/ipv6.h, a header that clashes with netinet/in.h. */
struct ipv6_request {
    struct in6_addr address;
    uint32_t prefix_length;
    int interface_index;
};

static void control(int descriptor, unsigned long request, void *argument, const char *name)
{
    if (ioctl(descriptor, request, argument) != 0)
        fail(STATUS_NOT_PERMITTED, "ioctl(%s): %s", name, strerror(errno));
}

#define CONTROL(descriptor, request, argument) control(descriptor, request, argument, #request)

static struct ifreq request_for(const char *device)
{
    struct ifreq request;

    memset(&request, 0, sizeof request);
    snprintf(request.ifr_name, sizeof request.ifr_name, "%s", device);
    return request;
}

static int socket_of(int family)
{
    int descriptor = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (descriptor < 0)
        fail(STATUS_NOT_PERMITTED, "socket(%s): %s", family == AF_INET ? "AF_INET" : "AF_INET6",
             strerror(errno));
    return descriptor;
}

static void bring_up(int control_socket, const char *device)
{
    struct ifreq request = request_for(device);

    CONTROL(control_socket, SIOCGIFFLAGS, &request);
    request.ifr_flags |= IFF_UP;
    CONTROL(control_socket, SIOCSIFFLAGS, &request);
}

static void add_ipv4(int control_socket, const char *label, const char *address)
{
    struct ifreq request = request_for(label);
    struct sockaddr_in socket_address = {.sin_family = AF_INET};

    inet_pton(AF_INET, address, &socket_address.sin_addr);
    memcpy(&request.ifr_addr, &socket_address, sizeof socket_address);
    CONTROL(control_socket, SIOCSIFADDR, &request);

    /* A point-to-point device gets /32 of SIOCSIFADDR (net/ipv4/devinet.c). */
    socket_address.sin_addr.s_addr = htonl(~UINT32_C(0) << (32 - IPV4_PREFIX));
    memcpy(&request.ifr_netmask, &socket_address, sizeof socket_address);
    CONTROL(control_socket, SIOCSIFNETMASK, &request);
}

/*
 * A NOARP device has no duplicate address detection, yet a new address is tentative, and no
 * bind() accepts it, until a kernel worker has said so (net/ipv6/addrconf.c).
 */
static void await_ipv6(void)
{
    const char *name = "/proc/self/net/if_inet6";
    int64_t deadline = now_ns() + NS_PER_SECOND;
    char line[128];

    while (now_ns() < deadline) {
        FILE *file = fopen(name, "re");
        bool ready = false;

        if (file == NULL)
            fail(STATUS_NOT_PERMITTED, "cannot read %s: %s", name, strerror(errno));
        while (fgets(line, sizeof line, file) != NULL) {
            char device[IFNAMSIZ];
            unsigned flags;

            if (sscanf(line, "%*s %*x %*x %*x %x %15s", &flags, device) == 2 &&
                strcmp(device, DEVICE) == 0)
                ready = (flags & IFA_F_TENTATIVE) == 0;
        }
        fclose(file);
        if (ready)
            return;
        nanosleep(&(struct timespec){.tv_nsec = NS_PER_MS}, NULL);
    }
    fail(STATUS_LAB, "the IPv6 address of %s stays tentative: %s", DEVICE, name);
}

static void add_ipv6(const char *address)
{
    struct ipv6_request request = {.prefix_length = IPV6_PREFIX};
    int control_socket = socket_of(AF_INET6);

    inet_pton(AF_INET6, address, &request.address);
    request.interface_index = (int)if_nametoindex(DEVICE);
    CONTROL(control_socket, SIOCSIFADDR, &request);
    close(control_socket);
    await_ipv6();
}

static int create(void)
{
    struct ifreq request = request_for(DEVICE);
    int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

    if (tun < 0)
        fail(STATUS_NOT_PERMITTED, "cannot open /dev/net/tun: %s", strerror(errno));
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    CONTROL(tun, TUNSETIFF, &request);
    return tun;
}

int tun_open(enum end end, int mtu)
{
    struct ifreq request = request_for(DEVICE);
    int control_socket = socket_of(AF_INET);
    int tun = create();

    request.ifr_mtu = mtu;
    CONTROL(control_socket, SIOCSIFMTU, &request);
    txqueue_set(DEVICE, RING_PACKETS);
    bring_up(control_socket, "lo");
    bring_up(control_socket, DEVICE);
    add_ipv4(control_socket, DEVICE, end == NEAR ? NEAR_IPV4 : FAR_IPV4);
    for (size_t i = 0; end == FAR && i < sizeof ALIASES / sizeof ALIASES[0]; i++)
        add_ipv4(control_socket, ALIASES[i].label, ALIASES[i].address);
    close(control_socket);
    add_ipv6(end == NEAR ? NEAR_IPV6 : FAR_IPV6);
    return tun;
}
