// SPDX-License-Identifier: Apache-2.0
/* What the two commands are told of the lab that they run in: lab --help has the list. */
#ifndef LAB_ENVIRONMENT_H
#define LAB_ENVIRONMENT_H

#include "options.h"

void environment_set(const struct options *options, int64_t started);

#endif
