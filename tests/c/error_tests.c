/* Errors: each family, what is said of them, and what is done with them that should not. */
#include "club.h"

/* Executes a request that must fail, and keeps the error. */
static carnet_error *failure(carnet_engine *engine, const char *request, int32_t number)
{
    carnet_error *error = NULL;
    EQUAL(carnet_execute(engine, request, SIZE_MAX, NULL, &error), number);
    CHECK(error != NULL);
    return error;
}

static void families(void)
{
    club it = open_club("families.db");
    carnet_engine *none = NULL;
    carnet_error *error = NULL;
    char request[256];

    must_fail(it.engine, "{\"op\":\"client.get\",\"args\":{}}", SIZE_MAX, CARNET_REASON_REQUIRED, "invalid_input",
              "client");
    must_fail(it.engine, "{\"op\":\"client.got\"}", SIZE_MAX, CARNET_REASON_UNKNOWN_OPERATION, "invalid_input", "op");
    must_fail(it.engine, "{\"op\":\"client.get\",\"args\":{\"client\":5}}", SIZE_MAX, CARNET_REASON_CLIENT_NOT_FOUND,
              "not_found", "client");
    must_fail(it.engine, "{\"op\":\"access.exit\",\"at\":\"" AT "\",\"args\":{\"card\":\"04A1B2\"}}", SIZE_MAX,
              CARNET_REASON_NOT_INSIDE, "refused", NULL);
    snprintf(request, sizeof request,
             "{\"op\":\"client.change\",\"at\":\"" AT "\",\"args\":{\"client\":%lld,\"set\":{\"notes\":\"x\"},"
             "\"expected_version\":7}}",
             (long long)it.client);
    must_fail(it.engine, request, SIZE_MAX, CARNET_REASON_STALE_VERSION, "conflict", "expected_version");
    EQUAL(carnet_engine_open(new_path("missing.db"), SIZE_MAX, NULL, 0, &none, &error), CARNET_REASON_MISSING);
    check_error(&error, CARNET_REASON_MISSING, "storage", NULL);
    must_fail(NULL, "{}", SIZE_MAX, CARNET_REASON_NULL_POINTER, "misuse", "engine");
    close_it(&it.engine);
}

static void details(void)
{
    club it = open_club("details.db");
    carnet_error *error;
    char request[256];

    snprintf(request, sizeof request,
             "{\"op\":\"account.charge\",\"at\":\"" AT "\",\"args\":{\"client\":%lld,"
             "\"amount\":{\"amount\":\"60.00\",\"currency\":\"EUR\"}}}",
             (long long)it.client);
    error = failure(it.engine, request, CARNET_REASON_INSUFFICIENT);
    SAME(carnet_error_code(error), "refused");
    SAME(carnet_error_reason(error), "insufficient");
    SAME(carnet_error_field(error), "amount");
    /* 50 are there: 10 are missing. */
    SAME(carnet_error_json(error),
         "{\"code\":\"refused\",\"number\":301,\"reason\":\"insufficient\",\"field\":\"amount\","
         "\"details\":{\"available\":\"50.00 EUR\",\"missing\":\"10.00 EUR\",\"needed\":\"60.00 EUR\"}}");
    carnet_error_free(&error);
    close_it(&it.engine);
}

static void freed(void)
{
    carnet_engine *engine = open_new("freed.db");
    carnet_error *error = failure(engine, "{", CARNET_REASON_BAD_JSON), *copy = error;

    carnet_error_free(&error);
    CHECK(error == NULL);
    carnet_error_free(&error);
    carnet_error_free(NULL);
    EQUAL(carnet_error_number(copy), CARNET_REASON_BAD_HANDLE);
    CHECK(carnet_error_code(copy) == NULL && carnet_error_reason(copy) == NULL && carnet_error_field(copy) == NULL);
    CHECK(carnet_error_message(copy) == NULL && carnet_error_json(copy) == NULL);
    carnet_error_free(&copy);
    EQUAL(carnet_error_number(NULL), 0);
    CHECK(carnet_error_code(NULL) == NULL && carnet_error_reason(NULL) == NULL && carnet_error_field(NULL) == NULL);
    CHECK(carnet_error_message(NULL) == NULL && carnet_error_json(NULL) == NULL);
    close_it(&engine);
}

/* Errors belong to nobody's engine, and a new one does not touch an old one. */
static void outlive(void)
{
    carnet_engine *engine = open_new("outlive.db");
    carnet_error *first = failure(engine, "{", CARNET_REASON_BAD_JSON);
    carnet_error *second = failure(engine, "{\"op\":\"x\"}", CARNET_REASON_UNKNOWN_OPERATION);
    const char *reason = carnet_error_reason(first);

    close_it(&engine);
    SAME(reason, "bad_json");
    EQUAL(carnet_error_number(first), CARNET_REASON_BAD_JSON);
    EQUAL(carnet_error_number(second), CARNET_REASON_UNKNOWN_OPERATION);
    carnet_error_free(&second);
    SAME(carnet_error_reason(first), "bad_json");
    carnet_error_free(&first);
}

/* A call that goes well sets an old error to null: it must have been freed before, but is not read. */
static void reset(void)
{
    carnet_engine *engine = open_new("reset.db");
    carnet_error *error = (carnet_error *)(void *)&engine;
    EQUAL(carnet_execute(engine, "{\"op\":\"venue.list\"}", SIZE_MAX, NULL, &error), CARNET_OK);
    CHECK(error == NULL);
    close_it(&engine);
}

/* What is known of a number without an error. */
static void reasons(void)
{
    SAME(carnet_reason_name(CARNET_REASON_CARD_NOT_FOUND), "card_not_found");
    SAME(carnet_reason_code(CARNET_REASON_CARD_NOT_FOUND), "not_found");
    CHECK(carnet_reason_message(CARNET_REASON_CARD_NOT_FOUND) != NULL);
    SAME(carnet_reason_name(CARNET_REASON_INTERNAL), "internal");
    CHECK(carnet_reason_name(0) == NULL && carnet_reason_code(-1) == NULL && carnet_reason_message(INT32_MAX) == NULL);
}

/* All or nothing, and which one it was. */
static void batches(void)
{
#define ADD(name) "{\"op\":\"operator.add\",\"at\":\"" AT "\",\"args\":{\"name\":\"" name "\"}}"
    carnet_engine *engine = open_new("batch.db");
    carnet_string replies = {NULL, 0};
    carnet_error *error = NULL;

    must_number(engine, "{\"op\":\"venue.add\",\"at\":\"" AT "\",\"args\":{\"name\":\"Club\","
                        "\"time_zone\":\"Europe/Bucharest\",\"currency\":\"EUR\"}}", "venue");
    EQUAL(carnet_execute_batch(engine, "[" ADD("A") "," ADD("B") "]", SIZE_MAX, &replies, NULL), CARNET_OK);
    CHECK(replies.ptr != NULL && strncmp(replies.ptr, "{\"replies\":[{", 13) == 0);
    EQUAL(number_of(replies.ptr, "position"), 2);
    carnet_string_free(&replies);
    EQUAL(carnet_execute_batch(engine, "[" ADD("C") "," ADD("") "]", SIZE_MAX, &replies, &error), CARNET_REASON_EMPTY);
    CHECK(replies.ptr == NULL && replies.len == 0);
    EQUAL(carnet_error_index(error), 1);
    check_error(&error, CARNET_REASON_EMPTY, "invalid_input", "name");
    replies = must(engine, "{\"op\":\"operator.list\"}");
    CHECK(replies.ptr != NULL && strstr(replies.ptr, "\"name\":\"B\"") != NULL && strstr(replies.ptr, "\"name\":\"C\"") == NULL);
    carnet_string_free(&replies);
    EQUAL(carnet_execute_batch(engine, "[{\"op\":\"venue.list\"}]", SIZE_MAX, NULL, &error), CARNET_REASON_NOT_A_BATCH);
    EQUAL(carnet_error_index(error), 0);
    check_error(&error, CARNET_REASON_NOT_A_BATCH, "invalid_input", "op");
    EQUAL(carnet_execute_batch(engine, "{}", SIZE_MAX, NULL, &error), CARNET_REASON_WRONG_TYPE);
    EQUAL(carnet_error_index(error), -1);
    check_error(&error, CARNET_REASON_WRONG_TYPE, "invalid_input", NULL);
    EQUAL(carnet_execute_batch(engine, "[", 1, NULL, NULL), CARNET_REASON_BAD_JSON);
    EQUAL(carnet_execute_batch(engine, NULL, 3, NULL, &error), CARNET_REASON_NULL_POINTER);
    check_error(&error, CARNET_REASON_NULL_POINTER, "misuse", "requests");
    EQUAL(carnet_execute_batch(engine, "[]", SIZE_MAX - 1, NULL, NULL), CARNET_REASON_TOO_LARGE);
    EQUAL(carnet_execute_batch(NULL, "[]", 2, NULL, NULL), CARNET_REASON_NULL_POINTER);
    EQUAL(carnet_error_index(NULL), -1);
    close_it(&engine);
}

const test error_tests[] = {{"families", families}, {"details", details}, {"freed", freed},
                            {"outlive", outlive},   {"reset", reset},     {"reasons", reasons},
                            {"batches", batches},   {NULL, NULL}};
