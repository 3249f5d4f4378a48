/*
 * Carnet: a memberships engine. The C ABI.
 *
 * Made by ffi/tests/header.rs; do not edit.
 */

/**
 * @mainpage Carnet for C
 *
 * @section ownership Ownership
 * What a function returns through a pointer to a pointer, or as a carnet_string, belongs to the caller, who gives it
 * back to the function that is named for it: carnet_engine_close, carnet_changes_free, carnet_error_free,
 * carnet_string_free. Never to free(). Those functions take the address of the handle and set it to null; given null
 * they do nothing. A `const char *` that is returned is lent: static memory, or it lives as long as its error. Nothing
 * that a caller passes is kept after the call, but the `user` of carnet_log_set.
 *
 * @section errors Errors
 * A function that can fail returns 0 (CARNET_OK) or the number of a reason, CARNET_REASON_*. Numbers are for ever; the
 * hundreds are the family: 1xx the request is malformed, 2xx something named in it does not exist, 3xx a rule refuses,
 * 4xx it contradicts what is stored, 5xx the store could not do it, 9xx the library was called in a way it must not be,
 * 999 a defect of the library. Every reason has a page in docs/errors. The last parameter gets the details: which field,
 * how much is missing, until when. After a failure every result is empty and nothing was done. A defect inside the
 * library ends the call with CARNET_REASON_INTERNAL and never the process; later calls on the same engine return
 * CARNET_REASON_POISONED, until it is closed and opened again.
 *
 * @section handles Handles
 * carnet_engine, carnet_changes and carnet_error are looked up, never followed: one that is null, was closed, or is of
 * another kind is CARNET_REASON_NULL_POINTER or CARNET_REASON_BAD_HANDLE, not a crash. No handle is used again.
 *
 * @section threads Threads
 * Every function may be called from any thread, several at a time, also on one engine; \@threadsafe says where there
 * is more to it. Calls that write share commits; calls that read run beside them. carnet_engine_close waits for
 * running calls. Callbacks (carnet_progress, carnet_log) must not call into the same engine, but carnet_interrupt.
 * The floating-point control words of the calling thread are put aside while a call runs, and are as before after it.
 *
 * @section texts Strings
 * UTF-8 with a length in bytes; SIZE_MAX for a text that ends with a zero byte. Anything else than UTF-8 is an error.
 * Texts in structs are arrays that end with a zero byte. Texts in results that do not fit are cut between characters.
 *
 * @section structs Structs
 * A struct begins with its size: CARNET_INIT(&call) empties one and sets it. Empty fields are left out, as in JSON. Ids
 * are positive; 0 is none. Money is in minor units with a currency. Instants are microseconds since
 * 1970-01-01T00:00:00Z. Structs hold no pointers and no hidden gaps, so offsets are the same in 32 and 64 bits.
 * A released struct never changes; a later library knows it by its size.
 *
 * @section versioning Versioning
 * CARNET_VERSION_NUMBER is the version that a program was built with, carnet_version_number() the one it runs with.
 * Within one CARNET_ABI_VERSION things are only added. \@since is the first version that has a thing; constants
 * without it are as old as their group.
 *
 * @section example Minimal example
 * @code{.c}
 * #include <carnet.h>
 * #include <stdio.h>
 *
 * int main(void)
 * {
 *     carnet_engine *engine = NULL;
 *     carnet_error *error = NULL;
 *     if (carnet_engine_open("club.db", SIZE_MAX, NULL, 0, &engine, &error) != CARNET_OK) {
 *         fprintf(stderr, "%s\n", carnet_error_json(error));
 *         carnet_error_free(&error);
 *         return 1;
 *     }
 *     carnet_access access;
 *     carnet_decision decision;
 *     CARNET_INIT(&access);
 *     CARNET_INIT(&decision);
 *     strcpy(access.card, "04A2B9");
 *     if (carnet_access_decide(engine, NULL, &access, &decision, NULL) == CARNET_OK)
 *         printf("%s\n%s\n", decision.line1, decision.line2);
 *     carnet_engine_close(&engine, NULL);
 *     return 0;
 * }
 * @endcode
 */

#ifndef CARNET_H
#define CARNET_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef CARNET_API
#if defined(_WIN32) && !defined(CARNET_STATIC)
#define CARNET_API __declspec(dllimport)
#else
#define CARNET_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @defgroup carnet_version Version
 * @{
 */

/** The major number of the version this header is of. */
#define CARNET_VERSION_MAJOR 0
/** The minor number of the version this header is of. */
#define CARNET_VERSION_MINOR 1
/** The patch number of the version this header is of. */
#define CARNET_VERSION_PATCH 0
/** The version this header is of, such as 1002003 for 1.2.3. */
#define CARNET_VERSION_NUMBER \
    (CARNET_VERSION_MAJOR * 1000000 + CARNET_VERSION_MINOR * 1000 + CARNET_VERSION_PATCH)
/** Grows when a program built before must be built again; compare with carnet_abi_version(). */
#define CARNET_ABI_VERSION 1

/**
 * The version of the library that runs.
 *
 * @return such as `0.1.0`. Static memory
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API const char *carnet_version(void);

/**
 * The version of the library that runs, as a number. A program compares it with `CARNET_VERSION_NUMBER`, the version it
 * was built with.
 *
 * @return such as 1002003 for 1.2.3
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API int32_t carnet_version_number(void);

/**
 * The version of the ABI. A library serves every program built for the same number.
 *
 * @return the number, to be compared with `CARNET_ABI_VERSION`
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API int32_t carnet_abi_version(void);

/** @} */

/**
 * @defgroup carnet_errors Errors
 * @{
 */

/** No error. */
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
/** invalid_input: the content is not a JPEG, PNG or WebP */
#define CARNET_REASON_NOT_A_PHOTO 126
/** invalid_input: the value is not of the kind that the field holds */
#define CARNET_REASON_FIELD_KIND 127
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
/** not_found: no such comment */
#define CARNET_REASON_COMMENT_NOT_FOUND 219
/** not_found: no such consent */
#define CARNET_REASON_CONSENT_NOT_FOUND 220
/** not_found: no such photo or file */
#define CARNET_REASON_FILE_NOT_FOUND 221
/** not_found: no such field of the venue's chart */
#define CARNET_REASON_FIELD_NOT_FOUND 222
/** not_found: no such household */
#define CARNET_REASON_HOUSEHOLD_NOT_FOUND 223
/** not_found: no such message */
#define CARNET_REASON_MESSAGE_NOT_FOUND 224
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
/** refused: the plan does not allow this, or the rights of the operator */
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
/** refused: the client is not a company, or is itself */
#define CARNET_REASON_NOT_A_COMPANY 323
/** refused: the client is not a person */
#define CARNET_REASON_NOT_A_PERSON 324
/** refused: the client belongs to no company */
#define CARNET_REASON_NO_COMPANY 325
/** refused: the card was given back */
#define CARNET_REASON_CARD_RETURNED 326
/** refused: the card is not blocked */
#define CARNET_REASON_NOT_BLOCKED 327
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
/** misuse: an earlier call on this engine failed inside the library: close it and open it again */
#define CARNET_REASON_POISONED 906
/** misuse: the struct is not one of this library: its struct_size is wrong, or it is not aligned */
#define CARNET_REASON_BAD_STRUCT 907
/** internal: a defect of the library; please report it */
#define CARNET_REASON_INTERNAL 999

/**
 * What went wrong. A handle: looked up, never followed.
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
typedef struct carnet_error carnet_error;

/**
 * The number of the reason.
 *
 * @param error      an error, or null
 * @return `CARNET_REASON_*`; 0 for a null pointer, `CARNET_REASON_BAD_HANDLE` for a freed error
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API int32_t carnet_error_number(const carnet_error *error);

/**
 * Which of the requests of a batch failed.
 *
 * @param error      an error, or null
 * @return its index, from 0; -1 if the error is not about one request of a batch, and for a null or freed error
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API int64_t carnet_error_index(const carnet_error *error);

/**
 * The family of the reason.
 *
 * @param error      an error, or null
 * @return `invalid_input`, `not_found`, `refused`, `conflict`, `storage`, `misuse` or `internal`. Lives as long as the
 *                   error; null for a null or freed one
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API const char *carnet_error_code(const carnet_error *error);

/**
 * The reason.
 *
 * @param error      an error, or null
 * @return a stable word, such as `card_not_found`. Lives as long as the error; null for a null or freed one
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API const char *carnet_error_reason(const carnet_error *error);

/**
 * The field that was wrong.
 *
 * @param error      an error, or null
 * @return such as `payments.0.amount`; null if no field is to blame. Lives as long as the error; null for a null or
 *                   freed one
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API const char *carnet_error_field(const carnet_error *error);

/**
 * What went wrong, for developers.
 *
 * @param error      an error, or null
 * @return one English sentence, never with personal data. Lives as long as the error; null for a null or freed one
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API const char *carnet_error_message(const carnet_error *error);

/**
 * All of an error as a JSON object: code, number, reason, field, details.
 *
 * @param error      an error, or null
 * @return the object as text. Lives as long as the error; null for a null or freed one
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API const char *carnet_error_json(const carnet_error *error);

/**
 * Frees an error and sets the pointer to null. Does nothing to a null or freed one.
 *
 * @param error      an error, of which no text is in use any more
 * @threadsafe any thread; one error by one thread at a time
 * @since 0.1.0
 *
 * Requires:
 * `error` is null or writable.
 */
CARNET_API void carnet_error_free(carnet_error **error);

/**
 * The stable word of a reason, such as `card_not_found`.
 *
 * @param number     `CARNET_REASON_*`
 * @return static memory; null for a number that is none
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API const char *carnet_reason_name(int32_t number);

/**
 * The family of a reason, such as `not_found`.
 *
 * @param number     `CARNET_REASON_*`
 * @return static memory; null for a number that is none
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API const char *carnet_reason_code(int32_t number);

/**
 * One English sentence about a reason, for developers.
 *
 * @param number     `CARNET_REASON_*`
 * @return static memory; null for a number that is none
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API const char *carnet_reason_message(int32_t number);

/**
 * The stable word of a reason why a door stays shut, such as `day_limit`.
 *
 * @param number     `CARNET_DENY_*`
 * @return static memory; null for a number that is none
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
CARNET_API const char *carnet_deny_name(int32_t number);

/** @} */

/**
 * @defgroup carnet_strings Strings
 * @{
 */

/**
 * Text owned by the library: UTF-8 of `len` bytes, and a zero byte after the end for convenience. Freed by
 * `carnet_string_free`, by nothing else.
 * @since 0.1.0
 */
typedef struct carnet_string {
    /** The text. Null where there is none. */
    const char *ptr;
    /** Its length in bytes, without the zero byte. */
    size_t len;
} carnet_string;

/**
 * Frees a text and sets it to nothing. Does nothing to a null pointer or to nothing.
 *
 * @param string     a text of this library, which must not have been freed through a copy of the struct
 * @threadsafe any thread; one text by one thread at a time
 * @since 0.1.0
 *
 * Requires:
 * `string` is null or points to a text of this library or to nothing.
 */
CARNET_API void carnet_string_free(carnet_string *string);

/** @} */

/**
 * @defgroup carnet_engine Engine
 * @{
 */

/**
 * An open store. A handle: looked up, never followed.
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 */
typedef struct carnet_engine carnet_engine;

/**
 * Opens a store: a SQLite file by its path, or a PostgreSQL server by its URL, `postgresql://user@host/database`.
 *
 * @param path       UTF-8
 * @param path_len   its length in bytes; `SIZE_MAX` if a zero byte ends it
 * @param options    a JSON object, such as `{"create":true}`; null for none
 * @param options_len its length in bytes; `SIZE_MAX` if a zero byte ends it
 * @param engine     gets the handle, to be closed; null on failure
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason: `CARNET_REASON_MISSING` where there is no store and `create` is not set
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * Texts are readable over their length; `engine` and `error` are null or writable.
 */
CARNET_API int32_t carnet_engine_open(
    const char *path,
    size_t path_len,
    const char *options,
    size_t options_len,
    carnet_engine **engine,
    carnet_error **error);

/**
 * Closes a store and sets the handle to null; does nothing to one that is null. Running calls are waited for, those that
 * wait for changes end; the engine's threads have ended when it returns. Later calls fail with `CARNET_REASON_BAD_HANDLE`.
 *
 * @param engine     the handle, by its address
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason; the store is closed all the same
 * @threadsafe any thread; not from a callback of the same engine
 * @since 0.1.0
 *
 * Requires:
 * `engine` and `error` are null or writable.
 */
CARNET_API int32_t carnet_engine_close(carnet_engine **engine, carnet_error **error);

/**
 * Interrupts what is running on an engine: reads, waits for changes and for a turn to write, and backups end with
 * `CARNET_REASON_INTERRUPTED`. A write that has begun is carried out. Calls that begin afterwards are not affected. On a
 * server, a statement that is running there is waited for.
 *
 * @param engine     an open engine
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason
 * @threadsafe any thread, several at a time; also from a callback
 * @since 0.1.0
 *
 * Requires:
 * `error` is null or writable.
 */
CARNET_API int32_t carnet_interrupt(const carnet_engine *engine, carnet_error **error);

/** @} */

/**
 * @defgroup carnet_execute Execute: every operation, in JSON
 * @{
 */

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
/** Adds the client with a key in another system, or changes the one that has it. */
#define CARNET_OP_CLIENT_PUT "client.put"
/** Finds what has a key in another system. */
#define CARNET_OP_EXTERNAL_ID_FIND "external_id.find"
/** Clients added in a period, by where they heard of the venue. */
#define CARNET_OP_REPORT_SOURCES "report.sources"
/** Writes a comment about a client. */
#define CARNET_OP_CLIENT_COMMENT_ADD "client.comment_add"
/** Removes a comment: who and when stays, the text goes. */
#define CARNET_OP_CLIENT_COMMENT_REMOVE "client.comment_remove"
/** Lists the comments about a client, newest first. */
#define CARNET_OP_CLIENT_COMMENTS "client.comments"
/** Writes down that a client agrees to something, or does no more. */
#define CARNET_OP_CLIENT_CONSENT "client.consent"
/** Lists what a client agreed to, newest first. */
#define CARNET_OP_CLIENT_CONSENTS "client.consents"
/** Sets the photo of a client: its bytes, or where the host keeps it. */
#define CARNET_OP_CLIENT_PHOTO_SET "client.photo_set"
/** Returns the photo of a client. */
#define CARNET_OP_CLIENT_PHOTO_GET "client.photo_get"
/** Removes the photo of a client. */
#define CARNET_OP_CLIENT_PHOTO_REMOVE "client.photo_remove"
/** Adds a file to a client. */
#define CARNET_OP_CLIENT_FILE_ADD "client.file_add"
/** Lists the files of a client, newest first. */
#define CARNET_OP_CLIENT_FILES "client.files"
/** Returns a file of a client. */
#define CARNET_OP_CLIENT_FILE_GET "client.file_get"
/** Removes a file of a client. */
#define CARNET_OP_CLIENT_FILE_REMOVE "client.file_remove"
/** Changes an operator: name, rights, keys. */
#define CARNET_OP_OPERATOR_CHANGE "operator.change"
/** Adds a field to the chart of the venue's clients. */
#define CARNET_OP_FIELD_ADD "field.add"
/** Changes a field of the chart. */
#define CARNET_OP_FIELD_CHANGE "field.change"
/** Lists the fields of the venue's chart. */
#define CARNET_OP_FIELD_LIST "field.list"
/** Writes into the chart of a client. */
#define CARNET_OP_CLIENT_CHART_SET "client.chart_set"
/** Returns the chart of a client, without what is sensitive. */
#define CARNET_OP_CLIENT_CHART_GET "client.chart_get"
/** Returns the whole chart to an operator who may read it, and notes that it was read. */
#define CARNET_OP_CLIENT_CHART_OPEN "client.chart_open"
/** Lists who opened the chart of a client. */
#define CARNET_OP_CLIENT_CHART_READERS "client.chart_readers"
/** Adds a household. */
#define CARNET_OP_HOUSEHOLD_ADD "household.add"
/** Changes a household: its name, who belongs to it. */
#define CARNET_OP_HOUSEHOLD_CHANGE "household.change"
/** Lists who belongs to a company. */
#define CARNET_OP_COMPANY_GUESTS "company.guests"
/** Invites a client to an online account: a message with a token is queued. */
#define CARNET_OP_CLIENT_INVITE "client.invite"
/** Takes an invitation up. A token that does nothing is an attempt that is refused. */
#define CARNET_OP_CLIENT_ACTIVATE "client.activate"
/** Lists what waits in the outbox, with addresses and tokens. */
#define CARNET_OP_MESSAGE_LIST "message.list"
/** Writes down that a message was sent, or could not be. */
#define CARNET_OP_MESSAGE_DONE "message.done"
/** Everything about a client in one reply. */
#define CARNET_OP_CLIENT_OVERVIEW "client.overview"
/** Finds clients by whatever is typed at the desk, the best match first. */
#define CARNET_OP_CLIENT_SEARCH "client.search"
/** Issues a card to a client. */
#define CARNET_OP_CARD_ADD "card.add"
/** Finds a card by what the reader sends. */
#define CARNET_OP_CARD_FIND "card.find"
/** Blocks a card: it opens nothing until it is free again. */
#define CARNET_OP_CARD_BLOCK "card.block"
/** Frees a card that is blocked. */
#define CARNET_OP_CARD_UNBLOCK "card.unblock"
/** Takes a card back: it can be issued again to anybody. */
#define CARNET_OP_CARD_RETURN "card.return"
/** Blocks a card and issues another one to its client. */
#define CARNET_OP_CARD_REPLACE "card.replace"
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
/** What can be spent from a client's account. */
#define CARNET_OP_ACCOUNT_BALANCE "account.balance"
/** Lists the movements of an account with a running balance. */
#define CARNET_OP_ACCOUNT_STATEMENT "account.statement"
/** Takes a running pass over from an older system, once. */
#define CARNET_OP_PASS_IMPORT "pass.import"
/** Takes a client's balance or debt over from an older system, once. */
#define CARNET_OP_ACCOUNT_IMPORT "account.import"
/** What was taken over from older systems: counts and totals. */
#define CARNET_OP_REPORT_OPENING "report.opening"
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
/** Lists clients in an order, with filters, page by page. */
#define CARNET_OP_CLIENT_LIST "client.list"
/** Sets or clears parameters of a visit, such as the settings of machines. */
#define CARNET_OP_VISIT_PARAMETERS "visit.parameters"
/** The last value of each parameter that a client's visits had. */
#define CARNET_OP_VISIT_LAST_PARAMETERS "visit.last_parameters"
/** Lists the visits of a client, with their parameters and what paid for them. */
#define CARNET_OP_CLIENT_VISITS "client.visits"
/** Lists all that happened to a client, the latest first. */
#define CARNET_OP_CLIENT_HISTORY "client.history"
/** Who was there in an interval, or whether one client was. */
#define CARNET_OP_PRESENCE_BETWEEN "presence.between"
/** How often a client came in the last weeks. */
#define CARNET_OP_CLIENT_FREQUENCY "client.frequency"
/** Ranks the clients of a venue by how often they came in a period. */
#define CARNET_OP_REPORT_FREQUENCY "report.frequency"
/** The day of a venue on one page. */
#define CARNET_OP_DESK_TODAY "desk.today"
/** Writes down what is due; calling it twice or never changes no right and no balance. */
#define CARNET_OP_TICK "tick"
/** Lists what was written by papers of the host, with what each line came to. */
#define CARNET_OP_DOCUMENT_FIND "document.find"
/** Versions, settings, counts and results of checks, without personal data. */
#define CARNET_OP_SUPPORT_REPORT "support.report"

/**
 * Executes one operation.
 *
 * @param engine     an open engine
 * @param request    a JSON object: `{"op":"client.add","args":{…}}`, UTF-8, of at most 1 MiB
 * @param request_len its length in bytes; `SIZE_MAX` if a zero byte ends it
 * @param reply      gets the reply as JSON, `{"reply":{…},"at":"…","position":1}`, to be freed; nothing on failure; may be
 *                   null
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * The text is readable over its length; `reply` and `error` are null or writable.
 */
CARNET_API int32_t carnet_execute(
    const carnet_engine *engine,
    const char *request,
    size_t request_len,
    carnet_string *reply,
    carnet_error **error);

/**
 * Executes several writes in order, all of them or none. In the place of any value of its arguments, a write may name what an
 * earlier one answered: `{"reply_of":0,"field":"client"}`.
 *
 * @param engine     an open engine
 * @param requests   a JSON array of at most 1000 requests as for `carnet_execute`, UTF-8, of at most 1 MiB
 * @param requests_len its length in bytes; `SIZE_MAX` if a zero byte ends it
 * @param replies    gets `{"replies":[…]}`, to be freed; nothing on failure; may be null
 * @param error      gets details of the first failure, to be freed; `carnet_error_index` says which request it was; may
 *                   be null
 * @return 0, or the number of a reason, and then nothing was done
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * The text is readable over its length; `replies` and `error` are null or writable.
 */
CARNET_API int32_t carnet_execute_batch(
    const carnet_engine *engine,
    const char *requests,
    size_t requests_len,
    carnet_string *replies,
    carnet_error **error);

/** @} */

/**
 * @defgroup carnet_changes Changes: the feed of what was done
 * @{
 */

/**
 * A reader of the change feed, at a position of the journal. A handle: looked up, never followed.
 * @threadsafe any thread; one after the other
 * @since 0.1.0
 */
typedef struct carnet_changes carnet_changes;

/**
 * Opens a reader of what changes.
 *
 * @param engine     an open engine
 * @param after      the last position of the journal that was seen; 0 for the beginning
 * @param limit      how many entries `carnet_changes_next` hands out at most, 1 to 1000; 0 for 100
 * @param changes    gets the handle, to be freed; null on failure
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * `changes` and `error` are null or writable.
 */
CARNET_API int32_t carnet_changes_open(
    const carnet_engine *engine,
    int64_t after,
    int32_t limit,
    carnet_changes **changes,
    carnet_error **error);

/**
 * Waits for entries of the journal after the last that was handed out, and hands out the next of them, in order and
 * with no gap.
 *
 * @param changes    an open reader; a second thread waits until the first is done
 * @param wait_ms    how long to wait where there is nothing new, milliseconds, up to a day; 0 for not at all
 * @param page       gets a JSON object as `changes.since` replies it, `{"entries":[…],"last":7,"more":false}`, to be freed;
 *                   nothing (null) if the time was over, or on failure
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, also if the time was over, or the number of a reason: `CARNET_REASON_CLOSED` or `CARNET_REASON_BAD_HANDLE`
 *                   once the engine was closed, `CARNET_REASON_INTERRUPTED` after `carnet_interrupt`
 * @threadsafe any thread
 * @since 0.1.0
 *
 * Requires:
 * `page` and `error` are null or writable.
 */
CARNET_API int32_t carnet_changes_next(
    const carnet_changes *changes,
    int64_t wait_ms,
    carnet_string *page,
    carnet_error **error);

/**
 * The position up to which a reader has handed out everything: what a host keeps, to go on from there another time.
 *
 * @param changes    an open reader
 * @return the position; -1 for a null or freed reader
 * @threadsafe any thread; waits while `carnet_changes_next` runs
 * @since 0.1.0
 */
CARNET_API int64_t carnet_changes_position(const carnet_changes *changes);

/**
 * Frees a reader and sets the pointer to null. Does nothing to a null or freed one. A running `carnet_changes_next` is
 * waited for: `carnet_interrupt` ends it.
 *
 * @param changes    the handle, by its address
 * @threadsafe any thread
 * @since 0.1.0
 *
 * Requires:
 * `changes` is null or writable.
 */
CARNET_API void carnet_changes_free(carnet_changes **changes);

/** @} */

/**
 * @defgroup carnet_backup Backup
 * @{
 */

/**
 * Told how far a backup is.
 *
 * @param user       what was given to `carnet_backup`
 * @param done       how much is copied: pages of a file, entries of the journal of a server
 * @param total      of how much, as far as is known; 0 where it is not
 * @return 0 to go on; anything else ends the backup with `CARNET_REASON_INTERRUPTED`
 * @threadsafe called on the thread of the call, which must not call into the same engine
 * @since 0.1.0
 */
typedef int32_t (*carnet_progress)(void *user, int64_t done, int64_t total);

/**
 * Copies a running store to a new file, which is a whole store by itself. From a server, the journal is replayed into it.
 *
 * @param engine     an open engine
 * @param path       where to, UTF-8
 * @param path_len   its length in bytes; `SIZE_MAX` if a zero byte ends it
 * @param progress   told how far it is, several times a second; may be null
 * @param user       handed to `progress`
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason: `CARNET_REASON_EXISTS` if something is there already,
 *                   `CARNET_REASON_INTERRUPTED` if `progress` ended it, and then nothing is left there
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * The text is readable over its length; `progress` is null or such a function; `error` is null or writable.
 */
CARNET_API int32_t carnet_backup(
    const carnet_engine *engine,
    const char *path,
    size_t path_len,
    carnet_progress progress,
    void *user,
    carnet_error **error);

/** @} */

/**
 * @defgroup carnet_log Log
 * @{
 */
/** Level of a log line: the library could not do what it had to. */
#define CARNET_LOG_ERROR 1
/** Level of a log line: something is not as it should be, the library goes on. */
#define CARNET_LOG_WARN 2
/** Level of a log line: stores opened, upgraded, closed. */
#define CARNET_LOG_INFO 3
/** Level of a log line: for the developers of the library. */
#define CARNET_LOG_DEBUG 4

/**
 * Gets one log line. It must not call into the library.
 *
 * @param user       what was given to `carnet_log_set`
 * @param level      `CARNET_LOG_*`
 * @param target     the part of the library, such as `carnet::engine`, ended by a zero byte; valid during the call
 * @param message    English text, ended by a zero byte, never with personal data; valid during the call
 * @threadsafe called on any thread, also on several at a time
 * @since 0.1.0
 */
typedef void (*carnet_log)(void *user, int32_t level, const char *target, const char *message);

/**
 * Frees what was given as `user`.
 *
 * @param user       what was given
 * @threadsafe called once, on any thread
 * @since 0.1.0
 */
typedef void (*carnet_user_free)(void *user);

/**
 * Sets who gets the log lines of all engines of the process, in place of whoever got them before. Nobody does at first.
 *
 * @param level      up to which level, `CARNET_LOG_*`
 * @param log        gets the lines; null for nobody any more
 * @param user       handed to `log`
 * @param user_free  frees `user` once nothing uses it any more, at once if this call fails; may be null
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason
 * @threadsafe any thread, several at a time; not from `log`
 * @since 0.1.0
 *
 * Requires:
 * `log` and `user_free` are null or such functions, to which `user` may be given on any thread; `error` is null or
 * writable.
 */
CARNET_API int32_t carnet_log_set(
    int32_t level,
    carnet_log log,
    void *user,
    carnet_user_free user_free,
    carnet_error **error);

/** @} */

/**
 * @defgroup carnet_till Till and turnstile: typed structs for what is done in a hurry
 * @{
 */

/** Makes a struct ready for use: all zero but for its `struct_size`. */
#define CARNET_INIT(pointer) \
    (memset((pointer), 0, sizeof *(pointer)), (void)((pointer)->struct_size = (uint32_t)sizeof *(pointer)))

/** An instant that means "now", by the engine's clock: the value time of a call that names none. */
#define CARNET_NOW 0
/** An end that never comes: 9999-01-01T00:00:00Z in microseconds. */
#define CARNET_NEVER 253370764800000000
/** In a result: there is no such instant. */
#define CARNET_NO_TIME INT64_MIN
/** In a result: visits do not come into it. */
#define CARNET_NO_VISITS (-1)
/** Flag of a call: decide and answer, write nothing. */
#define CARNET_CALL_DRY_RUN 1
/** Flag of a call: the field `line` is filled. */
#define CARNET_CALL_HAS_LINE 2
/** Whether the door opens: it does. */
#define CARNET_OUTCOME_ADMITTED 1
/** Whether the door opens: it stays shut. */
#define CARNET_OUTCOME_REFUSED 2
/** No such card. */
#define CARNET_DENY_UNKNOWN_CARD 1
/** The card is blocked, lost or was returned. */
#define CARNET_DENY_CARD_BLOCKED 2
/** No such client. */
#define CARNET_DENY_UNKNOWN_CLIENT 3
/** The client is archived. */
#define CARNET_DENY_CLIENT_ARCHIVED 4
/** The service asked for does not exist. */
#define CARNET_DENY_UNKNOWN_SERVICE 5
/** The time of the request is too far from the clock, or behind what the venue has seen. */
#define CARNET_DENY_CLOCK 6
/** The service is for the other sex. */
#define CARNET_DENY_WRONG_SEX 7
/** The service is for one sex and the client's is not known. */
#define CARNET_DENY_SEX_UNKNOWN 8
/** The client is inside already. */
#define CARNET_DENY_ALREADY_INSIDE 9
/** The client holds no pass. */
#define CARNET_DENY_NO_PASS 10
/** The pass named is not held by the client. */
#define CARNET_DENY_PASS_NOT_HELD 11
/** The pass has not started. */
#define CARNET_DENY_NOT_STARTED 12
/** The pass has ended. */
#define CARNET_DENY_EXPIRED 13
/** Nothing is left on the pass. */
#define CARNET_DENY_EXHAUSTED 14
/** The credit left is less than the price. */
#define CARNET_DENY_INSUFFICIENT_CREDIT 15
/** A credit pass cannot pay what has no price. */
#define CARNET_DENY_NO_PRICE 16
/** The pass was cancelled. */
#define CARNET_DENY_CANCELLED 17
/** The plan of the pass was deleted. */
#define CARNET_DENY_PLAN_DELETED 18
/** The pass does not cover the service. */
#define CARNET_DENY_SERVICE_NOT_COVERED 19
/** The pass is not valid at this venue. */
#define CARNET_DENY_VENUE_NOT_COVERED 20
/** The pass is not valid in this zone. */
#define CARNET_DENY_ZONE_NOT_COVERED 21
/** The client is younger than the pass allows. */
#define CARNET_DENY_TOO_YOUNG 22
/** The client is older than the pass allows. */
#define CARNET_DENY_TOO_OLD 23
/** The pass is for some ages and the client's is not known. */
#define CARNET_DENY_AGE_UNKNOWN 24
/** The pass is not valid at this hour. */
#define CARNET_DENY_OUTSIDE_HOURS 25
/** The uses of the day are used up. */
#define CARNET_DENY_DAY_LIMIT 26
/** The uses of the week are used up. */
#define CARNET_DENY_WEEK_LIMIT 27
/** The uses of the month are used up. */
#define CARNET_DENY_MONTH_LIMIT 28
/** The uses of the pass are used up. */
#define CARNET_DENY_USE_LIMIT 29
/** The last use was too short a time ago. */
#define CARNET_DENY_TOO_SOON 30
/** The pass is frozen. */
#define CARNET_DENY_FROZEN 31
/** The pass was given to another client. */
#define CARNET_DENY_TRANSFERRED 32
/** The pass was changed for another one. */
#define CARNET_DENY_REPLACED 33
/** The store could not answer. */
#define CARNET_DENY_ERROR 34
/** A pass that holds: time. */
#define CARNET_PLAN_TIME 1
/** A pass that holds: credit. */
#define CARNET_PLAN_CREDIT 2
/** A pass that holds: visits. */
#define CARNET_PLAN_VISITS 3
/** How a card is read: a magnetic stripe. */
#define CARNET_CARD_MAGNETIC 1
/** How a card is read: a printed barcode. */
#define CARNET_CARD_BARCODE 2
/** How a card is read: a radio tag. */
#define CARNET_CARD_RFID 3
/** How a card is read: a QR code. */
#define CARNET_CARD_QR 4
/** How a card is read: a reference to a face kept by the host. */
#define CARNET_CARD_FACE 5
/** Whether a card opens anything: it does. */
#define CARNET_CARD_STATE_ACTIVE 1
/** Whether a card opens anything: it was blocked by the desk. */
#define CARNET_CARD_STATE_BLOCKED 2
/** Whether a card opens anything: it was reported lost. */
#define CARNET_CARD_STATE_LOST 3
/** Whether a card opens anything: it was given back. */
#define CARNET_CARD_STATE_RETURNED 4
/** What became of a hold: what it holds is not available. */
#define CARNET_HOLD_OPEN 1
/** What became of a hold: it was captured, whole or in part; the rest is free. */
#define CARNET_HOLD_CAPTURED 2
/** What became of a hold: it was released. */
#define CARNET_HOLD_RELEASED 3
/** What became of a hold: its time was over. */
#define CARNET_HOLD_EXPIRED 4
/** An amount in money. */
#define CARNET_UNIT_MONEY 1
/** An amount in visits of a pass. */
#define CARNET_UNIT_VISITS 2
/** An amount in credit of a pass. */
#define CARNET_UNIT_CREDIT 3

/**
 * What comes with a call beside its arguments. All zero but for `struct_size` means: now, at the only venue, by nobody,
 * without a key, within the engine's time. A null pointer means the same.
 * @since 0.1.0
 */
typedef struct carnet_call {
    /** `sizeof (carnet_call)`. */
    uint32_t struct_size;
    /** `CARNET_CALL_*`, added up. */
    uint32_t flags;
    /** The value time in microseconds since 1970-01-01T00:00:00Z; `CARNET_NOW` for the engine's clock. */
    int64_t at;
    /** Where; 0 while the store has only one venue. */
    int64_t venue;
    /** The operator who acts; 0 for none. */
    int64_t by;
    /**
     * Give up with `CARNET_REASON_BUSY` if the work has not begun after this many milliseconds; 0 for what the
     * engine was opened with.
     */
    int64_t deadline_ms;
    /** The running number that the device gave an event while off line; counts only where `late_device` is filled. */
    int64_t late_seq;
    /** The line of the bill; counts only with `CARNET_CALL_HAS_LINE`. */
    int32_t line;
    /** The host's business date as YYYYMMDD, such as 20260514; 0 for none. */
    int32_t business_date;
    /**
     * The idempotency key, UTF-8, ended by a zero byte: a second call with the same key and content gets the first
     * answer again and does nothing. Empty for none.
     */
    char key[136];
    /** The device that recorded the event while off line. Empty for an event of now. */
    char late_device[136];
    /** The host's paper behind a write: its system. Empty together with the four below for none. */
    char document_system[72];
    /** Its station or till. */
    char document_station[72];
    /** Its shift. */
    char document_shift[72];
    /** Its number. */
    char document_number[72];
} carnet_call;

/**
 * A card.
 * @since 0.1.0
 */
typedef struct carnet_card {
    /** `sizeof (carnet_card)`, set by the caller. */
    uint32_t struct_size;
    /** How it is read: `CARNET_CARD_*`. */
    int32_t kind;
    /** Whether it opens anything: `CARNET_CARD_STATE_*`. */
    int32_t state;
    /** Padding. */
    int32_t reserved;
    /** Its id. */
    int64_t card;
    /** The client it identifies. */
    int64_t client;
    /** When it was issued, microseconds since 1970-01-01T00:00:00Z. */
    int64_t issued;
    /** What the reader sends, UTF-8, upper case. */
    char uid[520];
} carnet_card;

/**
 * What is asked at a door. Give the card or the client.
 * @since 0.1.0
 */
typedef struct carnet_access {
    /** `sizeof (carnet_access)`. */
    uint32_t struct_size;
    /** Padding, ignored. */
    uint32_t reserved;
    /** The client, where staff knows them; 0 where the card says it. */
    int64_t client;
    /** The pass that the client wants to use; 0 for the first that pays. */
    int64_t pass;
    /** What the client comes for; 0 for the venue's entry service. */
    int64_t service;
    /** What the reader sends, UTF-8, ended by a zero byte. Empty for none. */
    char card[136];
} carnet_access;

/**
 * Money of a currency. In results without an amount the currency is empty.
 * @since 0.1.0
 */
typedef struct carnet_money {
    /** Minor units: cents for EUR, whole yen for JPY. */
    int64_t minor;
    /** Three letters of ISO 4217 and a zero byte. */
    char currency[4];
    /** Padding, ignored. */
    char reserved[4];
} carnet_money;

/**
 * One rule that spoke against an entry, or against paying it with one pass.
 * @since 0.1.0
 */
typedef struct carnet_rule {
    /** What it says: `CARNET_DENY_*`. */
    int32_t reason;
    /** Padding. */
    int32_t reserved;
    /** The pass it speaks about; 0 if about the client, the card or the request. */
    int64_t pass;
    /** When it will stop speaking, or when what it speaks about ended, microseconds; `CARNET_NO_TIME` if it does not say. */
    int64_t until;
    /** How much is missing: visits, or credit with its currency, such as `20.00 EUR`. Empty if nothing is. */
    char missing[40];
} carnet_rule;

/**
 * The answer at a door.
 * @since 0.1.0
 */
typedef struct carnet_decision {
    /** `sizeof (carnet_decision)`, set by the caller. */
    uint32_t struct_size;
    /** `CARNET_OUTCOME_ADMITTED` or `CARNET_OUTCOME_REFUSED`. */
    int32_t outcome;
    /** The first reason why the door stays shut, `CARNET_DENY_*`; 0 where it opens. */
    int32_t reason;
    /** 1 where a re-entry within grace costs nothing, else 0. */
    int32_t reentry;
    /** How many rules spoke in all; the first eight are in `rules`, and what is behind them there means nothing. */
    int32_t rule_count;
    /** The kind of the pass that pays, `CARNET_PLAN_*`; 0 where nothing pays, and then the fields of the pass are empty. */
    int32_t kind;
    /** The client recognised; 0 for none. */
    int64_t client;
    /** The pass that pays; 0 for none. */
    int64_t pass;
    /** Its plan; 0 for none. */
    int64_t plan;
    /** Until when the pass can be used, microseconds; `CARNET_NO_TIME` if that is not known yet. */
    int64_t ends;
    /** What the entry costs in visits; `CARNET_NO_VISITS` where it costs none. */
    int64_t visits;
    /** Visits left after it; `CARNET_NO_VISITS` where the pass has none. */
    int64_t visits_left;
    /** What the entry costs in credit; no currency where it costs none. */
    carnet_money credit;
    /** Credit left after it; no currency where the pass has none. */
    carnet_money credit_left;
    /** The first rules that spoke. */
    carnet_rule rules[8];
    /** The first line for a display, UTF-8 (English). */
    char line1[64];
    /** The second line for a display. */
    char line2[64];
} carnet_decision;

/**
 * What came of an entry, beside its decision.
 * @since 0.1.0
 */
typedef struct carnet_entered {
    /** `sizeof (carnet_entered)`, set by the caller. */
    uint32_t struct_size;
    /** Padding. */
    uint32_t reserved;
    /** The visit, if the client was let in; 0 if not. */
    int64_t visit;
    /** The recorded attempt, if not; else 0. */
    int64_t attempt;
    /** Of a late entry that no pass pays: what somebody must settle; else 0. */
    int64_t conflict;
    /** The transfers of the use, for `carnet_reverse`; 0 if nothing moved. */
    int64_t group;
    /** The use, if the rules of the pass count; else 0. */
    int64_t pass_use;
} carnet_entered;

/**
 * Who leaves. Give the card or the client.
 * @since 0.1.0
 */
typedef struct carnet_leave {
    /** `sizeof (carnet_leave)`. */
    uint32_t struct_size;
    /** Padding, ignored. */
    uint32_t reserved;
    /** The client, where staff knows them; 0 where the card says it. */
    int64_t client;
    /** What the reader sends, UTF-8, ended by a zero byte. Empty for none. */
    char card[136];
} carnet_leave;

/**
 * A visit that ended.
 * @since 0.1.0
 */
typedef struct carnet_exited {
    /** `sizeof (carnet_exited)`, set by the caller. */
    uint32_t struct_size;
    /** Padding. */
    uint32_t reserved;
    /** The visit. */
    int64_t visit;
    /** The client. */
    int64_t client;
    /** How long it lasted, in seconds. */
    int64_t seconds;
} carnet_exited;

/**
 * What is on a client's account.
 * @since 0.1.0
 */
typedef struct carnet_balance {
    /** `sizeof (carnet_balance)`, set by the caller. */
    uint32_t struct_size;
    /** Padding. */
    uint32_t reserved;
    /** The account. */
    int64_t account;
    /** What can be spent: what is on it less what is held. */
    carnet_money balance;
    /** What is owed on it. */
    carnet_money debt;
    /** How far it may be used beyond what is on it. */
    carnet_money debt_limit;
} carnet_balance;

/**
 * A payment from a client's account: an amount, or the price of a service.
 * @since 0.1.0
 */
typedef struct carnet_charge {
    /** `sizeof (carnet_charge)`. */
    uint32_t struct_size;
    /** Padding, ignored. */
    uint32_t reserved;
    /** The client. */
    int64_t client;
    /** What is paid; 0 for nothing of the price list. */
    int64_t service;
    /** How much, tax included; without a currency the price of the service. */
    carnet_money amount;
    /** The tax contained, in percent, such as `19` or `8.5`. Empty for that of the service, or none. */
    char tax[16];
} carnet_charge;

/**
 * Money that moved on an account.
 * @since 0.1.0
 */
typedef struct carnet_charged {
    /** `sizeof (carnet_charged)`, set by the caller. */
    uint32_t struct_size;
    /** Padding. */
    uint32_t reserved;
    /** The account. */
    int64_t account;
    /** The transfers, for `carnet_reverse`. */
    int64_t group;
    /** What is there after it. */
    carnet_money balance;
    /** What is owed on the account after it. */
    carnet_money debt;
} carnet_charged;

/**
 * A movement that is to be moved back, whole or in part. Give the group or one transfer.
 * @since 0.1.0
 */
typedef struct carnet_reversal {
    /** `sizeof (carnet_reversal)`. */
    uint32_t struct_size;
    /** Padding, ignored. */
    uint32_t reserved;
    /** The group: all that was moved in one operation; 0 for none. */
    int64_t group;
    /** One transfer, with what belongs to it; 0 for none. */
    int64_t transfer;
    /** How much, tax included, in the unit of what was moved: `12.50`, `2`. Empty for all that is left. */
    char amount[40];
    /** Why, 1 to 200 characters of UTF-8. Shown in statements: no personal data. */
    char reason[408];
} carnet_reversal;

/**
 * A movement that was moved back, whole or in part.
 * @since 0.1.0
 */
typedef struct carnet_movement {
    /** Its first transfer. */
    int64_t transfer;
    /** A lot that was granted anew; 0 for none. */
    int64_t lot;
    /** How much was moved back: minor units of the currency, or visits. */
    int64_t amount;
    /** How much of it can still be moved back. */
    int64_t left;
    /** `CARNET_UNIT_*`. */
    int32_t unit;
    /** The currency of money and credit; empty for visits. */
    char currency[4];
} carnet_movement;

/**
 * What was moved back.
 * @since 0.1.0
 */
typedef struct carnet_reversed {
    /** `sizeof (carnet_reversed)`, set by the caller. */
    uint32_t struct_size;
    /** How many movements were reversed; the first sixteen are in `movements`. */
    uint32_t movement_count;
    /** The transfers of the reversal. */
    int64_t group;
    /** The movements. None for a use of a time pass, which moved nothing. */
    carnet_movement movements[16];
} carnet_reversed;

/**
 * An amount of one account of a client: money, or visits or credit of a pass.
 * @since 0.1.0
 */
typedef struct carnet_amount {
    /** `CARNET_UNIT_*`. */
    int32_t unit;
    /** Padding, ignored. */
    int32_t reserved;
    /** The pass; 0 for money. */
    int64_t pass;
    /** How much: minor units of the currency, or visits. */
    int64_t amount;
    /** The currency of money and credit; empty for visits. */
    char currency[4];
    /** Padding, ignored. */
    char reserved2[4];
} carnet_amount;

/**
 * What is to be held for a client: all of it or nothing.
 * @since 0.1.0
 */
typedef struct carnet_hold {
    /** `sizeof (carnet_hold)`. */
    uint32_t struct_size;
    /** How many of `parts` are filled, 1 to 16. */
    uint32_t part_count;
    /** The client. */
    int64_t client;
    /** When it runs out by itself, microseconds since 1970-01-01T00:00:00Z, up to 366 days ahead. 0 where `minutes` says it. */
    int64_t expires;
    /** After how many minutes it runs out by itself, 1 to 527040. 0 where `expires` says it. */
    int32_t minutes;
    /** Padding, ignored. */
    int32_t reserved;
    /** What is held, of different accounts. */
    carnet_amount parts[16];
    /** How much more than it holds may be captured, in percent of it, such as `20`. Empty for nothing. */
    char more_percent[16];
    /** The same as an amount of money; no currency for nothing. Give at most one of the two. */
    carnet_money more_amount;
    /** Why, up to 200 characters of UTF-8, no personal data. Empty for nothing. */
    char reason[408];
} carnet_hold;

/**
 * What is held of one lot.
 * @since 0.1.0
 */
typedef struct carnet_held {
    /** The account. */
    int64_t account;
    /** The pass that it belongs to; 0 for money. */
    int64_t pass;
    /** The lot. */
    int64_t lot;
    /** How much: minor units of the account's currency, or visits. */
    int64_t amount;
} carnet_held;

/**
 * A hold that was placed.
 * @since 0.1.0
 */
typedef struct carnet_placed {
    /** `sizeof (carnet_placed)`, set by the caller. */
    uint32_t struct_size;
    /** Of how many lots it holds something; the first sixteen are in `parts`. */
    uint32_t part_count;
    /** Its id. */
    int64_t hold;
    /** When it runs out by itself, microseconds. */
    int64_t expires;
    /** What it holds, lot by lot. */
    carnet_held parts[16];
} carnet_placed;

/**
 * What is to be captured of a hold.
 * @since 0.1.0
 */
typedef struct carnet_capture {
    /** `sizeof (carnet_capture)`. */
    uint32_t struct_size;
    /** How many of `parts` are filled, up to 16; 0 captures all that is held. */
    uint32_t part_count;
    /** The hold. */
    int64_t hold;
    /** What is paid; 0 for nothing of the price list. */
    int64_t service;
    /** 1 if what is not captured stays held, 0 if it is free. */
    int32_t keep_open;
    /** Padding, ignored. */
    int32_t reserved;
    /** How much of each account; nothing of those that are not named. */
    carnet_amount parts[16];
    /** The tax contained in the money, in percent, such as `19`. Empty for that of the service, or none. */
    char tax[16];
} carnet_capture;

/**
 * What was captured of one account.
 * @since 0.1.0
 */
typedef struct carnet_taken {
    /** The account. */
    int64_t account;
    /** How much, its unit and its pass. */
    carnet_amount amount;
} carnet_taken;

/**
 * A hold that was captured.
 * @since 0.1.0
 */
typedef struct carnet_captured {
    /** `sizeof (carnet_captured)`, set by the caller. */
    uint32_t struct_size;
    /** What it is now: `CARNET_HOLD_*`. */
    int32_t state;
    /** Its id. */
    int64_t hold;
    /** Its new version. */
    int64_t version;
    /** The transfers, for `carnet_reverse`: one group for all accounts. */
    int64_t group;
    /** Of how many accounts something was captured: as many of `parts` are filled. */
    uint32_t part_count;
    /** Padding. */
    uint32_t reserved;
    /** What was captured, account by account. */
    carnet_taken parts[16];
} carnet_captured;

/**
 * A hold that was released.
 * @since 0.1.0
 */
typedef struct carnet_released {
    /** `sizeof (carnet_released)`, set by the caller. */
    uint32_t struct_size;
    /** Padding. */
    uint32_t reserved;
    /** Its id. */
    int64_t hold;
    /** Its new version. */
    int64_t version;
} carnet_released;

/**
 * Finds a card by what the reader sends: `card.find`.
 *
 * @param engine     an open engine
 * @param call       venue and time; null for the defaults
 * @param uid        what the reader sends, UTF-8
 * @param uid_len    its length in bytes; `SIZE_MAX` if a zero byte ends it
 * @param card       gets the card; empty on failure
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason: `CARNET_REASON_CARD_NOT_FOUND`
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * The text is readable over its length, structs over their `struct_size`; `error` is null or writable.
 */
CARNET_API int32_t carnet_card_find(
    const carnet_engine *engine,
    const carnet_call *call,
    const char *uid,
    size_t uid_len,
    carnet_card *card,
    carnet_error **error);

/**
 * Answers whether a client may come in: `access.decide`. Writes nothing. A refusal is an answer, not an error.
 *
 * @param engine     an open engine
 * @param call       venue and time; null for the defaults
 * @param access     who comes, and for what
 * @param decision   gets the answer; empty on failure, and then the door stays shut
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * Structs are readable and writable over their `struct_size`; `error` is null or writable.
 */
CARNET_API int32_t carnet_access_decide(
    const carnet_engine *engine,
    const carnet_call *call,
    const carnet_access *access,
    carnet_decision *decision,
    carnet_error **error);

/**
 * Decides again and lets the client in: `access.enter`. Takes the visit or credit; a refusal is recorded as an attempt, and
 * is an answer, not an error.
 *
 * @param engine     an open engine
 * @param call       venue, time, key; null for the defaults
 * @param access     who comes, and for what
 * @param decision   gets the decision that was carried out; empty on failure; may be null
 * @param entered    gets the visit or the attempt; empty on failure; may be null
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * Structs are readable and writable over their `struct_size`; `error` is null or writable.
 */
CARNET_API int32_t carnet_access_enter(
    const carnet_engine *engine,
    const carnet_call *call,
    const carnet_access *access,
    carnet_decision *decision,
    carnet_entered *entered,
    carnet_error **error);

/**
 * Ends the visit of a client: `access.exit`.
 *
 * @param engine     an open engine
 * @param call       venue, time, key; null for the defaults
 * @param leave      who leaves
 * @param exited     gets the visit; empty on failure; may be null
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason: `CARNET_REASON_NOT_INSIDE`
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * Structs are readable and writable over their `struct_size`; `error` is null or writable.
 */
CARNET_API int32_t carnet_access_exit(
    const carnet_engine *engine,
    const carnet_call *call,
    const carnet_leave *leave,
    carnet_exited *exited,
    carnet_error **error);

/**
 * What is on a client's account: `account.balance`.
 *
 * @param engine     an open engine
 * @param call       venue and time; null for the defaults
 * @param client     the client
 * @param currency   three letters of ISO 4217; null for the currency of the venue
 * @param currency_len its length in bytes; `SIZE_MAX` if a zero byte ends it
 * @param balance    gets the balance; empty on failure
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason: `CARNET_REASON_ACCOUNT_NOT_FOUND` for a client who has none in this currency, `CARNET_REASON_CLIENT_NOT_FOUND`
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * The text is readable over its length, structs over their `struct_size`; `error` is null or writable.
 */
CARNET_API int32_t carnet_account_balance(
    const carnet_engine *engine,
    const carnet_call *call,
    int64_t client,
    const char *currency,
    size_t currency_len,
    carnet_balance *balance,
    carnet_error **error);

/**
 * Pays from a client's account: `account.charge`.
 *
 * @param engine     an open engine
 * @param call       venue, time, key, document; null for the defaults
 * @param charge     what is paid, and by whom
 * @param charged    gets what moved; empty on failure; may be null
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason: `CARNET_REASON_INSUFFICIENT`, and then nothing was paid
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * Structs are readable and writable over their `struct_size`; `error` is null or writable.
 */
CARNET_API int32_t carnet_account_charge(
    const carnet_engine *engine,
    const carnet_call *call,
    const carnet_charge *charge,
    carnet_charged *charged,
    carnet_error **error);

/**
 * Moves back what a movement moved, whole or in part: `transfer.reverse`.
 *
 * @param engine     an open engine
 * @param call       venue, time, key, operator; null for the defaults
 * @param reversal   what is moved back, and why
 * @param reversed   gets what was moved back; empty on failure; may be null
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason: `CARNET_REASON_NOTHING_TO_REVERSE`, `CARNET_REASON_ALREADY_DONE`
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * Structs are readable and writable over their `struct_size`; `error` is null or writable.
 */
CARNET_API int32_t carnet_reverse(
    const carnet_engine *engine,
    const carnet_call *call,
    const carnet_reversal *reversal,
    carnet_reversed *reversed,
    carnet_error **error);

/**
 * Holds money, visits or credit of a client, all of it or nothing: `hold.place`.
 *
 * @param engine     an open engine
 * @param call       venue, time, key; null for the defaults
 * @param hold       what is to be held, and until when
 * @param placed     gets the hold; empty on failure; may be null
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason: `CARNET_REASON_INSUFFICIENT`, and then nothing is held
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * Structs are readable and writable over their `struct_size`; `error` is null or writable.
 */
CARNET_API int32_t carnet_hold_place(
    const carnet_engine *engine,
    const carnet_call *call,
    const carnet_hold *hold,
    carnet_placed *placed,
    carnet_error **error);

/**
 * Takes what is held, less of it, or more within the limit of the hold: `hold.capture`.
 *
 * @param engine     an open engine
 * @param call       venue, time, key, document; null for the defaults
 * @param capture    the hold, and how much of it
 * @param captured   gets what was taken; empty on failure; may be null
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason: `CARNET_REASON_HOLD_ENDED`, `CARNET_REASON_OVER_CAPTURE`
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * Structs are readable and writable over their `struct_size`; `error` is null or writable.
 */
CARNET_API int32_t carnet_hold_capture(
    const carnet_engine *engine,
    const carnet_call *call,
    const carnet_capture *capture,
    carnet_captured *captured,
    carnet_error **error);

/**
 * Frees what is held: `hold.release`.
 *
 * @param engine     an open engine
 * @param call       venue, time, key; null for the defaults
 * @param hold       the hold
 * @param released   gets its new version; empty on failure; may be null
 * @param error      gets details of a failure, to be freed; may be null
 * @return 0, or the number of a reason: `CARNET_REASON_HOLD_ENDED`
 * @threadsafe any thread, several at a time
 * @since 0.1.0
 *
 * Requires:
 * Structs are readable and writable over their `struct_size`; `error` is null or writable.
 */
CARNET_API int32_t carnet_hold_release(
    const carnet_engine *engine,
    const carnet_call *call,
    int64_t hold,
    carnet_released *released,
    carnet_error **error);

/** @} */

#ifdef __cplusplus
}
#endif

#endif /* CARNET_H */
