// SPDX-License-Identifier: Apache-2.0
#include "rewrite.h"

#include "checksum.h"

#include <string.h>

enum { OPTION_NOP = 1 };

void segment_strip_fast_open(struct segment *segment)
{
    if (segment->fast_open == NULL)
        return;
    memset(segment->fast_open, OPTION_NOP, segment->fast_open_length);
    segment->fast_open = NULL;
    segment_fix_checksums(segment);
}

void segment_strip_payload(struct segment *segment)
{
    segment->packet_length -= segment->payload_length;
    segment->payload_length = 0;
    segment_fix_length(segment);
    segment_fix_checksums(segment);
}

void segment_become_reset(struct segment *segment)
{
    /* In sequence, as RFC 5961 section 3.2 wants it: the number of the first byte that is taken away. */
    segment->flags = FLAG_RST | FLAG_ACK;
    segment->tcp[13] = segment->flags;
    segment_strip_payload(segment);
}
