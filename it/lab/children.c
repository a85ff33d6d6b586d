// SPDX-License-Identifier: Apache-2.0
#include "children.h"

#include "failure.h"
#include "namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const NAMES[] = {[NEAR] = "near", [FAR] = "far"};

static pid_t started[2];

/* In the child: returns only if the command could not be run, with errno. */
static void become(const struct command *command, const sigset_t *mask, pid_t lab)
{
    /* The lab may be killed outright; nothing of a test shall survive it. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return;
    if (getppid() != lab) /* it died before the line above */
        _exit(STATUS_LAB);
    setpgid(0, 0);
    if (command->end == FAR) {
        /* Standard input and output are those of the test, that is of near. */
        int null = open("/dev/null", O_RDONLY);

        if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
            return;
        if (null != STDIN_FILENO)
            close(null);
    }
    if (namespace_join(command->netns) != 0)
        return;
    sigprocmask(SIG_SETMASK, mask, NULL);
    execvp(command->words[0], command->words);
}

pid_t child_start(const struct command *command, const sigset_t *mask)
{
    int report[2]; /* closed by a successful exec, carries errno otherwise */
    int reason = 0;
    pid_t lab = getpid();
    pid_t child;

    if (started[NEAR] == 0 && started[FAR] == 0) {
        /* What a command leaves behind becomes the lab's to reap, even where init reaps nothing. */
        prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0, 0, 0);
        atexit(children_end);
    }
    if (pipe2(report, O_CLOEXEC) != 0)
        fail(STATUS_LAB, "pipe2: %s", strerror(errno));
    child = fork();
    if (child < 0)
        fail(STATUS_LAB, "fork: %s", strerror(errno));
    if (child == 0) {
        become(command, mask, lab);
        reason = errno;
        if (write(report[1], &reason, sizeof reason) < 0) {
            /* then the lab sees it end at once */
        }
        _exit(STATUS_LAB);
    }
    setpgid(child, child); /* here too: children_end may come before the child's own call */
    started[command->end] = child;
    close(report[1]);
    if (read(report[0], &reason, sizeof reason) == sizeof reason)
        fail(STATUS_LAB, "cannot run the %s command '%s': %s", NAMES[command->end],
             command->words[0], strerror(reason));
    close(report[0]);
    return child;
}

/* WNOWAIT leaves the zombie: its id stays taken, so that children_end cannot hit a stranger. */
bool child_ended(pid_t child, int *status)
{
    siginfo_t info = {0};

    if (waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
        fail(STATUS_LAB, "waitid: %s", strerror(errno));
    if (info.si_pid == 0)
        return false;
    *status = info.si_code == CLD_EXITED ? info.si_status : STATUS_SIGNAL + info.si_status;
    return true;
}

void children_end(void)
{
    for (int end = NEAR; end <= FAR; end++) {
        pid_t child = started[end];

        if (child == 0)
            continue;
        kill(-child, SIGKILL);
        kill(child, SIGKILL);
        /* A member of the group becomes a child of the lab before its parent can be reaped. */
        while (waitpid(-child, NULL, 0) > 0 || errno == EINTR)
            ;
        started[end] = 0;
    }
}
