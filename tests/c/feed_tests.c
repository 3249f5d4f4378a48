/* What takes its time: the change feed, interruption, deadlines, backups, the log. */
#define _POSIX_C_SOURCE 200809L
#include "club.h"

#include <pthread.h>
#include <time.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void sleep_ms(long ms)
{
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static const char operator_add[] = "{\"op\":\"operator.add\",\"at\":\"" AT "\",\"args\":{\"name\":\"Desk\"}}";

static int is_in(const carnet_string *text, const char *part)
{
    return text->ptr != NULL && strstr(text->ptr, part) != NULL;
}

static void changes(void)
{
    club it = open_club("changes.db");
    carnet_changes *feed = NULL;
    carnet_string page = {NULL, 0};
    int64_t last = 0;
    int pages = 0, entries = 0;

    /* Seven writes made the club: pages of three, three and one. */
    EQUAL(carnet_changes_open(it.engine, 0, 3, &feed, NULL), CARNET_OK);
    EQUAL(carnet_changes_position(feed), 0);
    while (carnet_changes_next(feed, 0, &page, NULL) == CARNET_OK && page.ptr != NULL) {
        const char *at = page.ptr;
        while ((at = strstr(at, "\"position\":")) != NULL) {
            const int64_t position = number_of(at, "position");
            EQUAL(position, last + 1);
            last = position;
            entries++;
            at++;
        }
        EQUAL(number_of(page.ptr, "last"), last);
        EQUAL(carnet_changes_position(feed), last);
        pages++;
        carnet_string_free(&page);
    }
    EQUAL(pages, 3);
    EQUAL(entries, 7);
    CHECK(page.ptr == NULL && page.len == 0);
    must_number(it.engine, operator_add, "operator");
    EQUAL(carnet_changes_next(feed, 0, &page, NULL), CARNET_OK);
    CHECK(is_in(&page, "\"op\":\"operator.add\"") && is_in(&page, "\"more\":false"));
    carnet_string_free(&page);
    carnet_changes_free(&feed);
    CHECK(feed == NULL);

    /* From where somebody was before. */
    EQUAL(carnet_changes_open(it.engine, last, 0, &feed, NULL), CARNET_OK);
    EQUAL(carnet_changes_next(feed, 0, &page, NULL), CARNET_OK);
    EQUAL(number_of(page.ptr, "position"), last + 1);
    carnet_string_free(&page);
    carnet_changes_free(&feed);
    close_it(&it.engine);
}

static void changes_misuse(void)
{
    carnet_engine *engine = open_new("feed.db"), *stale = engine;
    carnet_changes *feed = NULL, *copy;
    carnet_error *error = NULL;
    carnet_string page = {"untouched", 9};

    EQUAL(carnet_changes_open(engine, 0, 0, NULL, &error), CARNET_REASON_NULL_POINTER);
    check_error(&error, CARNET_REASON_NULL_POINTER, "misuse", "changes");
    EQUAL(carnet_changes_open(NULL, 0, 0, &feed, NULL), CARNET_REASON_NULL_POINTER);
    EQUAL(carnet_changes_open(engine, 0, 1001, &feed, &error), CARNET_REASON_OUT_OF_RANGE);
    check_error(&error, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "limit");
    EQUAL(carnet_changes_open(engine, -1, 0, &feed, &error), CARNET_REASON_OUT_OF_RANGE);
    check_error(&error, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "after");
    CHECK(feed == NULL);
    EQUAL(carnet_changes_next(NULL, 0, &page, &error), CARNET_REASON_NULL_POINTER);
    check_error(&error, CARNET_REASON_NULL_POINTER, "misuse", "changes");
    CHECK(page.ptr == NULL && page.len == 0);
    EQUAL(carnet_changes_next((carnet_changes *)(void *)engine, 0, &page, NULL), CARNET_REASON_BAD_HANDLE);
    EQUAL(carnet_changes_position((carnet_changes *)(void *)engine), -1);
    EQUAL(carnet_changes_position(NULL), -1);
    EQUAL(carnet_changes_open(engine, 0, 0, &feed, NULL), CARNET_OK);
    EQUAL(carnet_changes_next(feed, 0, NULL, &error), CARNET_REASON_NULL_POINTER);
    check_error(&error, CARNET_REASON_NULL_POINTER, "misuse", "page");
    EQUAL(carnet_changes_next(feed, -1, &page, &error), CARNET_REASON_OUT_OF_RANGE);
    check_error(&error, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "wait_ms");
    EQUAL(carnet_changes_next(feed, INT64_MAX, &page, NULL), CARNET_REASON_OUT_OF_RANGE);
    copy = feed;
    carnet_changes_free(&feed);
    carnet_changes_free(&feed);
    carnet_changes_free(NULL);
    EQUAL(carnet_changes_next(copy, 0, &page, NULL), CARNET_REASON_BAD_HANDLE);
    EQUAL(carnet_changes_position(copy), -1);
    carnet_changes_free(&copy);
    /* A reader of an engine that was closed. */
    EQUAL(carnet_changes_open(engine, 0, 0, &feed, NULL), CARNET_OK);
    close_it(&engine);
    EQUAL(carnet_changes_next(feed, 0, &page, NULL), CARNET_REASON_BAD_HANDLE);
    EQUAL(carnet_changes_open(stale, 0, 0, &copy, NULL), CARNET_REASON_BAD_HANDLE);
    carnet_changes_free(&feed);
}

static void changes_time_out(void)
{
    carnet_engine *engine = open_new("wait.db");
    carnet_changes *feed = NULL;
    carnet_string page = {"untouched", 9};
    const double begun = seconds();
    double took;

    EQUAL(carnet_changes_open(engine, 0, 0, &feed, NULL), CARNET_OK);
    EQUAL(carnet_changes_next(feed, 300, &page, NULL), CARNET_OK);
    took = seconds() - begun;
    CHECK(page.ptr == NULL && page.len == 0);
    CHECK(took >= 0.3 && took < 30.0);
    carnet_changes_free(&feed);
    close_it(&engine);
}

/* One who waits on a thread of its own. */
typedef struct {
    carnet_engine *engine;
    carnet_changes *feed;
    int32_t number;
    int found;
} waiting;

static void *wait_long(void *data)
{
    waiting *it = data;
    carnet_string page = {NULL, 0};
    it->number = carnet_changes_next(it->feed, 60000, &page, NULL);
    it->found = is_in(&page, "operator.add");
    carnet_string_free(&page);
    return NULL;
}

static waiting start_waiting(carnet_engine *engine)
{
    waiting it = {engine, NULL, -1, 0};
    EQUAL(carnet_changes_open(engine, 0, 0, &it.feed, NULL), CARNET_OK);
    return it;
}

static void changes_wake(void)
{
    carnet_engine *engine = open_new("wake.db");
    waiting it = start_waiting(engine);
    const double begun = seconds();
    pthread_t thread;

    EQUAL(pthread_create(&thread, NULL, wait_long, &it), 0);
    sleep_ms(100);
    must_number(engine, operator_add, "operator");
    EQUAL(pthread_join(thread, NULL), 0);
    EQUAL(it.number, CARNET_OK);
    CHECK(it.found);
    CHECK(seconds() - begun < 30.0);
    carnet_changes_free(&it.feed);
    close_it(&engine);
}

static void interrupt(void)
{
    carnet_engine *engine = open_new("interrupt.db"), *stale = engine;
    waiting it = start_waiting(engine);
    carnet_error *error = NULL;
    const double begun = seconds();
    pthread_t thread;

    EQUAL(pthread_create(&thread, NULL, wait_long, &it), 0);
    sleep_ms(300);
    EQUAL(carnet_interrupt(engine, NULL), CARNET_OK);
    EQUAL(pthread_join(thread, NULL), 0);
    EQUAL(it.number, CARNET_REASON_INTERRUPTED);
    CHECK(seconds() - begun < 30.0);
    /* What begins afterwards is not affected. */
    must_number(engine, operator_add, "operator");
    carnet_changes_free(&it.feed);
    close_it(&engine);
    EQUAL(carnet_interrupt(NULL, &error), CARNET_REASON_NULL_POINTER);
    check_error(&error, CARNET_REASON_NULL_POINTER, "misuse", "engine");
    EQUAL(carnet_interrupt(stale, NULL), CARNET_REASON_BAD_HANDLE);
}

static void close_wakes(void)
{
    carnet_engine *engine = open_new("close.db");
    waiting it = start_waiting(engine);
    const double begun = seconds();
    pthread_t thread;

    EQUAL(pthread_create(&thread, NULL, wait_long, &it), 0);
    sleep_ms(300);
    close_it(&engine);
    EQUAL(pthread_join(thread, NULL), 0);
    CHECK(it.number == CARNET_REASON_CLOSED || it.number == CARNET_REASON_BAD_HANDLE);
    CHECK(seconds() - begun < 30.0);
    carnet_changes_free(&it.feed);
}

typedef struct {
    int64_t calls, done, total;
    int stop;
} progress;

static int32_t tell(void *user, int64_t done, int64_t total)
{
    progress *it = user;
    it->calls++;
    it->done = done;
    it->total = total;
    return it->stop;
}

static void backup(void)
{
    club it = open_club("backup.db");
    const char *path = new_path("copy.db"), *never = new_path("never.db");
    progress told = {0, 0, 0, 0}, stopped = {0, 0, 0, 1};
    carnet_engine *copy = NULL, *stale;
    carnet_error *error = NULL;
    FILE *file;

    EQUAL(carnet_backup(it.engine, path, SIZE_MAX, tell, &told, NULL), CARNET_OK);
    CHECK(told.calls > 0 && told.done == told.total && told.total > 0);
    EQUAL(carnet_backup(it.engine, path, SIZE_MAX, NULL, NULL, &error), CARNET_REASON_EXISTS);
    check_error(&error, CARNET_REASON_EXISTS, "storage", NULL);
    EQUAL(carnet_backup(it.engine, never, strlen(never), tell, &stopped, &error), CARNET_REASON_INTERRUPTED);
    check_error(&error, CARNET_REASON_INTERRUPTED, "misuse", NULL);
    EQUAL(stopped.calls, 1);
    file = fopen(never, "r");
    CHECK(file == NULL);
    EQUAL(carnet_backup(it.engine, NULL, SIZE_MAX, NULL, NULL, NULL), CARNET_REASON_NULL_POINTER);
    EQUAL(carnet_backup(it.engine, "\xff", SIZE_MAX, NULL, NULL, NULL), CARNET_REASON_BAD_UTF8);
    EQUAL(carnet_backup(NULL, never, SIZE_MAX, NULL, NULL, NULL), CARNET_REASON_NULL_POINTER);
    stale = it.engine;
    close_it(&it.engine);
    EQUAL(carnet_backup(stale, never, SIZE_MAX, NULL, NULL, NULL), CARNET_REASON_BAD_HANDLE);
    EQUAL(carnet_engine_open(path, SIZE_MAX, "{\"seed\":1}", SIZE_MAX, &copy, NULL), CARNET_OK);
    check_books(copy);
    close_it(&copy);
}

/* The log is for the whole process; the tests run one after the other. */
typedef struct {
    int lines, freed, bad;
} logged;

static void log_line(void *user, int32_t level, const char *target, const char *message)
{
    logged *it = user;
    it->lines++;
    it->bad += level < CARNET_LOG_ERROR || level > CARNET_LOG_DEBUG || target == NULL || message == NULL ||
               strncmp(target, "carnet", 6) != 0;
}

static void log_free(void *user)
{
    logged *it = user;
    it->freed++;
}

static void log_hook(void)
{
    logged first = {0, 0, 0}, second = {0, 0, 0}, third = {0, 0, 0};
    carnet_error *error = NULL;
    carnet_engine *engine;

    EQUAL(carnet_log_set(CARNET_LOG_DEBUG, log_line, &first, log_free, NULL), CARNET_OK);
    engine = open_new("log.db");
    must_number(engine, operator_add, "operator");
    close_it(&engine);
    CHECK(first.lines > 0);
    EQUAL(first.bad, 0);
    EQUAL(first.freed, 0);
    /* The next one gets the lines, and the one before is freed. */
    EQUAL(carnet_log_set(CARNET_LOG_DEBUG, log_line, &second, log_free, NULL), CARNET_OK);
    EQUAL(first.freed, 1);
    /* A call that fails frees what it was given. */
    EQUAL(carnet_log_set(99, log_line, &third, log_free, &error), CARNET_REASON_OUT_OF_RANGE);
    check_error(&error, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "level");
    EQUAL(third.freed, 1);
    EQUAL(carnet_log_set(CARNET_LOG_ERROR, NULL, NULL, NULL, NULL), CARNET_OK);
    EQUAL(second.freed, 1);
    first.lines = 0;
    engine = open_new("quiet.db");
    close_it(&engine);
    EQUAL(first.lines, 0);
    EQUAL(second.lines, 0);
}

const test feed_tests[] = {{"changes", changes},
                           {"changes_misuse", changes_misuse},
                           {"changes_time_out", changes_time_out},
                           {"changes_wake", changes_wake},
                           {"interrupt", interrupt},
                           {"close_wakes", close_wakes},
                           {"backup", backup},
                           {"log_hook", log_hook},
                           {NULL, NULL}};
