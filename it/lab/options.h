// SPDX-License-Identifier: Apache-2.0
/* What the command line asks for. */
#ifndef LAB_OPTIONS_H
#define LAB_OPTIONS_H

#include "ends.h"
#include "faultset.h"

#include <stdbool.h>
#include <stdint.h>

struct options {
    double rtt_ms;
    int mtu;
    struct faultset faults;
    const char *faults_from; /* NULL: nowhere */
    uint64_t seed; /* of the losses */
    unsigned tcp_fastopen[2];
    const char *pcaps[2]; /* NULL: none */
    const char *flows; /* NULL: standard error */
    unsigned wait_port; /* 0: any */
    int64_t wait_ns;
    int64_t timeout_ns;
    bool check;
    char **commands[2]; /* as execvp takes them */
};

/* Ends the program itself for --help and for a command line it cannot follow. */
void options_parse(char **words, struct options *options);

#endif
