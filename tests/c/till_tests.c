/* The typed functions of a till: balance, charge, reverse. */
#include "club.h"

static carnet_call now(const char *key)
{
    carnet_call call = {0};
    call.struct_size = sizeof call;
    call.at = AT_MICROS + 60 * 1000000;
    snprintf(call.key, sizeof call.key, "%s", key);
    return call;
}

static carnet_charge euros(const club *it, int64_t cents)
{
    carnet_charge charge = {0};
    charge.struct_size = sizeof charge;
    charge.client = it->client;
    charge.amount.minor = cents;
    strcpy(charge.amount.currency, "EUR");
    return charge;
}

/* What is on Ann's account, in cents. */
static int64_t balance(const club *it)
{
    carnet_balance found = {0};
    found.struct_size = sizeof found;
    EQUAL(carnet_account_balance(it->engine, NULL, it->client, NULL, 0, &found, NULL), CARNET_OK);
    SAME(found.balance.currency, "EUR");
    return found.balance.minor;
}

static void balances(void)
{
    club it = open_club("balance.db");
    carnet_balance found = {0};
    carnet_error *error = NULL;

    found.struct_size = sizeof found;
    EQUAL(carnet_account_balance(it.engine, NULL, it.client, "EUR", SIZE_MAX, &found, NULL), CARNET_OK);
    EQUAL(found.struct_size, sizeof found);
    EQUAL(found.balance.minor, 5000);
    EQUAL(found.debt.minor, 0);
    EQUAL(found.debt_limit.minor, 0);
    SAME(found.debt.currency, "EUR");
    CHECK(found.account > 0);
    EQUAL(carnet_account_balance(it.engine, NULL, it.client, "EURO", 3, &found, NULL), CARNET_OK);
    EQUAL(carnet_account_balance(it.engine, NULL, it.client, "USD", 3, &found, &error), CARNET_REASON_ACCOUNT_NOT_FOUND);
    CHECK(found.account == 0 && found.balance.minor == 0 && found.balance.currency[0] == '\0');
    check_error(&error, CARNET_REASON_ACCOUNT_NOT_FOUND, "not_found", "client");
    EQUAL(carnet_account_balance(it.engine, NULL, 5, NULL, 0, &found, &error), CARNET_REASON_CLIENT_NOT_FOUND);
    check_error(&error, CARNET_REASON_CLIENT_NOT_FOUND, "not_found", "client");
    EQUAL(carnet_account_balance(it.engine, NULL, it.client, "XXY", 3, &found, &error), CARNET_REASON_UNKNOWN_CURRENCY);
    check_error(&error, CARNET_REASON_UNKNOWN_CURRENCY, "invalid_input", "currency");
    EQUAL(carnet_account_balance(it.engine, NULL, it.client, "\xff\xff\xff", 3, &found, NULL), CARNET_REASON_BAD_UTF8);
    EQUAL(carnet_account_balance(it.engine, NULL, it.client, NULL, 0, NULL, &error), CARNET_REASON_NULL_POINTER);
    check_error(&error, CARNET_REASON_NULL_POINTER, "misuse", "balance");
    found.struct_size = 3;
    EQUAL(carnet_account_balance(it.engine, NULL, it.client, NULL, 0, &found, &error), CARNET_REASON_BAD_STRUCT);
    check_error(&error, CARNET_REASON_BAD_STRUCT, "misuse", "balance");
    close_it(&it.engine);
}

static void charges(void)
{
    club it = open_club("charge.db");
    carnet_call call = now("bill 1");
    carnet_charge charge = euros(&it, 1250);
    carnet_charged charged = {0}, again = {0};
    carnet_error *error = NULL;

    charged.struct_size = again.struct_size = sizeof charged;
    EQUAL(carnet_account_charge(it.engine, &call, &charge, &charged, NULL), CARNET_OK);
    EQUAL(charged.balance.minor, 3750);
    EQUAL(charged.debt.minor, 0);
    CHECK(charged.account > 0 && charged.group > 0);
    EQUAL(carnet_account_charge(it.engine, &call, &charge, &again, NULL), CARNET_OK);
    EQUAL(again.group, charged.group);
    EQUAL(balance(&it), 3750);
    /* The same key for something else. */
    charge = euros(&it, 1300);
    EQUAL(carnet_account_charge(it.engine, &call, &charge, &again, &error), CARNET_REASON_KEY_REUSED);
    check_error(&error, CARNET_REASON_KEY_REUSED, "conflict", "key");
    EQUAL(again.group, 0);
    /* The price of a service; the answer is not wanted. */
    call = now("");
    charge = euros(&it, 0);
    charge.service = it.pool;
    memset(&charge.amount, 0, sizeof charge.amount);
    EQUAL(carnet_account_charge(it.engine, &call, &charge, NULL, NULL), CARNET_OK);
    EQUAL(balance(&it), 2750);
    /* More than is there: 27.50 of 27.51. */
    charge = euros(&it, 2751);
    EQUAL(carnet_account_charge(it.engine, &call, &charge, &charged, &error), CARNET_REASON_INSUFFICIENT);
    CHECK(strstr(carnet_error_json(error), "\"missing\":\"0.01 EUR\"") != NULL);
    check_error(&error, CARNET_REASON_INSUFFICIENT, "refused", "amount");
    CHECK(charged.group == 0 && charged.balance.currency[0] == '\0');
    EQUAL(balance(&it), 2750);
    check_books(it.engine);
    close_it(&it.engine);
}

static void charge_refused(const club *it, const carnet_charge *charge, int32_t number, const char *code, const char *field)
{
    const carnet_call call = now("");
    carnet_error *error = NULL;
    EQUAL(carnet_account_charge(it->engine, &call, charge, NULL, &error), number);
    check_error(&error, number, code, field);
}

static void charge_misuse(void)
{
    club it = open_club("misuse.db");
    carnet_charge charge = euros(&it, 100);

    charge.struct_size = 0;
    charge_refused(&it, &charge, CARNET_REASON_BAD_STRUCT, "misuse", "charge");
    charge_refused(&it, NULL, CARNET_REASON_NULL_POINTER, "misuse", "charge");
    charge = euros(&it, 0);
    charge_refused(&it, &charge, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "amount.amount");
    charge = euros(&it, -100);
    charge_refused(&it, &charge, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "amount.amount");
    charge = euros(&it, INT64_MAX);
    charge_refused(&it, &charge, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "amount.amount");
    charge = euros(&it, INT64_MIN);
    charge_refused(&it, &charge, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "amount.amount");
    charge = euros(&it, 100);
    memcpy(charge.amount.currency, "EURO", 4);
    charge_refused(&it, &charge, CARNET_REASON_TOO_LONG, "invalid_input", "amount.currency");
    strcpy(charge.amount.currency, "ZZZ");
    charge_refused(&it, &charge, CARNET_REASON_UNKNOWN_CURRENCY, "invalid_input", "amount.currency");
    charge = euros(&it, 100);
    strcpy(charge.tax, "a lot");
    charge_refused(&it, &charge, CARNET_REASON_BAD_FORMAT, "invalid_input", "tax");
    memset(charge.tax, '1', sizeof charge.tax);
    charge_refused(&it, &charge, CARNET_REASON_TOO_LONG, "invalid_input", "tax");
    charge = euros(&it, 100);
    charge.client = -1;
    charge_refused(&it, &charge, CARNET_REASON_OUT_OF_RANGE, "invalid_input", "client");
    charge.client = 5;
    charge_refused(&it, &charge, CARNET_REASON_CLIENT_NOT_FOUND, "not_found", "client");
    charge = euros(&it, 100);
    charge.service = 12;
    charge_refused(&it, &charge, CARNET_REASON_SERVICE_NOT_FOUND, "not_found", "service");
    EQUAL(balance(&it), 5000);
    close_it(&it.engine);
}

static void document(void)
{
    club it = open_club("document.db");
    carnet_call call = now("");
    carnet_charge charge = euros(&it, 100);
    carnet_error *error = NULL;
    carnet_string reply;

    strcpy(call.document_system, "pos");
    strcpy(call.document_station, "till 3");
    strcpy(call.document_number, "17");
    call.business_date = 20260504;
    call.line = 2;
    call.flags = CARNET_CALL_HAS_LINE;
    EQUAL(carnet_account_charge(it.engine, &call, &charge, NULL, NULL), CARNET_OK);
    reply = must(it.engine, "{\"op\":\"journal.export\",\"args\":{\"after\":7}}");
    CHECK(reply.ptr != NULL && strstr(reply.ptr, "till 3") != NULL && strstr(reply.ptr, "2026-05-04") != NULL);
    carnet_string_free(&reply);
    call.business_date = 20260231;
    EQUAL(carnet_account_charge(it.engine, &call, &charge, NULL, &error), CARNET_REASON_BAD_FORMAT);
    check_error(&error, CARNET_REASON_BAD_FORMAT, "invalid_input", "document.business_date");
    call = now("");
    strcpy(call.document_station, "till 3");
    EQUAL(carnet_account_charge(it.engine, &call, &charge, NULL, &error), CARNET_REASON_REQUIRED);
    check_error(&error, CARNET_REASON_REQUIRED, "invalid_input", "document.system");
    EQUAL(balance(&it), 4900);
    close_it(&it.engine);
}

static void reverses(void)
{
    club it = open_club("reverse.db");
    const carnet_call call = now("");
    carnet_charge charge = euros(&it, 1250);
    carnet_charged charged = {0};
    carnet_reversal reversal = {0};
    carnet_reversed reversed = {0};
    carnet_error *error = NULL;

    charged.struct_size = sizeof charged;
    reversal.struct_size = sizeof reversal;
    reversed.struct_size = sizeof reversed;
    EQUAL(carnet_account_charge(it.engine, &call, &charge, &charged, NULL), CARNET_OK);
    reversal.group = charged.group;
    EQUAL(carnet_reverse(it.engine, &call, &reversal, &reversed, &error), CARNET_REASON_EMPTY);
    check_error(&error, CARNET_REASON_EMPTY, "invalid_input", "reason");
    strcpy(reversal.reason, "wrong size");
    strcpy(reversal.amount, "2.50");
    EQUAL(carnet_reverse(it.engine, &call, &reversal, &reversed, NULL), CARNET_OK);
    EQUAL(reversed.movement_count, 1);
    EQUAL(reversed.movements[0].amount, 250);
    EQUAL(reversed.movements[0].left, 1000);
    EQUAL(reversed.movements[0].unit, CARNET_UNIT_MONEY);
    SAME(reversed.movements[0].currency, "EUR");
    CHECK(reversed.group > charged.group);
    EQUAL(balance(&it), 4000);
    /* 10.00 of it are left. */
    strcpy(reversal.amount, "10.01");
    EQUAL(carnet_reverse(it.engine, &call, &reversal, NULL, &error), CARNET_REASON_NOTHING_TO_REVERSE);
    check_error(&error, CARNET_REASON_NOTHING_TO_REVERSE, "refused", "amount");
    reversal.amount[0] = '\0';
    EQUAL(carnet_reverse(it.engine, &call, &reversal, NULL, NULL), CARNET_OK);
    EQUAL(balance(&it), 5000);
    EQUAL(carnet_reverse(it.engine, &call, &reversal, &reversed, &error), CARNET_REASON_ALREADY_DONE);
    check_error(&error, CARNET_REASON_ALREADY_DONE, "conflict", "group");
    EQUAL(reversed.movement_count, 0);
    reversal.group = 12;
    EQUAL(carnet_reverse(it.engine, &call, &reversal, NULL, &error), CARNET_REASON_TRANSFER_NOT_FOUND);
    check_error(&error, CARNET_REASON_TRANSFER_NOT_FOUND, "not_found", "group");
    reversal.struct_size++;
    EQUAL(carnet_reverse(it.engine, &call, &reversal, NULL, NULL), CARNET_REASON_BAD_STRUCT);
    EQUAL(carnet_reverse(it.engine, &call, NULL, NULL, NULL), CARNET_REASON_NULL_POINTER);
    check_books(it.engine);
    close_it(&it.engine);
}

const test till_tests[] = {{"balances", balances}, {"charges", charges},   {"charge_misuse", charge_misuse},
                           {"document", document}, {"reverses", reverses}, {NULL, NULL}};
