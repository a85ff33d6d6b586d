// SPDX-License-Identifier: Apache-2.0
/* The lines that tell of the flows: key=value, every key in every line, "-" for unknown. */
#include "flows.h"

#include "clock.h"

#include <arpa/inet.h>
#include <inttypes.h>

static void print_endpoint(const char *key, const struct flow *flow, enum end end, FILE *out)
{
    char text[INET6_ADDRSTRLEN];
    bool ipv4 = flow->address_length == 4;

    inet_ntop(ipv4 ? AF_INET : AF_INET6, flow->ends[end].address, text, sizeof text);
    fprintf(out, ipv4 ? " %s=%s:%u" : " %s=[%s]:%u", key, text, (unsigned)flow->ends[end].port);
}

static void print_head(const struct flow *flow, FILE *out)
{
    size_t length = flow->syn_payload < SYN_HEAD_MAX ? flow->syn_payload : SYN_HEAD_MAX;

    fputs(length == 0 ? " syn_head=-" : " syn_head=", out);
    for (size_t i = 0; i < length; i++)
        fprintf(out, "%02x", flow->syn_head[i]);
}

static void print_since(const char *key, int64_t since, int64_t time, FILE *out)
{
    if (time == 0)
        fprintf(out, " %s=-", key);
    else
        fprintf(out, " %s=%" PRId64, key, (time - since) / NS_PER_US);
}

static const char *synack_cookie(const struct flow *flow)
{
    if (flow->synack == 0)
        return "-";
    return flow->synack_cookie ? "granted" : "none";
}

static const char *synack_acked_data(const struct flow *flow)
{
    if (flow->synack == 0 || flow->syn_payload == 0)
        return "-";
    return flow->synack_acked_data ? "yes" : "no";
}

static void print_flow(const struct flow *flow, int64_t start, FILE *out)
{
    static const char *const COOKIES[] = {
        [COOKIE_NONE] = "none", [COOKIE_ASKED] = "asked", [COOKIE_SENT] = "sent"};

    fputs("flow", out);
    print_endpoint("near", flow, NEAR, out);
    print_endpoint("far", flow, FAR, out);
    fprintf(out, " syns=%lu syn_payload=%zu", flow->syns, flow->syn_payload);
    print_head(flow, out);
    fprintf(out, " cookie=%s", COOKIES[flow->cookie]);
    fprintf(out, " synack_cookie=%s", synack_cookie(flow));
    fprintf(out, " synack_acked_data=%s", synack_acked_data(flow));
    print_since("syn_us", start, flow->syn, out);
    print_since("synack_us", flow->syn, flow->synack, out);
    print_since("first_server_data_us", flow->syn, flow->first_server_data, out);
    print_since("second_flight_us", flow->syn, flow->second_flight, out);
    print_since("first_reply_us", flow->syn, flow->first_reply, out);
    print_since("fin_us", flow->syn, flow->fin, out);
    print_since("rst_us", flow->syn, flow->rst, out);
    fprintf(out, " bytes_before_server_data=%" PRIu64, flow->bytes_before_server_data);
    fprintf(out, " near_bytes=%" PRIu64 " far_bytes=%" PRIu64, flow->streams[NEAR].bytes,
            flow->streams[FAR].bytes);
    fprintf(out, " resets=%lu\n", flow->resets);
}

void flows_print(const struct flows *flows, int64_t start, FILE *out)
{
    for (const struct flow *flow = flows->first; flow != NULL; flow = flow->next)
        print_flow(flow, start, out);
}
