// SPDX-License-Identifier: Apache-2.0
/* How the lab gives up: one message on standard error and an exit status. */
#ifndef LAB_FAILURE_H
#define LAB_FAILURE_H

enum {
    STATUS_USAGE = 2,
    STATUS_NOT_PERMITTED = 77, /* what Automake and Meson take for "skipped" */
    STATUS_TIMEOUT = 124,      /* as timeout(1) */
    STATUS_LAB = 125,          /* as timeout(1) and env(1): the tool itself failed */
    STATUS_SIGNAL = 128        /* plus the signal's number, as a shell tells it */
};

_Noreturn void fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
