/* Opening, closing, executing: what goes well, and every misuse. */
#include "club.h"

static void version(void)
{
    char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", CARNET_VERSION_MAJOR, CARNET_VERSION_MINOR, CARNET_VERSION_PATCH);
    SAME(carnet_version(), text);
    EQUAL(carnet_abi_version(), CARNET_ABI_VERSION);
    EQUAL(carnet_version_number(), CARNET_VERSION_NUMBER);
}

/* A store that cannot be opened: the number, the family and the field; the engine is set to null. */
static void open_fails(const char *path, size_t path_len, const char *options, size_t options_len, int32_t number,
                       const char *code, const char *field)
{
    carnet_engine *engine = (carnet_engine *)(void *)&number;
    carnet_error *error = NULL;
    EQUAL(carnet_engine_open(path, path_len, options, options_len, &engine, &error), number);
    CHECK(engine == NULL);
    check_error(&error, number, code, field);
}

static void open_refuses(void)
{
    const char *path = new_path("none.db");
    carnet_error *error = NULL;
    FILE *file;

    open_fails(path, SIZE_MAX, NULL, 0, CARNET_REASON_MISSING, "storage", NULL);
    open_fails(path, SIZE_MAX, "{\"creat\":true}", SIZE_MAX, CARNET_REASON_UNKNOWN_FIELD, "invalid_input",
               "options.creat");
    open_fails(path, SIZE_MAX, "{\"create\":1}", SIZE_MAX, CARNET_REASON_WRONG_TYPE, "invalid_input", "options.create");
    open_fails(path, SIZE_MAX, "{\"create\":true,\"create\":true}", SIZE_MAX, CARNET_REASON_DUPLICATE_FIELD,
               "invalid_input", "options.create");
    open_fails(path, SIZE_MAX, "{", SIZE_MAX, CARNET_REASON_BAD_JSON, "invalid_input", "options");
    open_fails(path, SIZE_MAX, "{}", SIZE_MAX - 1, CARNET_REASON_TOO_LARGE, "invalid_input", "options");
    open_fails("\xff.db", SIZE_MAX, NULL, 0, CARNET_REASON_BAD_UTF8, "invalid_input", "path");
    open_fails(NULL, 5, NULL, 0, CARNET_REASON_NULL_POINTER, "misuse", "path");
    open_fails(path, SIZE_MAX - 1, NULL, 0, CARNET_REASON_TOO_LARGE, "invalid_input", "path");
    EQUAL(carnet_engine_open(path, SIZE_MAX, NULL, 0, NULL, &error), CARNET_REASON_NULL_POINTER);
    check_error(&error, CARNET_REASON_NULL_POINTER, "misuse", "engine");
    EQUAL(carnet_engine_open(NULL, 0, NULL, 0, NULL, NULL), CARNET_REASON_NULL_POINTER);

    path = new_path("notes.db");
    file = fopen(path, "w");
    CHECK(file != NULL && fputs("this is no store, but a text that is longer than the header of one, to be sure that "
                                "its first hundred bytes can be read\n", file) >= 0);
    CHECK(file != NULL && fclose(file) == 0);
    open_fails(path, SIZE_MAX, NULL, 0, CARNET_REASON_CORRUPT, "storage", NULL);
}

static void open_twice(void)
{
    const char *path = new_path("twice.db");
    carnet_engine *first = NULL, *second = NULL;
    carnet_string reply;

    EQUAL(carnet_engine_open(path, strlen(path), "{\"create\":true}", 15, &first, NULL), CARNET_OK);
    EQUAL(carnet_engine_open(path, SIZE_MAX, NULL, 0, &second, NULL), CARNET_OK);
    CHECK(first != NULL && second != NULL && first != second);
    must_number(first, "{\"op\":\"operator.add\",\"args\":{\"name\":\"Desk\"}}", "operator");
    reply = must(second, "{\"op\":\"operator.list\"}");
    CHECK(reply.ptr != NULL && strstr(reply.ptr, "\"name\":\"Desk\"") != NULL);
    carnet_string_free(&reply);
    close_it(&first);
    must_number(second, "{\"op\":\"operator.add\",\"args\":{\"name\":\"Till\"}}", "operator");
    close_it(&second);
}

static void closed(void)
{
    carnet_engine *engine = open_new("closed.db"), *stale = engine, *other;

    EQUAL(carnet_engine_close(&engine, NULL), CARNET_OK);
    CHECK(engine == NULL);
    EQUAL(carnet_engine_close(&engine, NULL), CARNET_OK);
    EQUAL(carnet_engine_close(NULL, NULL), CARNET_OK);
    must_fail(stale, "{\"op\":\"venue.list\"}", SIZE_MAX, CARNET_REASON_BAD_HANDLE, "misuse", NULL);
    /* A handle is not given again: the old one stays dead beside a new engine. */
    other = open_new("other.db");
    CHECK(other != stale);
    must_fail(stale, "{\"op\":\"venue.list\"}", SIZE_MAX, CARNET_REASON_BAD_HANDLE, "misuse", NULL);
    engine = stale;
    EQUAL(carnet_engine_close(&engine, NULL), CARNET_REASON_BAD_HANDLE);
    CHECK(engine == NULL);
    close_it(&other);
}

static void wrong_handles(void)
{
    carnet_engine *engine = open_new("wrong.db");
    carnet_error *error = NULL, *found = NULL;
    carnet_engine *invented;
    char object[64] = {0};

    must_fail(NULL, "{}", 2, CARNET_REASON_NULL_POINTER, "misuse", "engine");
    invented = (carnet_engine *)(void *)object;
    must_fail(invented, "{}", 2, CARNET_REASON_BAD_HANDLE, "misuse", NULL);
    /* An error is no engine, and the other way round. */
    EQUAL(carnet_execute(engine, "{", 1, NULL, &error), CARNET_REASON_BAD_JSON);
    EQUAL(carnet_execute((carnet_engine *)(void *)error, "{}", 2, NULL, &found), CARNET_REASON_BAD_HANDLE);
    check_error(&found, CARNET_REASON_BAD_HANDLE, "misuse", NULL);
    EQUAL(carnet_error_number((carnet_error *)(void *)engine), CARNET_REASON_BAD_HANDLE);
    CHECK(carnet_error_json((carnet_error *)(void *)engine) == NULL);
    invented = (carnet_engine *)(void *)error;
    EQUAL(carnet_engine_close(&invented, NULL), CARNET_REASON_BAD_HANDLE);
    check_error(&error, CARNET_REASON_BAD_JSON, "invalid_input", NULL);
    error = (carnet_error *)(void *)engine;
    carnet_error_free(&error);
    must_number(engine, "{\"op\":\"operator.add\",\"args\":{\"name\":\"Desk\"},\"at\":\"" AT "\"}", "operator");
    close_it(&engine);
}

static void texts(void)
{
    static const char request[] = "{\"op\":\"operator.list\"} and what does not belong to it";
    const size_t len = strcspn(request, "}") + 1;
    carnet_engine *engine = open_new("texts.db");
    carnet_string reply = {NULL, 0};

    EQUAL(carnet_execute(engine, request, len, &reply, NULL), CARNET_OK);
    CHECK(reply.ptr != NULL && reply.ptr[reply.len] == '\0' && strlen(reply.ptr) == reply.len);
    carnet_string_free(&reply);
    CHECK(reply.ptr == NULL && reply.len == 0);
    carnet_string_free(&reply);
    carnet_string_free(NULL);
    /* A caller who wants no reply and no error. */
    EQUAL(carnet_execute(engine, request, len, NULL, NULL), CARNET_OK);
    must_fail(engine, request, SIZE_MAX, CARNET_REASON_BAD_JSON, "invalid_input", NULL);
    must_fail(engine, request, 0, CARNET_REASON_BAD_JSON, "invalid_input", NULL);
    must_fail(engine, request, SIZE_MAX - 1, CARNET_REASON_TOO_LARGE, "invalid_input", "request");
    must_fail(engine, request, SIZE_MAX / 2 + 1, CARNET_REASON_TOO_LARGE, "invalid_input", "request");
    must_fail(engine, NULL, 3, CARNET_REASON_NULL_POINTER, "misuse", "request");
    must_fail(engine, NULL, SIZE_MAX, CARNET_REASON_NULL_POINTER, "misuse", "request");
    must_fail(engine, NULL, 0, CARNET_REASON_BAD_JSON, "invalid_input", NULL);
    must_fail(engine, "{\"op\":\"\xff\"}", SIZE_MAX, CARNET_REASON_BAD_UTF8, "invalid_input", "op");
    must_fail(engine, "{\"op\":\"venue.list\",\"op\":\"venue.list\"}", SIZE_MAX, CARNET_REASON_DUPLICATE_FIELD,
              "invalid_input", "op");
    /* A zero byte in the middle ends a text of SIZE_MAX, and is no JSON in one with a length. */
    EQUAL(carnet_execute(engine, "{\"op\":\"operator.list\"}\0x", SIZE_MAX, NULL, NULL), CARNET_OK);
    must_fail(engine, "{\"op\":\"operator.list\"}\0x", 24, CARNET_REASON_BAD_JSON, "invalid_input", NULL);
    close_it(&engine);
}

/* Above the published limit, though the memory is there. */
static void large(void)
{
    const size_t len = (size_t)64 << 20;
    carnet_engine *engine = open_new("large.db");
    char *request = malloc(len);
    CHECK(request != NULL);
    if (request != NULL) {
        memset(request, ' ', len);
        must_fail(engine, request, len, CARNET_REASON_TOO_LARGE, "invalid_input", NULL);
        free(request);
    }
    close_it(&engine);
}

static void key_and_dry_run(void)
{
    static const char dry[] = "{\"op\":\"operator.add\",\"at\":\"" AT "\",\"dry_run\":true,\"args\":{\"name\":\"Desk\"}}";
    static const char keyed[] = "{\"op\":\"operator.add\",\"at\":\"" AT "\",\"key\":\"k\",\"args\":{\"name\":\"Desk\"}}";
    static const char other[] = "{\"op\":\"operator.add\",\"at\":\"" AT "\",\"key\":\"k\",\"args\":{\"name\":\"Till\"}}";
    club it = open_club("key.db");
    carnet_string reply = must(it.engine, dry);
    int64_t first;

    carnet_string_free(&reply);
    reply = must(it.engine, "{\"op\":\"operator.list\"}");
    CHECK(reply.ptr != NULL && strstr(reply.ptr, "\"operators\":[]") != NULL);
    carnet_string_free(&reply);
    first = must_number(it.engine, keyed, "operator");
    reply = must(it.engine, keyed);
    EQUAL(number_of(reply.ptr, "operator"), first);
    CHECK(reply.ptr != NULL && strstr(reply.ptr, "\"replayed\":true") != NULL);
    carnet_string_free(&reply);
    must_fail(it.engine, other, SIZE_MAX, CARNET_REASON_KEY_REUSED, "conflict", "key");
    check_books(it.engine);
    close_it(&it.engine);
}

const test engine_tests[] = {{"version", version},
                             {"open_refuses", open_refuses},
                             {"open_twice", open_twice},
                             {"closed", closed},
                             {"wrong_handles", wrong_handles},
                             {"texts", texts},
                             {"large", large},
                             {"key_and_dry_run", key_and_dry_run},
                             {NULL, NULL}};
