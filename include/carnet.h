/*
 * Carnet: a memberships engine. The C ABI.
 *
 * Made by ffi/tests/header.rs; do not edit.
 *
 * Ownership   What a function returns through a pointer belongs to the caller, who gives it back to the function
 *             named for it: carnet_engine_close, carnet_string_free, carnet_error_free. Never to free().
 * Errors      A function that can fail returns 0 (CARNET_OK) or the number of a reason (CARNET_REASON_*). Numbers
 *             are for ever; the hundreds are the family. Details come through an optional last parameter.
 * Handles     carnet_engine and carnet_error are looked up, never followed: a closed or invented one is
 *             CARNET_REASON_BAD_HANDLE, not a crash.
 * Threads     Every function may be called from any thread, also on one engine at once.
 * Texts       UTF-8 with a length in bytes; SIZE_MAX for one that ends with a zero byte. Anything else than
 *             UTF-8 is an error.
 * Versions    Within one CARNET_ABI_VERSION things are only added.
 */


#ifndef CARNET_H
#define CARNET_H

#include <stddef.h>
#include <stdint.h>
#define CARNET_VERSION_MAJOR 0
#define CARNET_VERSION_MINOR 1
#define CARNET_VERSION_PATCH 0
#define CARNET_VERSION_NUMBER (CARNET_VERSION_MAJOR * 1000000 + CARNET_VERSION_MINOR * 1000 + CARNET_VERSION_PATCH)
/** Grows when a program built before must be built again; compare with carnet_abi_version(). */
#define CARNET_ABI_VERSION 1

#define CARNET_OK 0
/** invalid_input: the field is required */
#define CARNET_REASON_REQUIRED 101
/** invalid_input: the value has the wrong type */
#define CARNET_REASON_WRONG_TYPE 102
/** invalid_input: no such field */
#define CARNET_REASON_UNKNOWN_FIELD 103
/** invalid_input: the field is given twice */
#define CARNET_REASON_DUPLICATE_FIELD 104
/** invalid_input: the value is out of range */
#define CARNET_REASON_OUT_OF_RANGE 105
/** invalid_input: the value is too long */
#define CARNET_REASON_TOO_LONG 106
/** invalid_input: the value is empty */
#define CARNET_REASON_EMPTY 107
/** invalid_input: the value is not of the expected form */
#define CARNET_REASON_BAD_FORMAT 108
/** invalid_input: not one of the values that may stand here */
#define CARNET_REASON_UNKNOWN_VALUE 109
/** invalid_input: the text is not valid UTF-8 */
#define CARNET_REASON_BAD_UTF8 110
/** invalid_input: the request is not valid JSON */
#define CARNET_REASON_BAD_JSON 111
/** invalid_input: the request is larger than the published limit */
#define CARNET_REASON_TOO_LARGE 112
/** invalid_input: no such operation */
#define CARNET_REASON_UNKNOWN_OPERATION 113
/** invalid_input: more decimal digits than the currency has */
#define CARNET_REASON_TOO_MANY_DIGITS 114
/** invalid_input: not a currency of ISO 4217 */
#define CARNET_REASON_UNKNOWN_CURRENCY 115
/** invalid_input: the currencies differ */
#define CARNET_REASON_CURRENCY_MISMATCH 116
/** invalid_input: not a time zone of the IANA database */
#define CARNET_REASON_UNKNOWN_ZONE 117
/** invalid_input: not a valid phone number */
#define CARNET_REASON_BAD_PHONE 118
/** invalid_input: not a valid e-mail address */
#define CARNET_REASON_BAD_EMAIL 119
/** invalid_input: the end is not after the start */
#define CARNET_REASON_END_BEFORE_START 120
/** invalid_input: the parts do not add up to the whole */
#define CARNET_REASON_SUM_MISMATCH 121
/** invalid_input: this field does not go with this kind of plan */
#define CARNET_REASON_NOT_WITH_PLAN_KIND 122
/** invalid_input: the amount is too large to be calculated */
#define CARNET_REASON_OVERFLOW 123
/** invalid_input: two fields of the request contradict each other */
#define CARNET_REASON_CONTRADICTION 124
/** invalid_input: this operation cannot be part of a batch */
#define CARNET_REASON_NOT_A_BATCH 125
/** not_found: no such client */
#define CARNET_REASON_CLIENT_NOT_FOUND 201
/** not_found: no such venue */
#define CARNET_REASON_VENUE_NOT_FOUND 202
/** not_found: no such operator */
#define CARNET_REASON_OPERATOR_NOT_FOUND 203
/** not_found: no such category */
#define CARNET_REASON_CATEGORY_NOT_FOUND 204
/** not_found: no such service */
#define CARNET_REASON_SERVICE_NOT_FOUND 205
/** not_found: no such plan */
#define CARNET_REASON_PLAN_NOT_FOUND 206
/** not_found: no such pass */
#define CARNET_REASON_PASS_NOT_FOUND 207
/** not_found: no such card */
#define CARNET_REASON_CARD_NOT_FOUND 208
/** not_found: no such account */
#define CARNET_REASON_ACCOUNT_NOT_FOUND 209
/** not_found: no such journal entry */
#define CARNET_REASON_ENTRY_NOT_FOUND 210
/** not_found: no such visit */
#define CARNET_REASON_VISIT_NOT_FOUND 211
/** not_found: no such booking */
#define CARNET_REASON_BOOKING_NOT_FOUND 212
/** not_found: no such hold */
#define CARNET_REASON_HOLD_NOT_FOUND 213
/** not_found: no such freeze */
#define CARNET_REASON_FREEZE_NOT_FOUND 214
/** not_found: no such conflict */
#define CARNET_REASON_CONFLICT_NOT_FOUND 215
/** not_found: no such transfer or group */
#define CARNET_REASON_TRANSFER_NOT_FOUND 216
/** not_found: no such use */
#define CARNET_REASON_USE_NOT_FOUND 217
/** not_found: no such zone */
#define CARNET_REASON_ZONE_NOT_FOUND 218
/** refused: the balance does not cover the amount */
#define CARNET_REASON_INSUFFICIENT 301
/** refused: the time of the operation is too far from the clock or behind the venue */
#define CARNET_REASON_CLOCK 302
/** refused: the plan is not for sale through this channel */
#define CARNET_REASON_NOT_FOR_SALE 303
/** refused: the plan was deleted */
#define CARNET_REASON_PLAN_DELETED 304
/** refused: the pass has already ended */
#define CARNET_REASON_PASS_ENDED 305
/** refused: the client is archived */
#define CARNET_REASON_CLIENT_ARCHIVED 306
/** refused: a business day is open already */
#define CARNET_REASON_DAY_OPEN 307
/** refused: no business day is open */
#define CARNET_REASON_DAY_NOT_OPEN 308
/** refused: that business day was closed before */
#define CARNET_REASON_DAY_CLOSED 309
/** refused: the client is not inside */
#define CARNET_REASON_NOT_INSIDE 310
/** refused: the venue has switched this off */
#define CARNET_REASON_DISABLED 311
/** refused: more than what is left to refund */
#define CARNET_REASON_NOTHING_TO_REFUND 312
/** refused: the plan does not allow this */
#define CARNET_REASON_NOT_ALLOWED 313
/** refused: more than what the plan still allows */
#define CARNET_REASON_ALLOWANCE_USED 314
/** refused: the change would reach into the past */
#define CARNET_REASON_IN_THE_PAST 315
/** refused: the pass is not frozen */
#define CARNET_REASON_NOT_FROZEN 316
/** refused: no pass of the client pays for it */
#define CARNET_REASON_NOT_COVERED 317
/** refused: it was used, so it cannot be taken back whole */
#define CARNET_REASON_ALREADY_USED 318
/** refused: the hold was captured or released, or its time is over */
#define CARNET_REASON_HOLD_ENDED 319
/** refused: more than the hold allows to capture */
#define CARNET_REASON_OVER_CAPTURE 320
/** refused: the pass was cancelled, transferred or replaced */
#define CARNET_REASON_PASS_CLOSED 321
/** refused: more than what is left to reverse */
#define CARNET_REASON_NOTHING_TO_REVERSE 322
/** conflict: the entity was changed since it was read */
#define CARNET_REASON_STALE_VERSION 401
/** conflict: the key was used before for other content */
#define CARNET_REASON_KEY_REUSED 402
/** conflict: this exists already */
#define CARNET_REASON_ALREADY_EXISTS 403
/** conflict: the external id belongs to another entity */
#define CARNET_REASON_EXTERNAL_ID_TAKEN 404
/** conflict: the card belongs to another client */
#define CARNET_REASON_CARD_TAKEN 405
/** conflict: this was done before */
#define CARNET_REASON_ALREADY_DONE 406
/** storage: the store stayed busy until the deadline */
#define CARNET_REASON_BUSY 501
/** storage: the disk is full */
#define CARNET_REASON_FULL 502
/** storage: the store is damaged or not a Carnet store */
#define CARNET_REASON_CORRUPT 503
/** storage: the store was written by a newer library */
#define CARNET_REASON_NEWER 504
/** storage: the disk refused to read or write */
#define CARNET_REASON_IO 505
/** storage: the store must be upgraded first */
#define CARNET_REASON_OLDER 506
/** storage: a SQLite store must not lie on a network file system */
#define CARNET_REASON_NETWORK_FILE_SYSTEM 507
/** storage: the SQLite library is older than 3.51.3 */
#define CARNET_REASON_LIBRARY_TOO_OLD 508
/** storage: there is no store at this place */
#define CARNET_REASON_MISSING 509
/** storage: something exists at this place already */
#define CARNET_REASON_EXISTS 510
/** storage: the store cannot be written to */
#define CARNET_REASON_READ_ONLY 511
/** storage: the server cannot be reached */
#define CARNET_REASON_UNREACHABLE 512
/** storage: the connection broke during the commit: repeat with the same key */
#define CARNET_REASON_UNKNOWN_OUTCOME 513
/** storage: the server refuses this user */
#define CARNET_REASON_ACCESS_DENIED 514
/** misuse: the engine was closed */
#define CARNET_REASON_CLOSED 901
/** misuse: the handle is not one of an open object */
#define CARNET_REASON_BAD_HANDLE 902
/** misuse: a pointer that must not be null is null */
#define CARNET_REASON_NULL_POINTER 903
/** misuse: the call was interrupted by the caller */
#define CARNET_REASON_INTERRUPTED 904
/** misuse: this build or this store cannot do that */
#define CARNET_REASON_UNSUPPORTED 905
/** internal: a defect of the library; please report it */
#define CARNET_REASON_INTERNAL 999

/** Adds a venue, its default zone and its counter-accounts. */
#define CARNET_OP_VENUE_ADD "venue.add"
/** Changes a venue. */
#define CARNET_OP_VENUE_CHANGE "venue.change"
/** Lists the venues. */
#define CARNET_OP_VENUE_LIST "venue.list"
/** Adds a member of staff or a device that acts. */
#define CARNET_OP_OPERATOR_ADD "operator.add"
/** Lists the operators. */
#define CARNET_OP_OPERATOR_LIST "operator.list"
/** Adds a category of services. */
#define CARNET_OP_CATEGORY_ADD "category.add"
/** Adds a service to the price list. */
#define CARNET_OP_SERVICE_ADD "service.add"
/** Changes a service; what was sold keeps its old price. */
#define CARNET_OP_SERVICE_CHANGE "service.change"
/** Lists categories and services. */
#define CARNET_OP_SERVICE_LIST "service.list"
/** Adds a client. Any field may be empty. */
#define CARNET_OP_CLIENT_ADD "client.add"
/** Sets or clears fields of a client. */
#define CARNET_OP_CLIENT_CHANGE "client.change"
/** Attaches a tag to a client. */
#define CARNET_OP_CLIENT_TAG "client.tag"
/** Returns one client. */
#define CARNET_OP_CLIENT_GET "client.get"
/** Finds clients by name, phone, e-mail, card or external id. */
#define CARNET_OP_CLIENT_FIND "client.find"
/** Everything about a client in one reply. */
#define CARNET_OP_CLIENT_OVERVIEW "client.overview"
/** Issues a card to a client. */
#define CARNET_OP_CARD_ADD "card.add"
/** Finds a card by what the reader sends. */
#define CARNET_OP_CARD_FIND "card.find"
/** Adds a plan to the price list. */
#define CARNET_OP_PLAN_ADD "plan.add"
/** Changes a plan; only the next sale is affected. */
#define CARNET_OP_PLAN_CHANGE "plan.change"
/** Takes a plan out of online sale, and from the desk if asked; holders go on. */
#define CARNET_OP_PLAN_DEACTIVATE "plan.deactivate"
/** Deletes a plan: its passes are suspended, reversibly. */
#define CARNET_OP_PLAN_DELETE "plan.delete"
/** Lists the plans, or those for sale through one channel. */
#define CARNET_OP_PLAN_LIST "plan.list"
/** Sells a plan to a client. */
#define CARNET_OP_PASS_SELL "pass.sell"
/** Returns one pass with its state and rest. */
#define CARNET_OP_PASS_GET "pass.get"
/** Lists passes of a client, of a plan, or those that end soon. */
#define CARNET_OP_PASS_LIST "pass.list"
/** Cancels a pass, now or at its end; refunds what is asked for, the rest of its value lapses. */
#define CARNET_OP_PASS_CANCEL "pass.cancel"
/** Lists every pass that would pay for a service, in order, and for every other pass why not. */
#define CARNET_OP_PASS_QUOTE "pass.quote"
/** Uses a pass for a service without a door: takes the visits or credit. */
#define CARNET_OP_PASS_USE "pass.use"
/** Freezes a pass: it cannot be used for some days, and its end moves by them. */
#define CARNET_OP_PASS_FREEZE "pass.freeze"
/** Ends a freeze today, or calls off one that has not begun. */
#define CARNET_OP_PASS_UNFREEZE "pass.unfreeze"
/** Freezes all open passes of the venue, or those of one plan. */
#define CARNET_OP_PASS_FREEZE_ALL "pass.freeze_all"
/** Moves the end of a pass on, also of one that has ended. */
#define CARNET_OP_PASS_EXTEND "pass.extend"
/** Edits a pass: its last day, its notes, whether it renews by itself. */
#define CARNET_OP_PASS_CHANGE "pass.change"
/** What was done to a pass after its sale, with what it was before and after. */
#define CARNET_OP_PASS_HISTORY "pass.history"
/** Sells the pass that follows another, from its end on. */
#define CARNET_OP_PASS_RENEW "pass.renew"
/** Lists the passes that renew by themselves and whose payment is due. */
#define CARNET_OP_RENEWAL_DUE "renewal.due"
/** Records that the payment of a renewal failed. */
#define CARNET_OP_RENEWAL_FAILED "renewal.failed"
/** Gives a pass to another client. */
#define CARNET_OP_PASS_TRANSFER "pass.transfer"
/** Changes a pass for one of another plan; what it is still worth pays for the new one. */
#define CARNET_OP_PASS_REPLACE "pass.replace"
/** Books a service; a pass pays for it when it is made, or when it is attended. */
#define CARNET_OP_BOOKING_ADD "booking.add"
/** Calls a booking off, and gives back what it took. */
#define CARNET_OP_BOOKING_CANCEL "booking.cancel"
/** Writes down that the client came. */
#define CARNET_OP_BOOKING_ATTEND "booking.attend"
/** Lists the bookings of a client, or of the venue, by their beginning. */
#define CARNET_OP_BOOKING_LIST "booking.list"
/** Gives a pass visits or credit or takes some away, by hand. */
#define CARNET_OP_PASS_ADJUST "pass.adjust"
/** Puts money on a client's account. */
#define CARNET_OP_ACCOUNT_TOP_UP "account.top_up"
/** Pays from a client's account. */
#define CARNET_OP_ACCOUNT_CHARGE "account.charge"
/** Gives a client money or takes some away, by hand. */
#define CARNET_OP_ACCOUNT_ADJUST "account.adjust"
/** Sets how far a client's account may be used beyond what is on it. */
#define CARNET_OP_ACCOUNT_LIMIT "account.limit"
/** Lists the movements of an account with a running balance. */
#define CARNET_OP_ACCOUNT_STATEMENT "account.statement"
/** Holds money, visits or credit for a client: all of it or nothing, until a time. */
#define CARNET_OP_HOLD_PLACE "hold.place"
/** Takes what is held, less of it, or more within the limit of the hold; the rest is free. */
#define CARNET_OP_HOLD_CAPTURE "hold.capture"
/** Frees what is held. */
#define CARNET_OP_HOLD_RELEASE "hold.release"
/** Returns one hold with what it is now. */
#define CARNET_OP_HOLD_GET "hold.get"
/** Lists the holds of a client, or those of the venue that are open. */
#define CARNET_OP_HOLD_LIST "hold.list"
/** Moves back what a movement moved, whole or in part, once, to where it came from. */
#define CARNET_OP_TRANSFER_REVERSE "transfer.reverse"
/** Answers whether a client may come in. Writes nothing. */
#define CARNET_OP_ACCESS_DECIDE "access.decide"
/** Decides again and lets the client in: takes the visit or credit. A refusal is recorded as an attempt. */
#define CARNET_OP_ACCESS_ENTER "access.enter"
/** Ends the visit of a client. */
#define CARNET_OP_ACCESS_EXIT "access.exit"
/** Lists the clients who are inside a venue. */
#define CARNET_OP_ACCESS_WHO_IS_IN "access.who_is_in"
/** Lists late entries that nothing paid for. */
#define CARNET_OP_CONFLICT_LIST "conflict.list"
/** Writes down how a conflict was settled. */
#define CARNET_OP_CONFLICT_SETTLE "conflict.settle"
/** Opens the business day of a venue. */
#define CARNET_OP_DAY_OPEN "day.open"
/** Closes the business day: posts value earned by time and value that expired. */
#define CARNET_OP_DAY_CLOSE "day.close"
/** Sales of a period by plan and by method of payment. */
#define CARNET_OP_REPORT_SALES "report.sales"
/** Visits of a period by weekday and hour of the venue's zone. */
#define CARNET_OP_REPORT_VISITS "report.visits"
/** Services rendered in a period, apart from what was sold. */
#define CARNET_OP_REPORT_SERVICES "report.services"
/** What the venue still owes: value sold and not yet given, and money on accounts. */
#define CARNET_OP_REPORT_OWED "report.owed"
/** The books of a venue over a period of business dates: what is owed for passes, and every counter-account. */
#define CARNET_OP_REPORT_BOOKS "report.books"
/** Returns what changed after a position of the journal, in order, with no gap. */
#define CARNET_OP_CHANGES_SINCE "changes.since"
/** Returns journal entries in full, for replay. Contains personal data. */
#define CARNET_OP_JOURNAL_EXPORT "journal.export"
/** Recomputes every digest and the whole chain of the journal. */
#define CARNET_OP_JOURNAL_VERIFY "journal.verify"
/** Rebuilds everything derived from the ledger and lists every difference. */
#define CARNET_OP_STORE_CHECK "store.check"

#ifndef CARNET_API
#if defined(_WIN32) && !defined(CARNET_STATIC)
#define CARNET_API __declspec(dllimport)
#else
#define CARNET_API
#endif
#endif


/**
 * An open store. Any thread may use it, several at a time.
 */
typedef struct carnet_engine carnet_engine;

/**
 * What went wrong. Any thread may read it, several at a time.
 */
typedef struct carnet_error carnet_error;

/**
 * Text owned by the library: UTF-8 of `len` bytes, and a zero byte after the end for convenience. Freed by
 * `carnet_string_free`, by nothing else.
 */
typedef struct {
    /**
     * The text. Null where there is none.
     */
    const char *ptr;
    /**
     * Its length in bytes, without the zero byte.
     */
    size_t len;
} carnet_string;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the library, such as `0.1.0`. Static memory.
 */
CARNET_API
const char *carnet_version(void);

/**
 * The version of the ABI. A library serves every program built for the same number; see `CARNET_ABI_VERSION`.
 */
CARNET_API
int32_t carnet_abi_version(void);

/**
 * Opens a store.
 *
 * @param path       UTF-8
 * @param options    a JSON object, such as `{"create":true}`; null for none
 * @param engine     gets the handle; null on failure
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason, `CARNET_REASON_*`
 *
 * Requires:
 * Texts are readable over their length; `engine` and `error` are null or writable.
 */
CARNET_API
int32_t carnet_engine_open(const char *path,
                           size_t path_len,
                           const char *options,
                           size_t options_len,
                           carnet_engine **engine,
                           carnet_error **error);

/**
 * Closes a store: running calls are waited for, later ones fail with `CARNET_REASON_BAD_HANDLE`. Sets the
 * handle to null; does nothing to one that is null.
 *
 * Requires:
 * `engine` and `error` are null or writable.
 */
CARNET_API
int32_t carnet_engine_close(carnet_engine **engine,
                            carnet_error **error);

/**
 * Executes one operation.
 *
 * @param request    a JSON object: `{"op":"client.add","args":{…}}`, UTF-8
 * @param len        its length in bytes; `SIZE_MAX` if a zero byte ends it
 * @param reply      gets the reply as JSON, to be freed; nothing on failure; may be null
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason, `CARNET_REASON_*`
 *
 * Requires:
 * The text is readable over its length; `reply` and `error` are null or writable.
 */
CARNET_API
int32_t carnet_execute(const carnet_engine *engine,
                       const char *request,
                       size_t len,
                       carnet_string *reply,
                       carnet_error **error);

/**
 * Frees a text and sets it to nothing. Does nothing to a null pointer or to nothing.
 *
 * Requires:
 * `string` is null or points to a text of this library or to nothing.
 */
CARNET_API
void carnet_string_free(carnet_string *string);

/**
 * The number of the reason, `CARNET_REASON_*`. 0 for a null pointer, `CARNET_REASON_BAD_HANDLE` for a freed one.
 */
CARNET_API
int32_t carnet_error_number(const carnet_error *error);

/**
 * The family: `invalid_input`, `not_found`, `refused`, `conflict`, `storage`, `misuse` or `internal`. Lives
 * as long as the error; null for a null or freed one.
 */
CARNET_API
const char *carnet_error_code(const carnet_error *error);

/**
 * The reason, a stable word. Lives as long as the error; null for a null or freed one.
 */
CARNET_API
const char *carnet_error_reason(const carnet_error *error);

/**
 * The field that was wrong, such as `payments.0.amount`; null if there is none. Lives as long as the error.
 */
CARNET_API
const char *carnet_error_field(const carnet_error *error);

/**
 * One English sentence for developers. Lives as long as the error; null for a null or freed one.
 */
CARNET_API
const char *carnet_error_message(const carnet_error *error);

/**
 * All of it as a JSON object: code, number, reason, field, details. Lives as long as the error; null for a
 * null or freed one.
 */
CARNET_API
const char *carnet_error_json(const carnet_error *error);

/**
 * Frees an error and sets the pointer to null. Does nothing to a null or freed one.
 *
 * Requires:
 * `error` is null or writable.
 */
CARNET_API
void carnet_error_free(carnet_error **error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* CARNET_H */
