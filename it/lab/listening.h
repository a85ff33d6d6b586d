// SPDX-License-Identifier: Apache-2.0
/* Whether a server is ready. */
#ifndef LAB_LISTENING_H
#define LAB_LISTENING_H

#include <stdbool.h>
#include <sys/types.h>

/* Looks in the network namespace of that process; port 0 stands for any. */
bool something_listens(pid_t process, unsigned port);

#endif
