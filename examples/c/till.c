/* A till: finds a client, sells a pass, charges the client's account, uses the pass, and takes a charge back.
 *
 *     till NEW_STORE
 *
 * What a till does all day has functions with structs (carnet_account_charge, carnet_reverse); everything else goes through
 * carnet_execute as JSON. */
#include <carnet.h>

#include "json.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 2026-05-04T10:00:00+03:00, as text and in microseconds since 1970. A real till leaves the time out: it is now. */
#define AT "\"at\":\"2026-05-04T10:00:00+03:00\""
#define AT_MICROS INT64_C(1777878000000000)
#define EUR(amount) "{\"amount\":\"" amount "\",\"currency\":\"EUR\"}"

static carnet_engine *engine;

/* Ends the program with what went wrong. Only for what cannot happen at a till that is set up right. */
static void give_up(const char *doing, carnet_error *error)
{
    fprintf(stderr, "till: %s: %s\n", doing, carnet_error_json(error));
    carnet_error_free(&error);
    carnet_engine_close(&engine, NULL);
    exit(1);
}

/* Executes one operation, made with printf. The reply is to be freed. */
static carnet_string execute(const char *format, ...)
{
    char request[1024];
    carnet_string reply = {NULL, 0};
    carnet_error *error = NULL;
    va_list values;
    va_start(values, format);
    vsnprintf(request, sizeof request, format, values);
    va_end(values);
    if (carnet_execute(engine, request, SIZE_MAX, &reply, &error) != CARNET_OK) {
        give_up(request, error);
    }
    return reply;
}

/* The number at a path of a reply, which is freed. */
static long long taken(carnet_string reply, const char *path)
{
    const long long number = json_number(reply.ptr, path);
    carnet_string_free(&reply);
    return number;
}

static carnet_call now(const char *key)
{
    carnet_call call;
    CARNET_INIT(&call);
    call.at = AT_MICROS;
    /* With a key, a call that is made again after a lost answer is done once. */
    snprintf(call.key, sizeof call.key, "%s", key);
    return call;
}

/* Money for people. Amounts are minor units: cents. */
static const char *money(carnet_money amount)
{
    static char text[40];
    snprintf(text, sizeof text, "%lld.%02lld %s", (long long)(amount.minor / 100), (long long)llabs(amount.minor % 100),
             amount.currency);
    return text;
}

static void charge(const char *key, long long client, int64_t cents, carnet_charged *charged)
{
    const carnet_call call = now(key);
    carnet_charge what;
    carnet_error *error = NULL;
    int32_t number;

    CARNET_INIT(&what);
    what.client = client;
    what.amount.minor = cents;
    strcpy(what.amount.currency, "EUR");
    CARNET_INIT(charged);
    number = carnet_account_charge(engine, &call, &what, charged, &error);
    printf("Charge %s: ", money(what.amount));
    if (number == CARNET_OK) {
        printf("paid, %s left\n", money(charged->balance));
    } else if (number == CARNET_REASON_INSUFFICIENT) {
        char missing[40];
        printf("refused, %s missing\n", json_text(carnet_error_json(error), "details.missing", missing, sizeof missing));
        carnet_error_free(&error);
    } else {
        give_up("charge", error);
    }
}

static void reverse(int64_t group)
{
    const carnet_call call = now("");
    carnet_reversal what;
    carnet_reversed reversed;
    carnet_error *error = NULL;
    int32_t number;

    CARNET_INIT(&what);
    what.group = group;
    strcpy(what.reason, "wrong size");
    CARNET_INIT(&reversed);
    number = carnet_reverse(engine, &call, &what, &reversed, &error);
    if (number == CARNET_OK) {
        printf("Reversed: %lld cents are back\n", (long long)reversed.movements[0].amount);
    } else if (number == CARNET_REASON_ALREADY_DONE) {
        printf("Reversed before: nothing to do\n");
        carnet_error_free(&error);
    } else {
        give_up("reverse", error);
    }
}

/* What every new store begins with. Returns the service that the pass is for. */
static long long furnish(long long *plan)
{
    long long service, client;
    carnet_string reply = execute("{\"op\":\"venue.add\"," AT ",\"args\":{\"name\":\"Club\",\"currency\":\"EUR\","
                                  "\"time_zone\":\"Europe/Bucharest\",\"country\":\"RO\"}}");
    carnet_string_free(&reply);
    service = taken(execute("{\"op\":\"service.add\"," AT ",\"args\":{\"name\":\"Sauna\",\"price\":" EUR("15.00") "}}"),
                    "reply.service");
    *plan = taken(execute("{\"op\":\"plan.add\"," AT ",\"args\":{\"name\":\"Ten saunas\",\"services\":[%lld],"
                          "\"kind\":{\"visits\":{\"visits\":10,"
                          "\"validity\":{\"period\":{\"count\":3,\"unit\":\"month\"}}}},"
                          "\"price\":" EUR("120.00") "}}",
                          service),
                  "reply.plan");
    client = taken(execute("{\"op\":\"client.add\"," AT ",\"args\":{\"first_name\":\"Ann\",\"last_name\":\"Archer\","
                           "\"phone\":\"0712 345 678\"}}"),
                   "reply.client");
    reply = execute("{\"op\":\"account.top_up\"," AT ",\"args\":{\"client\":%lld,\"method\":\"cash\","
                    "\"amount\":" EUR("30.00") "}}",
                    client);
    carnet_string_free(&reply);
    return service;
}

/* Finds a client by what was typed, which may be anything. */
static long long find(const char *typed)
{
    char quoted[128], name[64], phone[32];
    carnet_string reply = execute("{\"op\":\"client.find\",\"args\":{\"phone\":\"%s\"}}",
                                  json_quote(typed, quoted, sizeof quoted));
    printf("Found: %s, %s\n", json_text(reply.ptr, "reply.clients.0.first_name", name, sizeof name),
           json_text(reply.ptr, "reply.clients.0.phone", phone, sizeof phone));
    return taken(reply, "reply.clients.0.client");
}

static void sell(long long client, long long plan)
{
    char price[16], ends[32];
    carnet_string reply = execute("{\"op\":\"pass.sell\"," AT ",\"key\":\"bill 17 line 1\","
                                  "\"args\":{\"client\":%lld,\"plan\":%lld,"
                                  "\"discount\":{\"by\":{\"percent\":\"10\"},\"reason\":\"regular\"},"
                                  "\"payments\":[{\"method\":\"card\",\"amount\":" EUR("108.00") "}]}}",
                                  client, plan);
    printf("Sold: ten saunas for %s EUR, until %s\n", json_text(reply.ptr, "reply.price.amount", price, sizeof price),
           json_text(reply.ptr, "reply.ends", ends, sizeof ends));
    carnet_string_free(&reply);
}

static void use(long long client, long long service)
{
    printf("Used: a sauna, %lld visits left\n",
           taken(execute("{\"op\":\"pass.use\"," AT ",\"key\":\"bill 17 line 2\","
                         "\"args\":{\"client\":%lld,\"service\":%lld}}",
                         client, service),
                 "reply.payer.visits_left"));
}

int main(int argc, char **argv)
{
    carnet_error *error = NULL;
    carnet_charged robe, again, dinner;
    long long client, service, plan;

    if (argc != 2 || carnet_abi_version() != CARNET_ABI_VERSION) {
        fprintf(stderr, "usage: till NEW_STORE\n");
        return 2;
    }
    /* The seed gives the same ids each time; leave it out of a real program. */
    if (carnet_engine_open(argv[1], SIZE_MAX, "{\"create\":true,\"seed\":1}", SIZE_MAX, &engine, &error) != CARNET_OK) {
        give_up(argv[1], error);
    }
    service = furnish(&plan);

    client = find("+40 712 345 678");
    sell(client, plan);
    charge("bill 17 line 3", client, 1250, &robe);
    charge("bill 17 line 3", client, 1250, &again);
    printf("  the same key again: %s\n", again.group == robe.group ? "paid once" : "PAID TWICE");
    charge("bill 18 line 1", client, 6000, &dinner);
    use(client, service);
    reverse(robe.group);
    reverse(robe.group);

    if (carnet_engine_close(&engine, &error) != CARNET_OK) {
        give_up("close", error);
    }
    return 0;
}
