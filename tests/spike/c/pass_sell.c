/* The spike through the C door: the calls that the Kotlin and Python programs make, and what only C can do wrong.
 * usage: pass_sell STORE REPLY_FILE */
#include "carnet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int passed = 0;
static int failed = 0;

#define CHECK(condition)                                                       \
    do {                                                                       \
        if (condition) {                                                       \
            passed++;                                                          \
        } else {                                                               \
            failed++;                                                          \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
        }                                                                      \
    } while (0)

/* Executes one operation and keeps the reply; says what went wrong if it must not. */
static int execute(carnet_engine *engine, const char *request, carnet_string *reply)
{
    carnet_error *error = NULL;
    int32_t number = carnet_execute(engine, request, SIZE_MAX, reply, &error);
    if (number != CARNET_OK) {
        fprintf(stderr, "%s\n  -> %s\n", request, carnet_error_json(error));
        carnet_error_free(&error);
    }
    return number == CARNET_OK;
}

/* The number after "name": in a reply, for ids; 0 if there is none. */
static long long number_of(const carnet_string *reply, const char *name)
{
    char pattern[64];
    const char *found;
    if (reply->ptr == NULL) {
        return 0;
    }
    snprintf(pattern, sizeof pattern, "\"%s\":", name);
    found = strstr(reply->ptr, pattern);
    return found == NULL ? 0 : strtoll(found + strlen(pattern), NULL, 10);
}

static int contains(const carnet_string *reply, const char *text)
{
    return reply->ptr != NULL && strstr(reply->ptr, text) != NULL;
}

static int same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

#define SALE                                                                                     \
    "{\"op\":\"" CARNET_OP_PASS_SELL "\",\"at\":\"2026-04-20T09:03:00Z\",\"key\":\"sale-%d\","  \
    "\"args\":{\"client\":%lld,\"plan\":%lld,"                                                   \
    "\"price\":{\"amount\":\"80.00\",\"currency\":\"EUR\"},"                                     \
    "\"start\":{\"on_date\":\"2026-05-01\"},"                                                    \
    "\"discount\":{\"by\":{\"percent\":\"12.5\"},\"reason\":\"regular\"},"                       \
    "\"payments\":[{\"method\":\"cash\",\"amount\":{\"amount\":\"50.00\",\"currency\":\"EUR\"}}," \
    "{\"method\":\"card\",\"amount\":{\"amount\":\"%s\",\"currency\":\"EUR\"}}]}}"

/* A call that must fail, and how. */
static void fails(carnet_engine *engine, const char *request, int32_t number, const char *code,
                  const char *field)
{
    carnet_error *error = NULL;
    carnet_error *copy;
    carnet_string reply = {"untouched", 9};
    CHECK(carnet_execute(engine, request, strlen(request), &reply, &error) == number);
    CHECK(reply.ptr == NULL && reply.len == 0);
    CHECK(carnet_error_number(error) == number);
    CHECK(same(carnet_error_code(error), code));
    CHECK(field == NULL ? carnet_error_field(error) == NULL : same(carnet_error_field(error), field));
    CHECK(carnet_error_reason(error) != NULL && carnet_error_message(error) != NULL);
    copy = error;
    carnet_error_free(&error);
    CHECK(error == NULL);
    /* A freed error is noticed, also when it is freed again. */
    CHECK(carnet_error_number(copy) == CARNET_REASON_BAD_HANDLE && carnet_error_json(copy) == NULL);
    carnet_error_free(&copy);
}

int main(int argc, char **argv)
{
    carnet_engine *engine = NULL;
    carnet_engine *stale;
    carnet_error *error = NULL;
    carnet_string reply = {NULL, 0};
    carnet_string again = {NULL, 0};
    long long client, plan;
    char request[2048];
    FILE *file;

    if (argc != 3) {
        fprintf(stderr, "usage: pass_sell STORE REPLY_FILE\n");
        return 2;
    }
    CHECK(carnet_abi_version() == CARNET_ABI_VERSION);
    snprintf(request, sizeof request, "%d.%d.%d", CARNET_VERSION_MAJOR, CARNET_VERSION_MINOR,
             CARNET_VERSION_PATCH);
    CHECK(same(carnet_version(), request));

    CHECK(carnet_engine_open(argv[1], SIZE_MAX, "{\"creat\":true}", SIZE_MAX, &engine, &error) ==
          CARNET_REASON_UNKNOWN_FIELD);
    CHECK(engine == NULL && same(carnet_error_field(error), "options.creat"));
    carnet_error_free(&error);
    CHECK(carnet_engine_open(argv[1], SIZE_MAX, "{\"create\":true,\"seed\":1}", SIZE_MAX, &engine, &error) ==
          CARNET_OK);
    CHECK(engine != NULL && error == NULL);

    CHECK(execute(engine,
                  "{\"op\":\"" CARNET_OP_VENUE_ADD "\",\"at\":\"2026-04-20T09:00:00Z\",\"args\":{"
                  "\"name\":\"Spike\",\"time_zone\":\"Europe/Bucharest\",\"currency\":\"EUR\"}}",
                  &reply));
    CHECK(number_of(&reply, "venue") > 0);
    carnet_string_free(&reply);

    CHECK(execute(engine,
                  "{\"op\":\"" CARNET_OP_CLIENT_ADD "\",\"at\":\"2026-04-20T09:01:00Z\",\"args\":{"
                  "\"first_name\":\"Ana\",\"last_name\":\"Ionescu\",\"birth_date\":\"1990-02-28\"}}",
                  &reply));
    client = number_of(&reply, "client");
    CHECK(client > 0);
    carnet_string_free(&reply);

    CHECK(execute(engine,
                  "{\"op\":\"" CARNET_OP_PLAN_ADD "\",\"at\":\"2026-04-20T09:02:00Z\",\"args\":{"
                  "\"name\":\"Ten visits\",\"kind\":{\"visits\":{\"visits\":10,"
                  "\"validity\":{\"period\":{\"count\":3,\"unit\":\"month\"}}}},"
                  "\"price\":{\"amount\":\"90.00\",\"currency\":\"EUR\"},\"tax\":\"20\"}}",
                  &reply));
    plan = number_of(&reply, "plan");
    CHECK(plan > 0);
    carnet_string_free(&reply);

    snprintf(request, sizeof request, SALE, 1, client, plan, "20.00");
    CHECK(execute(engine, request, &reply));
    CHECK(contains(&reply, "\"list_price\":{\"amount\":\"80.00\",\"currency\":\"EUR\"}"));
    CHECK(contains(&reply, "\"price\":{\"amount\":\"70.00\",\"currency\":\"EUR\"}"));
    CHECK(contains(&reply, "\"starts\":\"2026-04-30T21:00:00.000000Z\""));
    CHECK(reply.ptr != NULL && reply.ptr[reply.len] == '\0' && strlen(reply.ptr) == reply.len);
    /* The same key and content: the first reply again. */
    CHECK(execute(engine, request, &again));
    CHECK(contains(&again, "\"replayed\":true") && number_of(&again, "pass") == number_of(&reply, "pass"));
    carnet_string_free(&again);
    file = fopen(argv[2], "w");
    CHECK(file != NULL && reply.ptr != NULL && fputs(reply.ptr, file) >= 0);
    CHECK(file != NULL && fclose(file) == 0);
    carnet_string_free(&reply);
    CHECK(reply.ptr == NULL && reply.len == 0);
    carnet_string_free(&reply);

    /* What must fail, with the number, family and field. */
    snprintf(request, sizeof request, SALE, 2, client + 1000, plan, "20.00");
    fails(engine, request, CARNET_REASON_CLIENT_NOT_FOUND, "not_found", "client");
    snprintf(request, sizeof request, SALE, 3, client, plan, "20.005");
    fails(engine, request, CARNET_REASON_TOO_MANY_DIGITS, "invalid_input", "payments.1.amount.amount");
    snprintf(request, sizeof request, SALE, 4, client, plan, "20.01");
    fails(engine, request, CARNET_REASON_SUM_MISMATCH, "invalid_input", "payments");
    snprintf(request, sizeof request, SALE, 1, client, plan, "20.01");
    fails(engine, request, CARNET_REASON_KEY_REUSED, "conflict", "key");
    fails(engine, "{\"op\":\"pass.sel\"}", CARNET_REASON_UNKNOWN_OPERATION, "invalid_input", "op");
    fails(engine, "{\"op\":", CARNET_REASON_BAD_JSON, "invalid_input", NULL);
    fails(engine, "{\"op\":\"\xff\"}", CARNET_REASON_BAD_UTF8, "invalid_input", "op");
    fails(NULL, "{}", CARNET_REASON_NULL_POINTER, "misuse", "engine");
    fails((carnet_engine *)(void *)request, "{}", CARNET_REASON_BAD_HANDLE, "misuse", NULL);
    CHECK(carnet_execute(engine, NULL, 3, NULL, NULL) == CARNET_REASON_NULL_POINTER);
    CHECK(carnet_execute(engine, request, SIZE_MAX - 1, NULL, NULL) == CARNET_REASON_TOO_LARGE);

    snprintf(request, sizeof request,
             "{\"op\":\"" CARNET_OP_ACCESS_ENTER "\",\"at\":\"2026-05-02T08:00:00Z\",\"args\":{\"client\":%lld}}",
             client);
    CHECK(execute(engine, request, &reply));
    CHECK(contains(&reply, "\"outcome\":\"admitted\"") && number_of(&reply, "visits_left") == 9);
    carnet_string_free(&reply);

    stale = engine;
    CHECK(carnet_engine_close(&engine, &error) == CARNET_OK && engine == NULL && error == NULL);
    CHECK(carnet_engine_close(&engine, NULL) == CARNET_OK);
    CHECK(carnet_engine_close(NULL, NULL) == CARNET_OK);
    fails(stale, "{}", CARNET_REASON_BAD_HANDLE, "misuse", NULL);
    CHECK(carnet_engine_close(&stale, NULL) == CARNET_REASON_BAD_HANDLE);

    printf("c: %d passed\n", passed);
    if (failed > 0) {
        printf("c: %d failed\n", failed);
    }
    return failed > 0;
}
