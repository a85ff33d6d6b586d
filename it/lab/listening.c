// SPDX-License-Identifier: Apache-2.0
#include "listening.h"

#include <stdio.h>

enum { STATE_LISTEN = 0x0A }; /* TCP_LISTEN of include/net/tcp_states.h */

static bool listed(const char *name, unsigned port)
{
    FILE *file = fopen(name, "re");
    char line[512];
    bool found = false;

    if (file == NULL)
        return false; /* the process is gone; its parent will notice */
    /* Kernel: Documentation/networking/proc_net_tcp.rst */
    while (!found && fgets(line, sizeof line, file) != NULL) {
        unsigned local_port, state;

        if (sscanf(line, "%*u: %*[0-9A-F]:%x %*[0-9A-F]:%*x %x", &local_port, &state) == 2)
            found = state == STATE_LISTEN && (port == 0 || port == local_port);
    }
    fclose(file);
    return found;
}

bool something_listens(pid_t process, unsigned port)
{
    static const char *const TABLES[] = {"tcp", "tcp6"};
    char name[64];

    for (int i = 0; i < 2; i++) {
        snprintf(name, sizeof name, "/proc/%d/net/%s", (int)process, TABLES[i]);
        if (listed(name, port))
            return true;
    }
    return false;
}
