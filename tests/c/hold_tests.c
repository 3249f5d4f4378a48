/* The typed functions of holds: place, capture, release. */
#include "club.h"

static const carnet_call call = {.struct_size = sizeof(carnet_call), .at = AT_MICROS + 60 * 1000000};

static int64_t balance(const club *it)
{
    carnet_balance found = {0};
    found.struct_size = sizeof found;
    EQUAL(carnet_account_balance(it->engine, &call, it->client, NULL, 0, &found, NULL), CARNET_OK);
    return found.balance.minor;
}

static carnet_amount money(int64_t cents)
{
    carnet_amount amount = {0};
    amount.unit = CARNET_UNIT_MONEY;
    amount.amount = cents;
    strcpy(amount.currency, "EUR");
    return amount;
}

static carnet_amount visits(const club *it, int64_t count)
{
    carnet_amount amount = {0};
    amount.unit = CARNET_UNIT_VISITS;
    amount.pass = it->pass;
    amount.amount = count;
    return amount;
}

/* 20 EUR and two visits, for an hour, with a fifth more of it. */
static carnet_hold both(const club *it)
{
    carnet_hold hold = {0};
    hold.struct_size = sizeof hold;
    hold.client = it->client;
    hold.minutes = 60;
    hold.part_count = 2;
    hold.parts[0] = money(2000);
    hold.parts[1] = visits(it, 2);
    strcpy(hold.more_percent, "20");
    strcpy(hold.reason, "table 4");
    return hold;
}

static int64_t place(const club *it, const carnet_hold *hold)
{
    carnet_placed placed = {0};
    placed.struct_size = sizeof placed;
    EQUAL(carnet_hold_place(it->engine, &call, hold, &placed, NULL), CARNET_OK);
    CHECK(placed.hold > 0);
    return placed.hold;
}

static carnet_capture capture_of(int64_t hold)
{
    carnet_capture capture = {0};
    capture.struct_size = sizeof capture;
    capture.hold = hold;
    return capture;
}

static void places(void)
{
    club it = open_club("place.db");
    carnet_hold hold = both(&it);
    carnet_placed placed = {0};
    carnet_error *error = NULL;

    placed.struct_size = sizeof placed;
    EQUAL(carnet_hold_place(it.engine, &call, &hold, &placed, NULL), CARNET_OK);
    EQUAL(placed.expires, call.at + INT64_C(3600) * 1000000);
    EQUAL(placed.part_count, 2);
    EQUAL(placed.parts[0].amount, 2000);
    EQUAL(placed.parts[0].pass, 0);
    EQUAL(placed.parts[1].amount, 2);
    EQUAL(placed.parts[1].pass, it.pass);
    CHECK(placed.hold > 0 && placed.parts[0].account > 0 && placed.parts[0].lot > 0);
    EQUAL(balance(&it), 3000);
    /* What is held cannot be held again: 30.01 of 30 are asked for. */
    hold.part_count = 1;
    hold.parts[0] = money(3001);
    EQUAL(carnet_hold_place(it.engine, &call, &hold, &placed, &error), CARNET_REASON_INSUFFICIENT);
    check_error(&error, CARNET_REASON_INSUFFICIENT, "refused", "parts.0.money.amount");
    CHECK(placed.hold == 0 && placed.part_count == 0);
    EQUAL(balance(&it), 3000);
    check_books(it.engine);
    close_it(&it.engine);
}

static void captures(void)
{
    club it = open_club("capture.db");
    carnet_hold hold = both(&it);
    carnet_capture capture = capture_of(place(&it, &hold));
    carnet_captured captured = {0};
    carnet_error *error = NULL;
    int i, seen = 0;

    captured.struct_size = sizeof captured;
    /* 24.01 is more than a fifth over 20. */
    capture.part_count = 2;
    capture.parts[0] = money(2401);
    capture.parts[1] = visits(&it, 1);
    EQUAL(carnet_hold_capture(it.engine, &call, &capture, &captured, &error), CARNET_REASON_OVER_CAPTURE);
    check_error(&error, CARNET_REASON_OVER_CAPTURE, "refused", "parts.0.money.amount");
    capture.parts[0] = money(2400);
    EQUAL(carnet_hold_capture(it.engine, &call, &capture, &captured, NULL), CARNET_OK);
    EQUAL(captured.hold, capture.hold);
    EQUAL(captured.state, CARNET_HOLD_CAPTURED);
    EQUAL(captured.part_count, 2);
    CHECK(captured.group > 0 && captured.version == 2);
    for (i = 0; i < 2; i++) {
        const carnet_amount *const amount = &captured.parts[i].amount;
        CHECK(captured.parts[i].account > 0);
        seen += amount->unit == CARNET_UNIT_MONEY && amount->amount == 2400 && strcmp(amount->currency, "EUR") == 0;
        seen += amount->unit == CARNET_UNIT_VISITS && amount->amount == 1 && amount->pass == it.pass;
    }
    EQUAL(seen, 2);
    EQUAL(balance(&it), 2600);
    EQUAL(carnet_hold_capture(it.engine, &call, &capture, &captured, &error), CARNET_REASON_HOLD_ENDED);
    check_error(&error, CARNET_REASON_HOLD_ENDED, "refused", "hold");
    EQUAL(captured.group, 0);
    /* All that is held. */
    capture = capture_of(place(&it, &hold));
    EQUAL(carnet_hold_capture(it.engine, &call, &capture, NULL, NULL), CARNET_OK);
    EQUAL(balance(&it), 600);
    check_books(it.engine);
    close_it(&it.engine);
}

static void releases(void)
{
    club it = open_club("release.db");
    carnet_hold hold = both(&it);
    carnet_released released = {0};
    carnet_error *error = NULL;
    const int64_t id = place(&it, &hold);

    released.struct_size = sizeof released;
    EQUAL(carnet_hold_release(it.engine, &call, id, &released, NULL), CARNET_OK);
    EQUAL(released.hold, id);
    EQUAL(released.version, 2);
    EQUAL(balance(&it), 5000);
    EQUAL(carnet_hold_release(it.engine, &call, id, &released, &error), CARNET_REASON_HOLD_ENDED);
    check_error(&error, CARNET_REASON_HOLD_ENDED, "refused", "hold");
    EQUAL(released.hold, 0);
    EQUAL(carnet_hold_release(it.engine, &call, 5, NULL, &error), CARNET_REASON_HOLD_NOT_FOUND);
    check_error(&error, CARNET_REASON_HOLD_NOT_FOUND, "not_found", "hold");
    released.struct_size = 0;
    EQUAL(carnet_hold_release(it.engine, &call, id, &released, NULL), CARNET_REASON_BAD_STRUCT);
    EQUAL(carnet_hold_release(NULL, &call, id, NULL, NULL), CARNET_REASON_NULL_POINTER);
    check_books(it.engine);
    close_it(&it.engine);
}

static void place_refused(const club *it, const carnet_hold *hold, int32_t number, const char *code, const char *field)
{
    carnet_error *error = NULL;
    EQUAL(carnet_hold_place(it->engine, &call, hold, NULL, &error), number);
    check_error(&error, number, code, field);
}

static void misuse(void)
{
    club it = open_club("holds.db");
    carnet_hold hold = both(&it);
    carnet_capture capture = capture_of(place(&it, &hold));
    carnet_error *error = NULL;

    hold.struct_size--;
    place_refused(&it, &hold, CARNET_REASON_BAD_STRUCT, "misuse", "hold");
    place_refused(&it, NULL, CARNET_REASON_NULL_POINTER, "misuse", "hold");
    hold = both(&it);
    hold.part_count = 17;
    place_refused(&it, &hold, CARNET_REASON_TOO_LONG, "invalid_input", "parts");
    hold.part_count = UINT32_MAX;
    place_refused(&it, &hold, CARNET_REASON_TOO_LONG, "invalid_input", "parts");
    hold.part_count = 0;
    place_refused(&it, &hold, CARNET_REASON_EMPTY, "invalid_input", "parts");
    hold = both(&it);
    hold.parts[1].unit = 99;
    place_refused(&it, &hold, CARNET_REASON_UNKNOWN_VALUE, "invalid_input", "parts.1.unit");
    hold = both(&it);
    hold.minutes = -1;
    place_refused(&it, &hold, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "minutes");
    hold = both(&it);
    memset(hold.reason, 'x', sizeof hold.reason);
    place_refused(&it, &hold, CARNET_REASON_TOO_LONG, "invalid_input", "reason");
    EQUAL(balance(&it), 3000);

    capture.part_count = 40;
    EQUAL(carnet_hold_capture(it.engine, &call, &capture, NULL, &error), CARNET_REASON_TOO_LONG);
    check_error(&error, CARNET_REASON_TOO_LONG, "invalid_input", "parts");
    capture = capture_of(5);
    EQUAL(carnet_hold_capture(it.engine, &call, &capture, NULL, &error), CARNET_REASON_HOLD_NOT_FOUND);
    check_error(&error, CARNET_REASON_HOLD_NOT_FOUND, "not_found", "hold");
    capture.struct_size = 7;
    EQUAL(carnet_hold_capture(it.engine, &call, &capture, NULL, NULL), CARNET_REASON_BAD_STRUCT);
    EQUAL(carnet_hold_capture(it.engine, &call, NULL, NULL, NULL), CARNET_REASON_NULL_POINTER);
    close_it(&it.engine);
}

const test hold_tests[] = {{"places", places},     {"captures", captures}, {"releases", releases},
                           {"hold_misuse", misuse}, {NULL, NULL}};
