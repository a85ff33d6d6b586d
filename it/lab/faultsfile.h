// SPDX-License-Identifier: Apache-2.0
/* Faults that come from a file, so that a path can change while it is in use. */
#ifndef LAB_FAULTSFILE_H
#define LAB_FAULTSFILE_H

#include "faultset.h"

/*
 * From here on the faults are those that the file names. When they are in force it is called
 * FILE.taken: for whoever wrote it that is the event to wait for. Fails the lab where it cannot
 * be followed.
 */
void faultsfile_take(const char *name, struct faultset *wanted);

#endif
