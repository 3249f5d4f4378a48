#include "club.h"

carnet_engine *open_new(const char *name)
{
    carnet_engine *engine = NULL;
    carnet_error *error = NULL;
    const int32_t number =
        carnet_engine_open(new_path(name), SIZE_MAX, "{\"create\":true,\"seed\":1}", SIZE_MAX, &engine, &error);
    EQUAL(number, CARNET_OK);
    if (engine == NULL) {
        fprintf(stderr, "no store, no test: %s\n", carnet_error_json(error));
        exit(1);
    }
    CHECK(error == NULL);
    return engine;
}

void close_it(carnet_engine **engine)
{
    EQUAL(carnet_engine_close(engine, NULL), CARNET_OK);
    CHECK(*engine == NULL);
}

carnet_string must(carnet_engine *engine, const char *request)
{
    carnet_string reply = {NULL, 0};
    carnet_error *error = NULL;
    const int32_t number = carnet_execute(engine, request, SIZE_MAX, &reply, &error);
    if (number != CARNET_OK) {
        check_failures++;
        fprintf(stderr, "%s\n  -> %s\n", request, carnet_error_json(error));
        carnet_error_free(&error);
    }
    CHECK(number != CARNET_OK || (reply.ptr != NULL && reply.ptr[reply.len] == '\0' && strlen(reply.ptr) == reply.len));
    return reply;
}

int64_t number_of(const char *json, const char *name)
{
    char pattern[64];
    const char *found;
    snprintf(pattern, sizeof pattern, "\"%s\":", name);
    found = json == NULL ? NULL : strstr(json, pattern);
    return found == NULL ? 0 : strtoll(found + strlen(pattern), NULL, 10);
}

int64_t must_number(carnet_engine *engine, const char *request, const char *name)
{
    carnet_string reply = must(engine, request);
    const int64_t number = number_of(reply.ptr, name);
    CHECK(number > 0);
    carnet_string_free(&reply);
    return number;
}

void check_error(carnet_error **error, int32_t number, const char *code, const char *field)
{
    const char *json = carnet_error_json(*error);
    EQUAL(carnet_error_number(*error), number);
    SAME(carnet_error_code(*error), code);
    SAME(carnet_error_field(*error), field);
    CHECK(carnet_error_reason(*error) != NULL && carnet_error_message(*error) != NULL);
    EQUAL(number_of(json, "number"), number);
    carnet_error_free(error);
    CHECK(*error == NULL);
}

void must_fail(carnet_engine *engine, const char *request, size_t len, int32_t number, const char *code, const char *field)
{
    carnet_error *error = NULL;
    carnet_string reply = {"untouched", 9};
    EQUAL(carnet_execute(engine, request, len, &reply, &error), number);
    CHECK(reply.ptr == NULL && reply.len == 0);
    check_error(&error, number, code, field);
}

club open_club(const char *name)
{
    club it;
    char request[512];
    it.engine = open_new(name);
    it.venue = must_number(it.engine,
                           "{\"op\":\"venue.add\",\"at\":\"" AT "\",\"args\":{\"name\":\"Club\","
                           "\"time_zone\":\"Europe/Bucharest\",\"currency\":\"EUR\"}}",
                           "venue");
    it.pool = must_number(it.engine,
                          "{\"op\":\"service.add\",\"at\":\"" AT "\",\"args\":{\"name\":\"Pool\",\"tax\":\"20\","
                          "\"price\":{\"amount\":\"10.00\",\"currency\":\"EUR\"}}}",
                          "service");
    it.client = must_number(it.engine,
                            "{\"op\":\"client.add\",\"at\":\"" AT "\",\"args\":{\"first_name\":\"Ann\"}}", "client");
    it.ten = must_number(it.engine,
                         "{\"op\":\"plan.add\",\"at\":\"" AT "\",\"args\":{\"name\":\"Ten\","
                         "\"kind\":{\"visits\":{\"visits\":10}},\"price\":{\"amount\":\"90.00\",\"currency\":\"EUR\"}}}",
                         "plan");
    snprintf(request, sizeof request,
             "{\"op\":\"card.add\",\"at\":\"" AT "\",\"args\":{\"client\":%lld,\"uid\":\"04A1B2\"}}",
             (long long)it.client);
    must_number(it.engine, request, "card");
    snprintf(request, sizeof request,
             "{\"op\":\"pass.sell\",\"at\":\"" AT "\",\"args\":{\"client\":%lld,\"plan\":%lld,"
             "\"payments\":[{\"method\":\"cash\",\"amount\":{\"amount\":\"90.00\",\"currency\":\"EUR\"}}]}}",
             (long long)it.client, (long long)it.ten);
    it.pass = must_number(it.engine, request, "pass");
    snprintf(request, sizeof request,
             "{\"op\":\"account.top_up\",\"at\":\"" AT "\",\"args\":{\"client\":%lld,\"method\":\"cash\","
             "\"amount\":{\"amount\":\"50.00\",\"currency\":\"EUR\"}}}",
             (long long)it.client);
    must_number(it.engine, request, "group");
    return it;
}

void check_books(carnet_engine *engine)
{
    carnet_string reply = must(engine, "{\"op\":\"store.check\"}");
    CHECK(reply.ptr != NULL && strstr(reply.ptr, "\"ok\":true") != NULL);
    CHECK(reply.ptr != NULL && strstr(reply.ptr, "\"balanced\":true") != NULL);
    carnet_string_free(&reply);
    reply = must(engine, "{\"op\":\"journal.verify\"}");
    CHECK(reply.ptr != NULL && strstr(reply.ptr, "\"ok\":true") != NULL);
    carnet_string_free(&reply);
}
