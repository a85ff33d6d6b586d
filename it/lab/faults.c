// SPDX-License-Identifier: Apache-2.0
#include "faults.h"

#include "numbers.h"

#include <string.h>

enum {
    DROP_SYN_DATA = 1 << 0,
    DROP_SYN_OPTION = 1 << 1,
    DROP_SYN_COOKIE = 1 << 2,
    STRIP_OPTION = 1 << 3,
    STRIP_DATA = 1 << 4,
    RST_SYN_DATA = 1 << 5
};

static const struct {
    const char *name;
    unsigned kind;
} KINDS[] = {
    {"drop-syn-data", DROP_SYN_DATA},     {"drop-syn-option", DROP_SYN_OPTION},
    {"drop-syn-cookie", DROP_SYN_COOKIE}, {"strip-option", STRIP_OPTION},
    {"strip-data", STRIP_DATA},           {"rst-syn-data", RST_SYN_DATA},
};

const char FAULT_NAMES[] = "drop-syn-data, drop-syn-option, drop-syn-cookie, strip-option, strip-data, "
                           "rst-syn-data, loss=PERCENT (0 to 100), dead-after=SYNS (0 to 1000000)";

bool faults_add(struct faults *faults, const char *word)
{
    if (strncmp(word, "loss=", 5) == 0)
        return parse_decimal(word + 5, 0, 100, &faults->loss_percent);
    if (strncmp(word, "dead-after=", 11) == 0) {
        faults->mortal = true;
        return parse_whole(word + 11, 0, 1000000, &faults->syns_alive);
    }
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        if (strcmp(word, KINDS[i].name) == 0) {
            faults->kinds |= KINDS[i].kind;
            return true;
        }
    }
    return false;
}

/* SplitMix64 (Steele, Lea, Flood 2014): any seed is a good one, zero too. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

/*
 * A direction of its own for each state: which packet of a direction gets lost then does not
 * hang on how the two directions happened to interleave.
 */
void faults_seed(struct faults *faults, uint64_t seed)
{
    uint64_t state = seed;

    faults->random[NEAR] = next_random(&state);
    faults->random[FAR] = next_random(&state);
}

static bool lost(struct faults *faults, enum end from)
{
    double percent = (double)(next_random(&faults->random[from]) >> 11) * 0x1p-53 * 100;

    return percent < faults->loss_percent;
}

static bool dead(struct faults *faults)
{
    if (!faults->mortal)
        return false;
    if (faults->syns_alive == 0)
        return true;
    faults->syns_alive--;
    return false;
}

enum verdict faults_apply(struct faults *faults, enum end from, uint8_t *packet, size_t *length,
                          struct answer *answer)
{
    struct segment segment;
    bool syn, data;

    if (lost(faults, from))
        return DROP;
    if ((faults->kinds == 0 && !faults->mortal) || !segment_parse(packet, *length, &segment))
        return PASS;
    if ((segment.flags & FLAG_SYN) == 0)
        return PASS;
    syn = segment_is_syn(&segment);
    data = syn && segment.payload_length > 0;
    if (syn && dead(faults))
        return DROP;
    if ((faults->kinds & DROP_SYN_DATA) && data)
        return DROP;
    if ((faults->kinds & DROP_SYN_OPTION) && syn && segment.fast_open != NULL)
        return DROP;
    if ((faults->kinds & DROP_SYN_COOKIE) && syn && segment.cookie_length > 0)
        return DROP;
    if ((faults->kinds & RST_SYN_DATA) && data) {
        answer->length = segment_refuse(&segment, answer->packet);
        return ANSWER;
    }
    if (faults->kinds & STRIP_OPTION)
        segment_strip_fast_open(&segment);
    if ((faults->kinds & STRIP_DATA) && data)
        segment_strip_payload(&segment);
    *length = segment.packet_length;
    return PASS;
}
