// SPDX-License-Identifier: Apache-2.0
#include "numbers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool parse_decimal(const char *word, double least, double most, double *value)
{
    char *end;

    /* strtod would also take blanks, signs, hexadecimal, "inf" and "nan". */
    if (*word == '\0' || word[strspn(word, "0123456789.")] != '\0')
        return false;
    *value = strtod(word, &end);
    return *end == '\0' && *value >= least && *value <= most;
}

bool parse_whole(const char *word, uint64_t least, uint64_t most, uint64_t *value)
{
    bool hexadecimal = word[0] == '0' && (word[1] == 'x' || word[1] == 'X');
    const char *digits = hexadecimal ? "0123456789abcdefABCDEF" : "0123456789";
    const char *number = hexadecimal ? word + 2 : word;

    /* Not base 0 of strtoull: there 010 would be eight. */
    if (*number == '\0' || number[strspn(number, digits)] != '\0')
        return false;
    errno = 0;
    *value = strtoull(number, NULL, hexadecimal ? 16 : 10);
    return errno == 0 && *value >= least && *value <= most;
}
