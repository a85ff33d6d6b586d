// SPDX-License-Identifier: Apache-2.0
#include "faultsfile.h"

#include "failure.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 4096, NAME_SIZE = 4096 };

static void read_text(const char *name, char *text)
{
    FILE *file = fopen(name, "re");
    size_t length;

    if (file == NULL)
        fail(STATUS_LAB, "--faults-from: cannot read %s: %s", name, strerror(errno));
    length = fread(text, 1, TEXT_MAX, file);
    if (ferror(file) || length == TEXT_MAX)
        fail(STATUS_LAB, "--faults-from: cannot read %s as a whole", name);
    text[length] = '\0';
    fclose(file);
}

static void add_all(struct faultset *set, char *text)
{
    static const char BETWEEN[] = " \t\n";
    char *rest;

    for (char *word = strtok_r(text, BETWEEN, &rest); word != NULL;
         word = strtok_r(NULL, BETWEEN, &rest)) {
        if (!faultset_add(set, word))
            fail(STATUS_USAGE, "--faults-from: '%s': no such fault; use some of %s", word,
                 FAULT_NAMES);
    }
}

void faultsfile_read(const char *name, struct faultset *set)
{
    char text[TEXT_MAX + 1];

    *set = (struct faultset){0};
    read_text(name, text);
    add_all(set, text);
}

void faultsfile_tell_taken(const char *name)
{
    char taken[NAME_SIZE];

    if (snprintf(taken, sizeof taken, "%s.taken", name) >= (int)sizeof taken)
        fail(STATUS_LAB, "--faults-from: %s: too long a name", name);
    if (rename(name, taken) != 0)
        fail(STATUS_LAB, "--faults-from: cannot rename %s: %s", name, strerror(errno));
}
