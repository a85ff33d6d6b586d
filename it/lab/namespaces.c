// SPDX-License-Identifier: Apache-2.0
#include "namespaces.h"

#include "failure.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void write_file(const char *name, const char *text)
{
    int file = open(name, O_WRONLY | O_CLOEXEC);

    if (file < 0 || write(file, text, strlen(text)) < 0)
        fail(STATUS_NOT_PERMITTED, "cannot write %s: %s", name, strerror(errno));
    close(file);
}

/*
 * Without CAP_SYS_ADMIN a network namespace can still belong to a user namespace in which the
 * lab is root (user_namespaces(7)); where the machine's policy allows those.
 */
static void become_root_of_a_user_namespace(void)
{
    char map[64];
    unsigned user = geteuid();
    unsigned group = getegid();

    if (unshare(CLONE_NEWUSER) != 0)
        fail(STATUS_NOT_PERMITTED, "unshare(CLONE_NEWUSER): %s", strerror(errno));
    /* The kernel takes a gid_map from the unprivileged only after this (CVE-2014-8989). */
    write_file("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "0 %u 1\n", user);
    write_file("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "0 %u 1\n", group);
    write_file("/proc/self/gid_map", map);
}

int namespace_enter_new(void)
{
    int descriptor;

    if (unshare(CLONE_NEWNET) != 0) {
        if (errno != EPERM)
            fail(STATUS_NOT_PERMITTED, "unshare(CLONE_NEWNET): %s", strerror(errno));
        become_root_of_a_user_namespace();
        if (unshare(CLONE_NEWNET) != 0)
            fail(STATUS_NOT_PERMITTED, "unshare(CLONE_NEWNET) in a user namespace: %s",
                 strerror(errno));
    }
    descriptor = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        fail(STATUS_NOT_PERMITTED, "cannot open /proc/self/ns/net: %s", strerror(errno));
    return descriptor;
}

int namespace_join(int descriptor)
{
    return setns(descriptor, CLONE_NEWNET);
}
