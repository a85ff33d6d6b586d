// SPDX-License-Identifier: Apache-2.0
#include "environment.h"

#include "ends.h"
#include "failure.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void set(const char *name, const char *value)
{
    if (setenv(name, value, 1) != 0)
        fail(STATUS_LAB, "setenv(%s): %s", name, strerror(errno));
}

static void set_number(const char *name, int64_t value)
{
    char text[32];

    snprintf(text, sizeof text, "%" PRId64, value);
    set(name, text);
}

static void set_decimal(const char *name, double value)
{
    char text[32];

    snprintf(text, sizeof text, "%.10g", value);
    set(name, text);
}

void environment_set(const struct options *options, int64_t started)
{
    set("LAB_NEAR", NEAR_IPV4);
    set("LAB_FAR", FAR_IPV4);
    set("LAB_NEAR6", NEAR_IPV6);
    set("LAB_FAR6", FAR_IPV6);
    set_decimal("LAB_RTT_MS", options->rtt_ms);
    set_number("LAB_STARTED_NS", started);
    set_number("LAB_PID", getpid());
    set("LAB_FAULTS", options->faults_from != NULL ? options->faults_from : "");
}
