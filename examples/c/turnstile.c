/* The controller of a turnstile: a card comes in, a decision goes out in two lines for the display, entries and exits are
 * recorded.
 *
 *     turnstile STORE < readers
 *
 * The readers send a line for each card: `in CARD` or `out CARD`. For tests with the time in front of it: `10:05 in CARD`, on
 * 4 May 2026 in Bucharest. A store that is not there is made, with two members to try it on. */
#include <carnet.h>

#include "json.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define MINUTE (INT64_C(60) * 1000000)
/* 2026-05-04T00:00:00+03:00 in microseconds since 1970. */
#define DAY (INT64_C(1777842000) * 1000000)

/* Writes what went wrong into the controller's log, and frees it. */
static void complain(const char *doing, carnet_error **error)
{
    fprintf(stderr, "turnstile: %s: %s\n", doing, *error ? carnet_error_json(*error) : "no memory");
    carnet_error_free(error);
}

/* Executes an operation of the JSON door, and returns the id called `name` in its reply; 0 if it failed. */
static long long add(const carnet_engine *engine, const char *name, const char *request)
{
    char path[64];
    carnet_string reply = {NULL, 0};
    carnet_error *error = NULL;
    long long id = 0;
    if (carnet_execute(engine, request, SIZE_MAX, &reply, &error) != CARNET_OK) {
        complain(request, &error);
    } else {
        snprintf(path, sizeof path, "reply.%s", name);
        id = json_number(reply.ptr, path);
        carnet_string_free(&reply);
    }
    return id;
}

#define AT "\"at\":\"2026-05-04T07:00:00Z\""
#define PRICE(amount) "{\"amount\":\"" amount "\",\"currency\":\"EUR\"}"

/* One member with a card and a pass. */
static int add_member(const carnet_engine *engine, const char *first_name, const char *card, long long plan)
{
    char request[256];
    long long client;
    snprintf(request, sizeof request, "{\"op\":\"client.add\"," AT ",\"args\":{\"first_name\":\"%s\"}}", first_name);
    client = add(engine, "client", request);
    snprintf(request, sizeof request, "{\"op\":\"card.add\"," AT ",\"args\":{\"client\":%lld,\"uid\":\"%s\"}}",
             client, card);
    if (add(engine, "card", request) == 0) {
        return 0;
    }
    snprintf(request, sizeof request,
             "{\"op\":\"pass.sell\"," AT ",\"args\":{\"client\":%lld,\"plan\":%lld,"
             "\"payments\":[{\"method\":\"cash\",\"amount\":" PRICE("20.00") "}]}}",
             client, plan);
    return add(engine, "pass", request) != 0;
}

/* A club for a store that was made just now. */
static int furnish(const carnet_engine *engine)
{
    long long visits, daily;
    add(engine, "venue",
        "{\"op\":\"venue.add\"," AT ",\"args\":{\"name\":\"Club\",\"time_zone\":\"Europe/Bucharest\",\"currency\":\"EUR\","
        "\"anti_passback\":\"hard\"}}");
    visits = add(engine, "plan",
                 "{\"op\":\"plan.add\"," AT ",\"args\":{\"name\":\"Two visits\",\"kind\":{\"visits\":{\"visits\":2}},"
                 "\"price\":" PRICE("20.00") "}}");
    daily = add(engine, "plan",
                   "{\"op\":\"plan.add\"," AT ",\"args\":{\"name\":\"Once a day\","
                   "\"kind\":{\"time\":{\"validity\":{\"period\":{\"count\":1,\"unit\":\"month\"}}}},\"usage\":{\"per_day\":1},\"price\":" PRICE("20.00") "}}");
    return add_member(engine, "Ann", "04A1B2", visits) && add_member(engine, "Bob", "04C3D4", daily);
}

/* Opens the store; makes one where there is none. The seed gives the same ids each time: leave it out of a real program. */
static carnet_engine *open_store(const char *path)
{
    carnet_engine *engine = NULL;
    carnet_error *error = NULL;
    int32_t number = carnet_engine_open(path, SIZE_MAX, "{\"seed\":1}", SIZE_MAX, &engine, &error);
    if (number == CARNET_REASON_MISSING) {
        carnet_error_free(&error);
        number = carnet_engine_open(path, SIZE_MAX, "{\"seed\":1,\"create\":true}", SIZE_MAX, &engine, &error);
        if (number == CARNET_OK && !furnish(engine)) {
            carnet_engine_close(&engine, NULL);
            return NULL;
        }
    }
    if (number != CARNET_OK) {
        complain(path, &error);
    }
    return engine;
}

static void display(const char *line1, const char *line2, int open)
{
    printf("  [%-24.24s]\n  [%-24.24s]  %s\n", line1, line2, open ? "open" : "shut");
}

/* Decides, takes the visit and records the entry, in one call. Whatever goes wrong, the door stays shut. */
static void enter(const carnet_engine *engine, const carnet_call *call, const char *card)
{
    carnet_access access;
    carnet_decision decision;
    carnet_error *error = NULL;
    CARNET_INIT(&access);
    CARNET_INIT(&decision);
    snprintf(access.card, sizeof access.card, "%s", card);
    if (carnet_access_enter(engine, call, &access, &decision, NULL, &error) != CARNET_OK) {
        complain("enter", &error);
        display("Out of service", "Please ask at the desk", 0);
        return;
    }
    display(decision.line1, decision.line2, decision.outcome == CARNET_OUTCOME_ADMITTED);
    if (decision.reason == CARNET_DENY_UNKNOWN_CARD) {
        fprintf(stderr, "turnstile: unknown card %s\n", card);
    }
}

/* Records the exit. Nobody is kept inside: it opens for everybody. */
static void leave(const carnet_engine *engine, const carnet_call *call, const char *card)
{
    carnet_leave who;
    carnet_exited exited;
    carnet_error *error = NULL;
    char line2[32] = "";
    CARNET_INIT(&who);
    CARNET_INIT(&exited);
    snprintf(who.card, sizeof who.card, "%s", card);
    if (carnet_access_exit(engine, call, &who, &exited, &error) == CARNET_OK) {
        snprintf(line2, sizeof line2, "after %d minutes", (int)(exited.seconds / 60));
    } else {
        complain("exit", &error);
    }
    display("Goodbye", line2, 1);
}

int main(int argc, char **argv)
{
    carnet_engine *engine;
    char line[256];
    const long started = (long)time(NULL);
    long events = 0;

    if (argc != 2 || carnet_abi_version() != CARNET_ABI_VERSION) {
        fprintf(stderr, "usage: turnstile STORE < readers\n");
        return 2;
    }
    engine = open_store(argv[1]);
    if (engine == NULL) {
        return 1;
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        carnet_call call;
        char direction[4], card[129];
        int hour, minute;
        CARNET_INIT(&call);
        call.at = CARNET_NOW;
        if (sscanf(line, "%2d:%2d %3s %128s", &hour, &minute, direction, card) == 4) {
            call.at = DAY + (hour * 60 + minute) * MINUTE;
        } else if (sscanf(line, "%3s %128s", direction, card) != 2) {
            continue;
        }
        /* With a key of its own, an event that is sent again after a lost answer is not counted twice. */
        snprintf(call.key, sizeof call.key, "door-1 %ld %ld", started, ++events);
        printf("%s", line);
        if (strcmp(direction, "in") == 0) {
            enter(engine, &call, card);
        } else {
            leave(engine, &call, card);
        }
        fflush(stdout);
    }
    return carnet_engine_close(&engine, NULL) != CARNET_OK;
}
