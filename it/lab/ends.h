// SPDX-License-Identifier: Apache-2.0
/* The two ends of the path, and the addresses both sides of the lab agree on. */
#ifndef LAB_ENDS_H
#define LAB_ENDS_H

enum end { NEAR, FAR };

/* Documentation prefixes (RFC 5737, RFC 3849): they can never be somebody's real hosts. */
#define NEAR_IPV4 "192.0.2.1"
#define FAR_IPV4 "192.0.2.2"
#define NEAR_IPV6 "2001:db8::1"
#define FAR_IPV6 "2001:db8::2"

enum { IPV4_PREFIX = 24, IPV6_PREFIX = 64 };

static inline enum end opposite(enum end end)
{
    return end == NEAR ? FAR : NEAR;
}

#endif
