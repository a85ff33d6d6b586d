// SPDX-License-Identifier: Apache-2.0
#include "faults.h"

#include "rewrite.h"

static bool too_long(uint64_t mtu, size_t length)
{
    return mtu != 0 && length > mtu;
}

static bool dead(struct faultset *wanted)
{
    if (!wanted->mortal)
        return false;
    if (wanted->syns_alive == 0)
        return true;
    wanted->syns_alive--;
    return false;
}

static bool met_first(bool *met)
{
    bool first = !*met;

    *met = true;
    return first;
}

static bool punished(struct faults *faults, const struct segment *syn, int64_t now)
{
    if (faults->wanted.penalty_ns == 0)
        return false;
    if (punished_has(&faults->punished, syn, now))
        return true;
    if (syn->payload_length == 0)
        return false;
    punished_add(&faults->punished, syn, now + faults->wanted.penalty_ns);
    return true;
}

static enum verdict meet_syn(struct faults *faults, const struct crossing *crossing,
                             struct segment *syn, struct answer *answer)
{
    struct flow *flow = flows_find(crossing->flows, crossing->from, syn);
    unsigned kinds = faults->wanted.kinds;
    bool data = syn->payload_length > 0;

    if (dead(&faults->wanted))
        return DROP;
    if ((kinds & DROP_SYN_DATA) && data)
        return DROP;
    if ((kinds & DROP_SYN_OPTION) && syn->fast_open != NULL)
        return DROP;
    if ((kinds & DROP_SYN_COOKIE) && syn->cookie_length > 0)
        return DROP;
    if ((kinds & DROP_SYN_ECN) && segment_is_ecn_setup(syn))
        return DROP;
    if ((kinds & DROP_FIRST_SYN) && flow != NULL && met_first(&flow->met.syn))
        return DROP;
    if (punished(faults, syn, crossing->now))
        return DROP;
    if ((kinds & RST_SYN_DATA) && data) {
        answer_reset(answer, syn);
        return ANSWER;
    }
    if (kinds & STRIP_OPTION)
        segment_strip_fast_open(syn);
    if ((kinds & STRIP_DATA) && data)
        segment_strip_payload(syn);
    return PASS;
}

static enum verdict meet_synack(const struct faults *faults, const struct crossing *crossing,
                                struct segment *synack)
{
    struct flow *flow = flows_find(crossing->flows, crossing->from, synack);
    unsigned kinds = faults->wanted.kinds;

    if ((kinds & DROP_FIRST_SYNACK) && flow != NULL && met_first(&flow->met.synack))
        return DROP;
    if (kinds & STRIP_OPTION)
        segment_strip_fast_open(synack);
    return PASS;
}

static enum verdict meet_client(unsigned kinds, const struct segment *segment,
                                struct answer *answer)
{
    if (kinds & DROP_CLIENT_REST)
        return DROP;
    if ((kinds & DROP_CLIENT_DATA) && segment->payload_length > 0)
        return DROP;
    if ((kinds & RST_CLIENT_REST) && !(segment->flags & FLAG_RST)) {
        answer_reset(answer, segment);
        return ANSWER;
    }
    return PASS;
}

static enum verdict meet_server(unsigned kinds, struct segment *segment)
{
    bool data = segment->payload_length > 0;

    if (kinds & DROP_SERVER_REST)
        return DROP;
    if ((kinds & DROP_SERVER_DATA) && data)
        return DROP;
    if ((kinds & RST_SERVER_DATA) && data)
        segment_become_reset(segment);
    return PASS;
}

/* What follows the handshake's two SYNs; met only where the first carried data. */
static enum verdict meet_rest(const struct faults *faults, const struct crossing *crossing,
                              struct segment *segment, struct answer *answer)
{
    const struct flow *flow = flows_find(crossing->flows, crossing->from, segment);

    if (flow == NULL || flow->syn_payload == 0)
        return PASS;
    if (flow->opener == crossing->from)
        return meet_client(faults->wanted.kinds, segment, answer);
    return meet_server(faults->wanted.kinds, segment);
}

static enum verdict meet(struct faults *faults, const struct crossing *crossing,
                         struct segment *segment, struct answer *answer)
{
    if (segment_is_syn(segment))
        return meet_syn(faults, crossing, segment, answer);
    if (segment_is_synack(segment))
        return meet_synack(faults, crossing, segment);
    return meet_rest(faults, crossing, segment, answer);
}

enum verdict faults_apply(struct faults *faults, struct crossing *crossing, struct answer *answer)
{
    const struct faultset *wanted = &faults->wanted;
    struct segment segment;
    enum verdict verdict;

    if (losses_next(&faults->losses, crossing->from, wanted->loss_percent))
        return DROP;
    if (wanted->kinds & DEAD)
        return DROP;
    if (too_long(wanted->mtu_hole, crossing->length))
        return DROP;
    if (!segment_parse(crossing->packet, crossing->length, &segment))
        return too_long(wanted->mtu, crossing->length) ? DROP : PASS;
    if (too_long(wanted->mtu, crossing->length)) {
        answer_too_big(answer, &segment, (uint16_t)wanted->mtu);
        return ANSWER;
    }
    verdict = meet(faults, crossing, &segment, answer);
    crossing->length = segment.packet_length;
    return verdict;
}
