/* The typed functions of a turnstile: a card found, decide, enter, exit; and structs that are not as they must be. */
#include "club.h"

static carnet_call at(int minutes)
{
    carnet_call call = {0};
    call.struct_size = sizeof call;
    call.at = AT_MICROS + (int64_t)minutes * 60 * 1000000;
    return call;
}

static carnet_access with_card(const char *card)
{
    carnet_access access = {0};
    access.struct_size = sizeof access;
    snprintf(access.card, sizeof access.card, "%s", card);
    return access;
}

static carnet_leave leave_with(const char *card)
{
    carnet_leave leave = {0};
    leave.struct_size = sizeof leave;
    snprintf(leave.card, sizeof leave.card, "%s", card);
    return leave;
}

static carnet_decision decide(club *it, const carnet_call *call, const carnet_access *access)
{
    carnet_decision decision = {0};
    decision.struct_size = sizeof decision;
    EQUAL(carnet_access_decide(it->engine, call, access, &decision, NULL), CARNET_OK);
    return decision;
}

static void card_find(void)
{
    club it = open_club("card.db");
    carnet_call call = at(1);
    carnet_card card = {0};
    carnet_error *error = NULL;

    card.struct_size = sizeof card;
    EQUAL(carnet_card_find(it.engine, &call, " 04a1b2 ", SIZE_MAX, &card, NULL), CARNET_OK);
    EQUAL(card.struct_size, sizeof card);
    EQUAL(card.client, it.client);
    EQUAL(card.kind, CARNET_CARD_RFID);
    EQUAL(card.state, CARNET_CARD_STATE_ACTIVE);
    EQUAL(card.issued, AT_MICROS);
    SAME(card.uid, "04A1B2");
    CHECK(card.card > 0);
    EQUAL(carnet_card_find(it.engine, NULL, "04A1B2 and more", 6, &card, NULL), CARNET_OK);
    EQUAL(carnet_card_find(it.engine, &call, "99", SIZE_MAX, &card, &error), CARNET_REASON_CARD_NOT_FOUND);
    check_error(&error, CARNET_REASON_CARD_NOT_FOUND, "not_found", "uid");
    CHECK(card.card == 0 && card.client == 0 && card.uid[0] == '\0');
    EQUAL(card.struct_size, sizeof card);
    EQUAL(carnet_card_find(it.engine, &call, NULL, 3, &card, NULL), CARNET_REASON_NULL_POINTER);
    EQUAL(carnet_card_find(it.engine, &call, "\xff", SIZE_MAX, &card, &error), CARNET_REASON_BAD_UTF8);
    check_error(&error, CARNET_REASON_BAD_UTF8, "invalid_input", "uid");
    EQUAL(carnet_card_find(it.engine, &call, "", 0, &card, &error), CARNET_REASON_EMPTY);
    check_error(&error, CARNET_REASON_EMPTY, "invalid_input", "uid");
    EQUAL(carnet_card_find(it.engine, &call, "x", SIZE_MAX - 1, &card, NULL), CARNET_REASON_TOO_LARGE);
    EQUAL(carnet_card_find(it.engine, &call, "04A1B2", SIZE_MAX, NULL, &error), CARNET_REASON_NULL_POINTER);
    check_error(&error, CARNET_REASON_NULL_POINTER, "misuse", "card");
    EQUAL(carnet_card_find(NULL, &call, "04A1B2", SIZE_MAX, &card, NULL), CARNET_REASON_NULL_POINTER);
    card.struct_size = sizeof card - 1;
    EQUAL(carnet_card_find(it.engine, &call, "04A1B2", SIZE_MAX, &card, &error), CARNET_REASON_BAD_STRUCT);
    check_error(&error, CARNET_REASON_BAD_STRUCT, "misuse", "card");
    close_it(&it.engine);
}

static void decides(void)
{
    club it = open_club("decide.db");
    carnet_call call = at(1);
    carnet_access access = with_card("04A1B2");
    carnet_decision decision = decide(&it, &call, &access);

    EQUAL(decision.outcome, CARNET_OUTCOME_ADMITTED);
    EQUAL(decision.reason, 0);
    EQUAL(decision.rule_count, 0);
    EQUAL(decision.kind, CARNET_PLAN_VISITS);
    EQUAL(decision.client, it.client);
    EQUAL(decision.pass, it.pass);
    EQUAL(decision.plan, it.ten);
    EQUAL(decision.visits, 1);
    EQUAL(decision.visits_left, 9);
    EQUAL(decision.ends, CARNET_NO_TIME);
    SAME(decision.credit.currency, "");
    SAME(decision.line1, "Welcome");
    SAME(decision.line2, "9 visits left");
    /* Nothing was written: the same again, with the client in place of the card. */
    access = with_card("");
    access.client = it.client;
    decision = decide(&it, &call, &access);
    EQUAL(decision.visits_left, 9);
    /* A card that nobody has is an answer, not an error. */
    access = with_card("99");
    decision = decide(&it, &call, &access);
    EQUAL(decision.outcome, CARNET_OUTCOME_REFUSED);
    EQUAL(decision.reason, CARNET_DENY_UNKNOWN_CARD);
    EQUAL(decision.rule_count, 1);
    EQUAL(decision.rules[0].reason, CARNET_DENY_UNKNOWN_CARD);
    EQUAL(decision.kind, 0);
    EQUAL(decision.client, 0);
    SAME(carnet_deny_name(decision.reason), "unknown_card");
    CHECK(carnet_deny_name(0) == NULL && carnet_deny_name(-1) == NULL && carnet_deny_name(9999) == NULL);
    close_it(&it.engine);
}

static void enters(void)
{
    club it = open_club("enter.db");
    carnet_call call = at(1);
    carnet_access access = with_card("04A1B2");
    carnet_leave leave = leave_with("04A1B2");
    carnet_decision decision = {0};
    carnet_entered first = {0}, again = {0};
    carnet_exited exited = {0};
    carnet_error *error = NULL;
    int i;

    decision.struct_size = sizeof decision;
    first.struct_size = again.struct_size = sizeof first;
    exited.struct_size = sizeof exited;
    strcpy(call.key, "door-1");
    EQUAL(carnet_access_enter(it.engine, &call, &access, &decision, &first, NULL), CARNET_OK);
    EQUAL(decision.outcome, CARNET_OUTCOME_ADMITTED);
    EQUAL(decision.visits_left, 9);
    CHECK(first.visit > 0 && first.group > 0);
    EQUAL(first.attempt, 0);
    EQUAL(first.conflict, 0);
    /* The same key: the first answer, and no second visit. */
    EQUAL(carnet_access_enter(it.engine, &call, &access, &decision, &again, NULL), CARNET_OK);
    EQUAL(again.visit, first.visit);
    EQUAL(decision.visits_left, 9);
    /* Where nobody wants to know. */
    call = at(61);
    EQUAL(carnet_access_exit(it.engine, &call, &leave, &exited, NULL), CARNET_OK);
    EQUAL(exited.visit, first.visit);
    EQUAL(exited.client, it.client);
    EQUAL(exited.seconds, 3600);
    EQUAL(carnet_access_exit(it.engine, &call, &leave, &exited, &error), CARNET_REASON_NOT_INSIDE);
    check_error(&error, CARNET_REASON_NOT_INSIDE, "refused", NULL);
    EQUAL(exited.visit, 0);
    for (i = 0; i < 9; i++) {
        call = at(100 + 10 * i);
        EQUAL(carnet_access_enter(it.engine, &call, &access, NULL, NULL, NULL), CARNET_OK);
        EQUAL(carnet_access_exit(it.engine, &call, &leave, NULL, NULL), CARNET_OK);
    }
    /* Ten visits are used up: refused, with an attempt that is written down. */
    EQUAL(carnet_access_enter(it.engine, &call, &access, &decision, &again, NULL), CARNET_OK);
    EQUAL(decision.outcome, CARNET_OUTCOME_REFUSED);
    EQUAL(decision.reason, CARNET_DENY_EXHAUSTED);
    EQUAL(decision.rules[0].pass, it.pass);
    SAME(decision.rules[0].missing, "1");
    EQUAL(decision.rules[0].until, CARNET_NO_TIME);
    CHECK(again.attempt > 0 && again.visit == 0 && again.group == 0);
    check_books(it.engine);
    close_it(&it.engine);
}

static void dry_run(void)
{
    club it = open_club("dry.db");
    carnet_call call = at(1);
    carnet_access access = with_card("04A1B2");
    carnet_decision decision = {0};

    decision.struct_size = sizeof decision;
    call.flags = CARNET_CALL_DRY_RUN;
    EQUAL(carnet_access_enter(it.engine, &call, &access, &decision, NULL, NULL), CARNET_OK);
    EQUAL(decision.visits_left, 9);
    decision = decide(&it, &call, &access);
    EQUAL(decision.visits_left, 9);
    close_it(&it.engine);
}

/* A late event of a door that was off line: its device and number are its key, for ever. */
static void late(void)
{
    club it = open_club("late.db");
    carnet_call call = at(-30);
    carnet_access access = with_card("04A1B2");
    carnet_entered first = {0}, again = {0};

    first.struct_size = again.struct_size = sizeof first;
    call.at = AT_MICROS + 1;
    strcpy(call.late_device, "door-2");
    call.late_seq = 7;
    EQUAL(carnet_access_enter(it.engine, &call, &access, NULL, &first, NULL), CARNET_OK);
    CHECK(first.visit > 0);
    EQUAL(carnet_access_enter(it.engine, &call, &access, NULL, &again, NULL), CARNET_OK);
    EQUAL(again.visit, first.visit);
    close_it(&it.engine);
}

/* What a call with `call` and `access` must be refused with; the answer is emptied. */
static void refused(club *it, const carnet_call *call, const carnet_access *access, int32_t number, const char *code,
                    const char *field)
{
    carnet_decision decision;
    carnet_error *error = NULL;

    memset(&decision, 0x55, sizeof decision);
    decision.struct_size = sizeof decision;
    EQUAL(carnet_access_decide(it->engine, call, access, &decision, &error), number);
    check_error(&error, number, code, field);
    CHECK(decision.outcome != CARNET_OUTCOME_ADMITTED && decision.line1[0] == '\0' && decision.pass == 0);
    EQUAL(decision.struct_size, sizeof decision);
    EQUAL(carnet_access_enter(it->engine, call, access, &decision, NULL, NULL), number);
}

static void bad_structs(void)
{
    static const uint32_t sizes[] = {0, 1, 4, sizeof(carnet_access) - 1, sizeof(carnet_access) + 1, UINT32_MAX};
    club it = open_club("structs.db");
    carnet_call call = at(1);
    carnet_access access = with_card("04A1B2");
    carnet_decision decision = {0};
    carnet_error *error = NULL;
    size_t i;

    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        access.struct_size = sizes[i];
        refused(&it, &call, &access, CARNET_REASON_BAD_STRUCT, "misuse", "access");
    }
    access = with_card("04A1B2");
    call.struct_size = 8;
    refused(&it, &call, &access, CARNET_REASON_BAD_STRUCT, "misuse", "call");
    call = at(1);
    refused(&it, &call, NULL, CARNET_REASON_NULL_POINTER, "misuse", "access");
    decision.struct_size = 16;
    EQUAL(carnet_access_decide(it.engine, &call, &access, &decision, &error), CARNET_REASON_BAD_STRUCT);
    check_error(&error, CARNET_REASON_BAD_STRUCT, "misuse", "decision");
    EQUAL(decision.outcome, 0);
    EQUAL(carnet_access_decide(it.engine, &call, &access, NULL, &error), CARNET_REASON_NULL_POINTER);
    check_error(&error, CARNET_REASON_NULL_POINTER, "misuse", "decision");
    /* Texts: without an end, and not UTF-8. */
    memset(access.card, 'A', sizeof access.card);
    refused(&it, &call, &access, CARNET_REASON_TOO_LONG, "invalid_input", "card");
    access = with_card("\xc3\x28");
    refused(&it, &call, &access, CARNET_REASON_BAD_UTF8, "invalid_input", "card");
    /* Neither a card nor a client, or both. */
    access = with_card("");
    refused(&it, &call, &access, CARNET_REASON_REQUIRED, "invalid_input", "card");
    access = with_card("04A1B2");
    /* The call: flags that nobody knows, a time that is none, a key without an end. */
    call.flags = 0x80;
    refused(&it, &call, &access, CARNET_REASON_UNKNOWN_VALUE, "invalid_input", "flags");
    call = at(1);
    call.venue = 5;
    refused(&it, &call, &access, CARNET_REASON_VENUE_NOT_FOUND, "not_found", "venue");
    call = at(1);
    call.deadline_ms = -1;
    refused(&it, &call, &access, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "deadline_ms");
    call = at(1);
    memset(call.key, 'k', sizeof call.key);
    refused(&it, &call, &access, CARNET_REASON_TOO_LONG, "invalid_input", "key");
    /* A null call is the same as one of zeros. */
    EQUAL(carnet_access_decide(NULL, NULL, &access, NULL, NULL), CARNET_REASON_NULL_POINTER);
    close_it(&it.engine);
}

const test door_tests[] = {{"card_find", card_find}, {"decides", decides},           {"enters", enters}, {"dry_run", dry_run},
                           {"late", late},           {"bad_structs", bad_structs}, {NULL, NULL}};
