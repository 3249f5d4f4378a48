/* A small club for the tests, and the calls that most of them make. */
#ifndef CLUB_H
#define CLUB_H

#include "check.h"

#include <stdlib.h>

#define AT "2026-05-04T07:00:00Z"
/* The same in microseconds since 1970. */
#define AT_MICROS INT64_C(1777878000000000)

typedef struct {
    carnet_engine *engine;
    int64_t venue, client, pool, ten, pass;
} club;

/* Opens a new seeded store. */
carnet_engine *open_new(const char *name);
/* Closes it; that it went well is checked. */
void close_it(carnet_engine **engine);
/* A new club: Ann with card 04A1B2, a pass of ten visits and 50 EUR; the pool costs 10 EUR. */
club open_club(const char *name);
/* Executes a request that must succeed. The reply is to be freed. */
carnet_string must(carnet_engine *engine, const char *request);
/* The same for the first whole number called `name` in the reply. */
int64_t must_number(carnet_engine *engine, const char *request, const char *name);
/* The first whole number called `name`; 0 if there is none. */
int64_t number_of(const char *json, const char *name);
/* Executes a request that must fail, and checks number, family and field (null for none). */
void must_fail(carnet_engine *engine, const char *request, size_t len, int32_t number, const char *code, const char *field);
/* Checks number, family and field of an error, and frees it. */
void check_error(carnet_error **error, int32_t number, const char *code, const char *field);
/* What `store.check` and `journal.verify` must say of every store. */
void check_books(carnet_engine *engine);

#endif /* CLUB_H */
