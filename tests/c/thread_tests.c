/* Sixteen threads on one engine. Only the main thread checks; the others count. */
#define _POSIX_C_SOURCE 200809L
#include "club.h"

#include <pthread.h>
#include <stdatomic.h>

#define THREADS 16

typedef struct {
    club *it;
    int number, charges, wrong;
} worker;

/* Charges a cent at a time, looks cards up, decides, and makes errors: all that threads may do at once. */
static void *work(void *data)
{
    worker *me = data;
    int i;
    for (i = 0; i < me->charges; i++) {
        carnet_call call = {.struct_size = sizeof call, .at = AT_MICROS + 1};
        carnet_charge charge = {.struct_size = sizeof charge, .client = me->it->client, .amount = {.minor = 1, .currency = "EUR"}};
        carnet_charged charged = {.struct_size = sizeof charged};
        carnet_access access = {.struct_size = sizeof access, .card = "04A1B2"};
        carnet_decision decision = {.struct_size = sizeof decision};
        carnet_string reply = {NULL, 0};
        carnet_error *error = NULL;
        snprintf(call.key, sizeof call.key, "thread %d charge %d", me->number, i);
        me->wrong += carnet_account_charge(me->it->engine, &call, &charge, &charged, NULL) != CARNET_OK;
        call.key[0] = '\0';
        me->wrong += carnet_access_decide(me->it->engine, &call, &access, &decision, NULL) != CARNET_OK;
        me->wrong += decision.outcome != CARNET_OUTCOME_ADMITTED || decision.client != me->it->client;
        me->wrong += carnet_execute(me->it->engine, "{\"op\":\"venue.list\"}", SIZE_MAX, &reply, NULL) != CARNET_OK;
        me->wrong += reply.ptr == NULL || strstr(reply.ptr, "Club") == NULL;
        carnet_string_free(&reply);
        me->wrong += carnet_execute(me->it->engine, "{}", SIZE_MAX, NULL, &error) == CARNET_OK;
        me->wrong += carnet_error_number(error) < 100 || carnet_error_json(error) == NULL;
        carnet_error_free(&error);
    }
    return NULL;
}

static void one_engine(void)
{
    club it = open_club("threads.db");
    const int charges = times(100);
    carnet_balance balance = {.struct_size = sizeof balance};
    worker workers[THREADS];
    pthread_t threads[THREADS];
    int i;

    for (i = 0; i < THREADS; i++) {
        workers[i] = (worker){&it, i, charges, 0};
        EQUAL(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (i = 0; i < THREADS; i++) {
        EQUAL(pthread_join(threads[i], NULL), 0);
        EQUAL(workers[i].wrong, 0);
    }
    /* To the cent. */
    EQUAL(carnet_account_balance(it.engine, NULL, it.client, NULL, 0, &balance, NULL), CARNET_OK);
    EQUAL(balance.balance.minor, 5000 - THREADS * charges);
    check_books(it.engine);
    close_it(&it.engine);
}

/* One visit is left, sixteen ask for it at once: one gets it. */
typedef struct {
    club *it;
    atomic_int *ready;
    int admitted, wrong;
} guest;

static void *enter(void *data)
{
    guest *me = data;
    const carnet_call call = {.struct_size = sizeof call, .at = AT_MICROS + 2};
    const carnet_access access = {.struct_size = sizeof access, .card = "04A1B2"};
    carnet_decision decision = {.struct_size = sizeof decision};
    atomic_fetch_add(me->ready, 1);
    while (atomic_load(me->ready) < THREADS) {
    }
    me->wrong = carnet_access_enter(me->it->engine, &call, &access, &decision, NULL, NULL) != CARNET_OK;
    me->admitted = decision.outcome == CARNET_OUTCOME_ADMITTED;
    return NULL;
}

static void last_visit(void)
{
    club it = open_club("last.db");
    char request[256];
    atomic_int ready = 0;
    guest guests[THREADS];
    pthread_t threads[THREADS];
    int i, admitted = 0;

    /* Nine of ten visits are taken away. */
    snprintf(request, sizeof request,
             "{\"op\":\"pass.use\",\"at\":\"" AT "\",\"args\":{\"client\":%lld,\"service\":%lld,\"quantity\":9}}",
             (long long)it.client, (long long)it.pool);
    must_number(it.engine, request, "pass_use");
    for (i = 0; i < THREADS; i++) {
        guests[i] = (guest){&it, &ready, 0, 0};
        EQUAL(pthread_create(&threads[i], NULL, enter, &guests[i]), 0);
    }
    for (i = 0; i < THREADS; i++) {
        EQUAL(pthread_join(threads[i], NULL), 0);
        EQUAL(guests[i].wrong, 0);
        admitted += guests[i].admitted;
    }
    EQUAL(admitted, 1);
    check_books(it.engine);
    close_it(&it.engine);
}

/* The engine is closed while threads use it: each call is carried out or is an error, and nothing crashes. */
typedef struct {
    carnet_engine *engine;
    int done, wrong;
    int32_t last;
} rider;

static void *ride(void *data)
{
    rider *me = data;
    for (me->last = CARNET_OK; me->last == CARNET_OK; me->done++) {
        me->last = carnet_execute(me->engine, "{\"op\":\"operator.add\",\"at\":\"" AT "\",\"args\":{\"name\":\"Desk\"}}",
                                  SIZE_MAX, NULL, NULL);
    }
    me->wrong = me->last != CARNET_REASON_BAD_HANDLE && me->last != CARNET_REASON_CLOSED;
    return NULL;
}

static void close_under_way(void)
{
    carnet_engine *engine = open_new("closing.db");
    rider riders[THREADS];
    pthread_t threads[THREADS];
    int i;

    for (i = 0; i < THREADS; i++) {
        riders[i] = (rider){engine, 0, 0, 0};
        EQUAL(pthread_create(&threads[i], NULL, ride, &riders[i]), 0);
    }
    for (i = 0; i < 5; i++) {
        must_number(engine, "{\"op\":\"operator.add\",\"at\":\"" AT "\",\"args\":{\"name\":\"Till\"}}", "operator");
    }
    close_it(&engine);
    for (i = 0; i < THREADS; i++) {
        EQUAL(pthread_join(threads[i], NULL), 0);
        if (riders[i].wrong) {
            EQUAL(riders[i].last, CARNET_REASON_BAD_HANDLE);
        }
    }
}

/* Two threads close the same engine: one does, the other has a handle of nothing. */
static void *shut(void *data)
{
    carnet_engine *mine = *(carnet_engine **)data;
    const int32_t number = carnet_engine_close(&mine, NULL);
    return number == CARNET_OK ? data : NULL;
}

static void close_twice(void)
{
    int round;
    for (round = 0; round < times(50) / 5; round++) {
        carnet_engine *engine = open_new("double.db");
        pthread_t threads[2];
        void *first = NULL, *second = NULL;
        EQUAL(pthread_create(&threads[0], NULL, shut, &engine), 0);
        EQUAL(pthread_create(&threads[1], NULL, shut, &engine), 0);
        EQUAL(pthread_join(threads[0], &first), 0);
        EQUAL(pthread_join(threads[1], &second), 0);
        CHECK(first != NULL || second != NULL);
    }
}

const test thread_tests[] = {{"one_engine", one_engine},
                             {"last_visit", last_visit},
                             {"close_under_way", close_under_way},
                             {"close_twice", close_twice},
                             {NULL, NULL}};
