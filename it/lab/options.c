// SPDX-License-Identifier: Apache-2.0
#include "options.h"

#include "clock.h"
#include "failure.h"
#include "help.h"
#include "numbers.h"
#include "packet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MTU_LEAST = 1280 /* of IPv6: RFC 8200 section 5 */ };

static _Noreturn void bad_value(const char *option, const char *word, const char *wanted)
{
    fail(STATUS_USAGE, "%s '%s': give %s", option, word, wanted);
}

static double decimal(const char *option, const char *word, double least, double most,
                      const char *wanted)
{
    double value;

    if (!parse_decimal(word, least, most, &value))
        bad_value(option, word, wanted);
    return value;
}

static uint64_t whole(const char *option, const char *word, uint64_t least, uint64_t most,
                      const char *wanted)
{
    uint64_t value;

    if (!parse_whole(word, least, most, &value))
        bad_value(option, word, wanted);
    return value;
}

static int64_t seconds(const char *option, const char *word)
{
    const char *wanted = "a number of seconds from 0 to 86400";

    return (int64_t)(decimal(option, word, 0, 86400, wanted) * (double)NS_PER_SECOND);
}

static unsigned tcp_fastopen(const char *option, const char *word)
{
    const char *wanted = "a value of net.ipv4.tcp_fastopen, in decimal or as 0x...";

    return (unsigned)whole(option, word, 0, INT32_MAX, wanted);
}

/* What an option without a value means; false if it is none. */
static bool set_flag(struct options *options, const char *name)
{
    if (strcmp(name, "--check") == 0) {
        options->check = true;
    } else if (strcmp(name, "--help") == 0) {
        fputs(HELP, stdout);
        exit(EXIT_SUCCESS);
    } else {
        return false;
    }
    return true;
}

static bool takes_value(const char *name)
{
    static const char *const NAMES[] = {
        "--rtt",  "--mtu",      "--fault", "--faults-from", "--seed", "--near-tfo", "--far-tfo",
        "--pcap", "--far-pcap", "--flows", "--wait-port",   "--wait", "--timeout"};

    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (strcmp(name, NAMES[i]) == 0)
            return true;
    }
    return false;
}

static void set_value(struct options *options, const char *name, const char *word)
{
    if (strcmp(name, "--rtt") == 0) {
        options->rtt_ms = decimal(name, word, 0, 60000, "milliseconds, 0 to 60000");
    } else if (strcmp(name, "--mtu") == 0) {
        options->mtu = (int)whole(name, word, MTU_LEAST, PACKET_MAX, "bytes from 1280 to 65535");
    } else if (strcmp(name, "--fault") == 0) {
        if (!faultset_add(&options->faults, word))
            fail(STATUS_USAGE, "%s '%s': no such fault; use one of %s", name, word, FAULT_NAMES);
    } else if (strcmp(name, "--faults-from") == 0) {
        options->faults_from = word;
    } else if (strcmp(name, "--seed") == 0) {
        options->seed = whole(name, word, 0, UINT64_MAX, "a number below 2^64");
    } else if (strcmp(name, "--near-tfo") == 0) {
        options->tcp_fastopen[NEAR] = tcp_fastopen(name, word);
    } else if (strcmp(name, "--far-tfo") == 0) {
        options->tcp_fastopen[FAR] = tcp_fastopen(name, word);
    } else if (strcmp(name, "--pcap") == 0) {
        options->pcaps[NEAR] = word;
    } else if (strcmp(name, "--far-pcap") == 0) {
        options->pcaps[FAR] = word;
    } else if (strcmp(name, "--flows") == 0) {
        options->flows = word;
    } else if (strcmp(name, "--wait-port") == 0) {
        options->wait_port = (unsigned)whole(name, word, 1, 65535, "a port from 1 to 65535");
    } else if (strcmp(name, "--wait") == 0) {
        options->wait_ns = seconds(name, word);
    } else {
        options->timeout_ns = seconds(name, word);
    }
}

/* words starts after --far. */
static void parse_commands(char **words, struct options *options)
{
    char **separator = words;

    while (*separator != NULL && strcmp(*separator, "--") != 0)
        separator++;
    if (separator == words)
        fail(STATUS_USAGE, "no far command: put the server's command after --far");
    if (separator[0] == NULL || separator[1] == NULL)
        fail(STATUS_USAGE, "no near command: put -- and the client's command after '%s'",
             separator[-1]);
    *separator = NULL;
    options->commands[FAR] = words;
    options->commands[NEAR] = separator + 1;
}

void options_parse(char **words, struct options *options)
{
    *options = (struct options){
        .rtt_ms = 50,
        .mtu = 1500,
        .seed = 1,
        .tcp_fastopen = {[NEAR] = 1, [FAR] = 2},
        .wait_ns = 30 * NS_PER_SECOND,
        .timeout_ns = 120 * NS_PER_SECOND,
    };

    for (words++; *words != NULL && strcmp(*words, "--far") != 0; words++) {
        if (set_flag(options, *words))
            continue;
        if (!takes_value(*words))
            fail(STATUS_USAGE, "'%s': %s; see lab --help", *words,
                 **words == '-' ? "no such option before --far" : "a command goes after --far");
        if (words[1] == NULL)
            fail(STATUS_USAGE, "%s: its value is missing; see lab --help", *words);
        set_value(options, words[0], words[1]);
        words++;
    }
    if (*words != NULL)
        parse_commands(words + 1, options);
    else if (!options->check)
        fail(STATUS_USAGE, "no --far: put --far and the server's command, then -- and the "
                           "client's; see lab --help");
}
