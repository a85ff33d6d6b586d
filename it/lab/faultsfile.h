// SPDX-License-Identifier: Apache-2.0
/* Faults that come from a file, so that a path can change while it is in use. */
#ifndef LAB_FAULTSFILE_H
#define LAB_FAULTSFILE_H

#include "faultset.h"

/* Fails the lab where the file cannot be followed. */
void faultsfile_read(const char *name, struct faultset *set);

/* Renames it FILE.taken: for whoever wrote it that is the event to wait for. */
void faultsfile_tell_taken(const char *name);

#endif
