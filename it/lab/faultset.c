// SPDX-License-Identifier: Apache-2.0
#include "faultset.h"

#include "clock.h"
#include "numbers.h"
#include "packet.h"

#include <string.h>

enum { MTU_LEAST = 576 /* what any IPv4 host takes: RFC 791 section 3.2 */ };

static const struct {
    const char *name;
    enum fault fault;
} SIMPLE[] = {
    {"dead", DEAD},
    {"drop-syn-data", DROP_SYN_DATA},
    {"drop-syn-option", DROP_SYN_OPTION},
    {"drop-syn-cookie", DROP_SYN_COOKIE},
    {"drop-syn-ecn", DROP_SYN_ECN},
    {"drop-first-syn", DROP_FIRST_SYN},
    {"rst-syn-data", RST_SYN_DATA},
    {"strip-option", STRIP_OPTION},
    {"strip-data", STRIP_DATA},
    {"drop-first-synack", DROP_FIRST_SYNACK},
    {"drop-client-data", DROP_CLIENT_DATA},
    {"drop-client-rest", DROP_CLIENT_REST},
    {"rst-client-rest", RST_CLIENT_REST},
    {"drop-server-data", DROP_SERVER_DATA},
    {"drop-server-rest", DROP_SERVER_REST},
    {"rst-server-data", RST_SERVER_DATA},
    {"synproxy", SYNPROXY},
};

const char FAULT_NAMES[] =
    "dead, drop-syn-data, drop-syn-option, drop-syn-cookie, drop-syn-ecn, drop-first-syn, "
    "rst-syn-data, strip-option, strip-data, drop-first-synack, drop-client-data, "
    "drop-client-rest, rst-client-rest, drop-server-data, drop-server-rest, rst-server-data, "
    "synproxy, loss=PERCENT (0 to 100), dead-after=SYNS (0 to 1000000), mtu-hole=BYTES and mtu=BYTES (576 "
    "to 65535), punish=SECONDS (0 to 86400)";

/* What comes after the name and its equals sign; NULL for a word that begins otherwise. */
static const char *value_of(const char *word, const char *name)
{
    size_t length = strlen(name);

    return strncmp(word, name, length) == 0 ? word + length : NULL;
}

static bool parse_mtu(const char *value, uint64_t *mtu)
{
    return parse_whole(value, MTU_LEAST, PACKET_MAX, mtu);
}

static bool parse_penalty(const char *value, int64_t *penalty_ns)
{
    double seconds = 0;
    bool valid = parse_decimal(value, 0, 86400, &seconds);

    *penalty_ns = (int64_t)(seconds * (double)NS_PER_SECOND);
    return valid;
}

static bool add_with_value(struct faultset *set, const char *word)
{
    const char *value;

    if ((value = value_of(word, "loss=")) != NULL)
        return parse_decimal(value, 0, 100, &set->loss_percent);
    if ((value = value_of(word, "dead-after=")) != NULL)
        return set->mortal = parse_whole(value, 0, 1000000, &set->syns_alive);
    if ((value = value_of(word, "mtu-hole=")) != NULL)
        return parse_mtu(value, &set->mtu_hole);
    if ((value = value_of(word, "mtu=")) != NULL)
        return parse_mtu(value, &set->mtu);
    if ((value = value_of(word, "punish=")) != NULL)
        return parse_penalty(value, &set->penalty_ns);
    return false;
}

bool faultset_add(struct faultset *set, const char *word)
{
    for (size_t i = 0; i < sizeof SIMPLE / sizeof SIMPLE[0]; i++) {
        if (strcmp(word, SIMPLE[i].name) == 0) {
            set->kinds |= SIMPLE[i].fault;
            return true;
        }
    }
    return add_with_value(set, word);
}
