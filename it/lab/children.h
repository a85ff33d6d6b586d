// SPDX-License-Identifier: Apache-2.0
/* The two commands, each in its namespace and in a process group of its own. */
#ifndef LAB_CHILDREN_H
#define LAB_CHILDREN_H

#include "ends.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

struct command {
    enum end end;
    char **words; /* as execvp takes them */
    int netns;
};

/* The signal mask is the one the command starts with. Fails the lab when it cannot run. */
pid_t child_start(const struct command *command, const sigset_t *mask);

/* Whether it has ended, and with what status as a shell would tell. */
bool child_ended(pid_t child, int *status);

/* Kills whatever is left of both groups. Runs at exit in any case. */
void children_end(void);

#endif
