{ Carnet for Delphi and Free Pascal: what libcarnet exports. Made by ffi/tests/header.rs; do not edit.

  Texts are UTF-8: UTF8String, and CARNET_WHOLE for the length of one that ends with a zero byte. A record that begins with
  struct_size is emptied first (FillChar) and gets its size. Handles are pointers that nobody follows; nil is none. }
unit Carnet;

{$IFDEF FPC}{$MODE DELPHI}{$H+}{$ENDIF}

interface

const
{$IFDEF MSWINDOWS}
  CARNET_LIBRARY = 'carnet.dll';
{$ELSE}
  CARNET_LIBRARY = 'libcarnet.so';
{$ENDIF}
  /// The length of a text that ends with a zero byte.
  CARNET_WHOLE = High(NativeUInt);
  /// The version this file is of.
  CARNET_BUILT_VERSION_NUMBER = 1000;
  /// Compare with carnet_abi_version.
  CARNET_BUILT_ABI_VERSION = 1;
  /// No error.
  CARNET_OK = 0;
  /// invalid_input: the field is required
  CARNET_REASON_REQUIRED = 101;
  /// invalid_input: the value has the wrong type
  CARNET_REASON_WRONG_TYPE = 102;
  /// invalid_input: no such field
  CARNET_REASON_UNKNOWN_FIELD = 103;
  /// invalid_input: the field is given twice
  CARNET_REASON_DUPLICATE_FIELD = 104;
  /// invalid_input: the value is out of range
  CARNET_REASON_OUT_OF_RANGE = 105;
  /// invalid_input: the value is too long
  CARNET_REASON_TOO_LONG = 106;
  /// invalid_input: the value is empty
  CARNET_REASON_EMPTY = 107;
  /// invalid_input: the value is not of the expected form
  CARNET_REASON_BAD_FORMAT = 108;
  /// invalid_input: not one of the values that may stand here
  CARNET_REASON_UNKNOWN_VALUE = 109;
  /// invalid_input: the text is not valid UTF-8
  CARNET_REASON_BAD_UTF8 = 110;
  /// invalid_input: the request is not valid JSON
  CARNET_REASON_BAD_JSON = 111;
  /// invalid_input: the request is larger than the published limit
  CARNET_REASON_TOO_LARGE = 112;
  /// invalid_input: no such operation
  CARNET_REASON_UNKNOWN_OPERATION = 113;
  /// invalid_input: more decimal digits than the currency has
  CARNET_REASON_TOO_MANY_DIGITS = 114;
  /// invalid_input: not a currency of ISO 4217
  CARNET_REASON_UNKNOWN_CURRENCY = 115;
  /// invalid_input: the currencies differ
  CARNET_REASON_CURRENCY_MISMATCH = 116;
  /// invalid_input: not a time zone of the IANA database
  CARNET_REASON_UNKNOWN_ZONE = 117;
  /// invalid_input: not a valid phone number
  CARNET_REASON_BAD_PHONE = 118;
  /// invalid_input: not a valid e-mail address
  CARNET_REASON_BAD_EMAIL = 119;
  /// invalid_input: the end is not after the start
  CARNET_REASON_END_BEFORE_START = 120;
  /// invalid_input: the parts do not add up to the whole
  CARNET_REASON_SUM_MISMATCH = 121;
  /// invalid_input: this field does not go with this kind of plan
  CARNET_REASON_NOT_WITH_PLAN_KIND = 122;
  /// invalid_input: the amount is too large to be calculated
  CARNET_REASON_OVERFLOW = 123;
  /// invalid_input: two fields of the request contradict each other
  CARNET_REASON_CONTRADICTION = 124;
  /// invalid_input: this operation cannot be part of a batch
  CARNET_REASON_NOT_A_BATCH = 125;
  /// invalid_input: the content is not a JPEG, PNG or WebP
  CARNET_REASON_NOT_A_PHOTO = 126;
  /// invalid_input: the value is not of the kind that the field holds
  CARNET_REASON_FIELD_KIND = 127;
  /// not_found: no such client
  CARNET_REASON_CLIENT_NOT_FOUND = 201;
  /// not_found: no such venue
  CARNET_REASON_VENUE_NOT_FOUND = 202;
  /// not_found: no such operator
  CARNET_REASON_OPERATOR_NOT_FOUND = 203;
  /// not_found: no such category
  CARNET_REASON_CATEGORY_NOT_FOUND = 204;
  /// not_found: no such service
  CARNET_REASON_SERVICE_NOT_FOUND = 205;
  /// not_found: no such plan
  CARNET_REASON_PLAN_NOT_FOUND = 206;
  /// not_found: no such pass
  CARNET_REASON_PASS_NOT_FOUND = 207;
  /// not_found: no such card
  CARNET_REASON_CARD_NOT_FOUND = 208;
  /// not_found: no such account
  CARNET_REASON_ACCOUNT_NOT_FOUND = 209;
  /// not_found: no such journal entry
  CARNET_REASON_ENTRY_NOT_FOUND = 210;
  /// not_found: no such visit
  CARNET_REASON_VISIT_NOT_FOUND = 211;
  /// not_found: no such booking
  CARNET_REASON_BOOKING_NOT_FOUND = 212;
  /// not_found: no such hold
  CARNET_REASON_HOLD_NOT_FOUND = 213;
  /// not_found: no such freeze
  CARNET_REASON_FREEZE_NOT_FOUND = 214;
  /// not_found: no such conflict
  CARNET_REASON_CONFLICT_NOT_FOUND = 215;
  /// not_found: no such transfer or group
  CARNET_REASON_TRANSFER_NOT_FOUND = 216;
  /// not_found: no such use
  CARNET_REASON_USE_NOT_FOUND = 217;
  /// not_found: no such zone
  CARNET_REASON_ZONE_NOT_FOUND = 218;
  /// not_found: no such comment
  CARNET_REASON_COMMENT_NOT_FOUND = 219;
  /// not_found: no such consent
  CARNET_REASON_CONSENT_NOT_FOUND = 220;
  /// not_found: no such photo or file
  CARNET_REASON_FILE_NOT_FOUND = 221;
  /// not_found: no such field of the venue's chart
  CARNET_REASON_FIELD_NOT_FOUND = 222;
  /// not_found: no such household
  CARNET_REASON_HOUSEHOLD_NOT_FOUND = 223;
  /// not_found: no such message
  CARNET_REASON_MESSAGE_NOT_FOUND = 224;
  /// refused: the balance does not cover the amount
  CARNET_REASON_INSUFFICIENT = 301;
  /// refused: the time of the operation is too far from the clock or behind the venue
  CARNET_REASON_CLOCK = 302;
  /// refused: the plan is not for sale through this channel
  CARNET_REASON_NOT_FOR_SALE = 303;
  /// refused: the plan was deleted
  CARNET_REASON_PLAN_DELETED = 304;
  /// refused: the pass has already ended
  CARNET_REASON_PASS_ENDED = 305;
  /// refused: the client is archived
  CARNET_REASON_CLIENT_ARCHIVED = 306;
  /// refused: a business day is open already
  CARNET_REASON_DAY_OPEN = 307;
  /// refused: no business day is open
  CARNET_REASON_DAY_NOT_OPEN = 308;
  /// refused: that business day was closed before
  CARNET_REASON_DAY_CLOSED = 309;
  /// refused: the client is not inside
  CARNET_REASON_NOT_INSIDE = 310;
  /// refused: the venue has switched this off
  CARNET_REASON_DISABLED = 311;
  /// refused: more than what is left to refund
  CARNET_REASON_NOTHING_TO_REFUND = 312;
  /// refused: the plan does not allow this, or the rights of the operator
  CARNET_REASON_NOT_ALLOWED = 313;
  /// refused: more than what the plan still allows
  CARNET_REASON_ALLOWANCE_USED = 314;
  /// refused: the change would reach into the past
  CARNET_REASON_IN_THE_PAST = 315;
  /// refused: the pass is not frozen
  CARNET_REASON_NOT_FROZEN = 316;
  /// refused: no pass of the client pays for it
  CARNET_REASON_NOT_COVERED = 317;
  /// refused: it was used, so it cannot be taken back whole
  CARNET_REASON_ALREADY_USED = 318;
  /// refused: the hold was captured or released, or its time is over
  CARNET_REASON_HOLD_ENDED = 319;
  /// refused: more than the hold allows to capture
  CARNET_REASON_OVER_CAPTURE = 320;
  /// refused: the pass was cancelled, transferred or replaced
  CARNET_REASON_PASS_CLOSED = 321;
  /// refused: more than what is left to reverse
  CARNET_REASON_NOTHING_TO_REVERSE = 322;
  /// refused: the client is not a company, or is itself
  CARNET_REASON_NOT_A_COMPANY = 323;
  /// refused: the client is not a person
  CARNET_REASON_NOT_A_PERSON = 324;
  /// refused: the client belongs to no company
  CARNET_REASON_NO_COMPANY = 325;
  /// refused: the card was given back
  CARNET_REASON_CARD_RETURNED = 326;
  /// refused: the card is not blocked
  CARNET_REASON_NOT_BLOCKED = 327;
  /// conflict: the entity was changed since it was read
  CARNET_REASON_STALE_VERSION = 401;
  /// conflict: the key was used before for other content
  CARNET_REASON_KEY_REUSED = 402;
  /// conflict: this exists already
  CARNET_REASON_ALREADY_EXISTS = 403;
  /// conflict: the external id belongs to another entity
  CARNET_REASON_EXTERNAL_ID_TAKEN = 404;
  /// conflict: the card belongs to another client
  CARNET_REASON_CARD_TAKEN = 405;
  /// conflict: this was done before
  CARNET_REASON_ALREADY_DONE = 406;
  /// storage: the store stayed busy until the deadline
  CARNET_REASON_BUSY = 501;
  /// storage: the disk is full
  CARNET_REASON_FULL = 502;
  /// storage: the store is damaged or not a Carnet store
  CARNET_REASON_CORRUPT = 503;
  /// storage: the store was written by a newer library
  CARNET_REASON_NEWER = 504;
  /// storage: the disk refused to read or write
  CARNET_REASON_IO = 505;
  /// storage: the store must be upgraded first
  CARNET_REASON_OLDER = 506;
  /// storage: a SQLite store must not lie on a network file system
  CARNET_REASON_NETWORK_FILE_SYSTEM = 507;
  /// storage: the SQLite library is older than 3.51.3
  CARNET_REASON_LIBRARY_TOO_OLD = 508;
  /// storage: there is no store at this place
  CARNET_REASON_MISSING = 509;
  /// storage: something exists at this place already
  CARNET_REASON_EXISTS = 510;
  /// storage: the store cannot be written to
  CARNET_REASON_READ_ONLY = 511;
  /// storage: the server cannot be reached
  CARNET_REASON_UNREACHABLE = 512;
  /// storage: the connection broke during the commit: repeat with the same key
  CARNET_REASON_UNKNOWN_OUTCOME = 513;
  /// storage: the server refuses this user
  CARNET_REASON_ACCESS_DENIED = 514;
  /// misuse: the engine was closed
  CARNET_REASON_CLOSED = 901;
  /// misuse: the handle is not one of an open object
  CARNET_REASON_BAD_HANDLE = 902;
  /// misuse: a pointer that must not be null is null
  CARNET_REASON_NULL_POINTER = 903;
  /// misuse: the call was interrupted by the caller
  CARNET_REASON_INTERRUPTED = 904;
  /// misuse: this build or this store cannot do that
  CARNET_REASON_UNSUPPORTED = 905;
  /// misuse: an earlier call on this engine failed inside the library: close it and open it again
  CARNET_REASON_POISONED = 906;
  /// misuse: the struct is not one of this library: its struct_size is wrong, or it is not aligned
  CARNET_REASON_BAD_STRUCT = 907;
  /// internal: a defect of the library; please report it
  CARNET_REASON_INTERNAL = 999;
  /// Adds a venue, its default zone and its counter-accounts.
  CARNET_OP_VENUE_ADD = 'venue.add';
  /// Changes a venue.
  CARNET_OP_VENUE_CHANGE = 'venue.change';
  /// Lists the venues.
  CARNET_OP_VENUE_LIST = 'venue.list';
  /// Adds a member of staff or a device that acts.
  CARNET_OP_OPERATOR_ADD = 'operator.add';
  /// Lists the operators.
  CARNET_OP_OPERATOR_LIST = 'operator.list';
  /// Adds a category of services.
  CARNET_OP_CATEGORY_ADD = 'category.add';
  /// Adds a service to the price list.
  CARNET_OP_SERVICE_ADD = 'service.add';
  /// Changes a service; what was sold keeps its old price.
  CARNET_OP_SERVICE_CHANGE = 'service.change';
  /// Lists categories and services.
  CARNET_OP_SERVICE_LIST = 'service.list';
  /// Adds a client. Any field may be empty.
  CARNET_OP_CLIENT_ADD = 'client.add';
  /// Sets or clears fields of a client.
  CARNET_OP_CLIENT_CHANGE = 'client.change';
  /// Attaches a tag to a client.
  CARNET_OP_CLIENT_TAG = 'client.tag';
  /// Returns one client.
  CARNET_OP_CLIENT_GET = 'client.get';
  /// Finds clients by name, phone, e-mail, card or external id.
  CARNET_OP_CLIENT_FIND = 'client.find';
  /// Adds the client with a key in another system, or changes the one that has it.
  CARNET_OP_CLIENT_PUT = 'client.put';
  /// Finds what has a key in another system.
  CARNET_OP_EXTERNAL_ID_FIND = 'external_id.find';
  /// Clients added in a period, by where they heard of the venue.
  CARNET_OP_REPORT_SOURCES = 'report.sources';
  /// Writes a comment about a client.
  CARNET_OP_CLIENT_COMMENT_ADD = 'client.comment_add';
  /// Removes a comment: who and when stays, the text goes.
  CARNET_OP_CLIENT_COMMENT_REMOVE = 'client.comment_remove';
  /// Lists the comments about a client, newest first.
  CARNET_OP_CLIENT_COMMENTS = 'client.comments';
  /// Writes down that a client agrees to something, or does no more.
  CARNET_OP_CLIENT_CONSENT = 'client.consent';
  /// Lists what a client agreed to, newest first.
  CARNET_OP_CLIENT_CONSENTS = 'client.consents';
  /// Sets the photo of a client: its bytes, or where the host keeps it.
  CARNET_OP_CLIENT_PHOTO_SET = 'client.photo_set';
  /// Returns the photo of a client.
  CARNET_OP_CLIENT_PHOTO_GET = 'client.photo_get';
  /// Removes the photo of a client.
  CARNET_OP_CLIENT_PHOTO_REMOVE = 'client.photo_remove';
  /// Adds a file to a client.
  CARNET_OP_CLIENT_FILE_ADD = 'client.file_add';
  /// Lists the files of a client, newest first.
  CARNET_OP_CLIENT_FILES = 'client.files';
  /// Returns a file of a client.
  CARNET_OP_CLIENT_FILE_GET = 'client.file_get';
  /// Removes a file of a client.
  CARNET_OP_CLIENT_FILE_REMOVE = 'client.file_remove';
  /// Changes an operator: name, rights, keys.
  CARNET_OP_OPERATOR_CHANGE = 'operator.change';
  /// Adds a field to the chart of the venue's clients.
  CARNET_OP_FIELD_ADD = 'field.add';
  /// Changes a field of the chart.
  CARNET_OP_FIELD_CHANGE = 'field.change';
  /// Lists the fields of the venue's chart.
  CARNET_OP_FIELD_LIST = 'field.list';
  /// Writes into the chart of a client.
  CARNET_OP_CLIENT_CHART_SET = 'client.chart_set';
  /// Returns the chart of a client, without what is sensitive.
  CARNET_OP_CLIENT_CHART_GET = 'client.chart_get';
  /// Returns the whole chart to an operator who may read it, and notes that it was read.
  CARNET_OP_CLIENT_CHART_OPEN = 'client.chart_open';
  /// Lists who opened the chart of a client.
  CARNET_OP_CLIENT_CHART_READERS = 'client.chart_readers';
  /// Adds a household.
  CARNET_OP_HOUSEHOLD_ADD = 'household.add';
  /// Changes a household: its name, who belongs to it.
  CARNET_OP_HOUSEHOLD_CHANGE = 'household.change';
  /// Lists who belongs to a company.
  CARNET_OP_COMPANY_GUESTS = 'company.guests';
  /// Invites a client to an online account: a message with a token is queued.
  CARNET_OP_CLIENT_INVITE = 'client.invite';
  /// Takes an invitation up. A token that does nothing is an attempt that is refused.
  CARNET_OP_CLIENT_ACTIVATE = 'client.activate';
  /// Lists what waits in the outbox, with addresses and tokens.
  CARNET_OP_MESSAGE_LIST = 'message.list';
  /// Writes down that a message was sent, or could not be.
  CARNET_OP_MESSAGE_DONE = 'message.done';
  /// Everything about a client in one reply.
  CARNET_OP_CLIENT_OVERVIEW = 'client.overview';
  /// Finds clients by whatever is typed at the desk, the best match first.
  CARNET_OP_CLIENT_SEARCH = 'client.search';
  /// Issues a card to a client.
  CARNET_OP_CARD_ADD = 'card.add';
  /// Finds a card by what the reader sends.
  CARNET_OP_CARD_FIND = 'card.find';
  /// Blocks a card: it opens nothing until it is free again.
  CARNET_OP_CARD_BLOCK = 'card.block';
  /// Frees a card that is blocked.
  CARNET_OP_CARD_UNBLOCK = 'card.unblock';
  /// Takes a card back: it can be issued again to anybody.
  CARNET_OP_CARD_RETURN = 'card.return';
  /// Blocks a card and issues another one to its client.
  CARNET_OP_CARD_REPLACE = 'card.replace';
  /// Adds a plan to the price list.
  CARNET_OP_PLAN_ADD = 'plan.add';
  /// Changes a plan; only the next sale is affected.
  CARNET_OP_PLAN_CHANGE = 'plan.change';
  /// Takes a plan out of online sale, and from the desk if asked; holders go on.
  CARNET_OP_PLAN_DEACTIVATE = 'plan.deactivate';
  /// Deletes a plan: its passes are suspended, reversibly.
  CARNET_OP_PLAN_DELETE = 'plan.delete';
  /// Lists the plans, or those for sale through one channel.
  CARNET_OP_PLAN_LIST = 'plan.list';
  /// Sells a plan to a client.
  CARNET_OP_PASS_SELL = 'pass.sell';
  /// Returns one pass with its state and rest.
  CARNET_OP_PASS_GET = 'pass.get';
  /// Lists passes of a client, of a plan, or those that end soon.
  CARNET_OP_PASS_LIST = 'pass.list';
  /// Cancels a pass, now or at its end; refunds what is asked for, the rest of its value lapses.
  CARNET_OP_PASS_CANCEL = 'pass.cancel';
  /// Lists every pass that would pay for a service, in order, and for every other pass why not.
  CARNET_OP_PASS_QUOTE = 'pass.quote';
  /// Uses a pass for a service without a door: takes the visits or credit.
  CARNET_OP_PASS_USE = 'pass.use';
  /// Freezes a pass: it cannot be used for some days, and its end moves by them.
  CARNET_OP_PASS_FREEZE = 'pass.freeze';
  /// Ends a freeze today, or calls off one that has not begun.
  CARNET_OP_PASS_UNFREEZE = 'pass.unfreeze';
  /// Freezes all open passes of the venue, or those of one plan.
  CARNET_OP_PASS_FREEZE_ALL = 'pass.freeze_all';
  /// Moves the end of a pass on, also of one that has ended.
  CARNET_OP_PASS_EXTEND = 'pass.extend';
  /// Edits a pass: its last day, its notes, whether it renews by itself.
  CARNET_OP_PASS_CHANGE = 'pass.change';
  /// What was done to a pass after its sale, with what it was before and after.
  CARNET_OP_PASS_HISTORY = 'pass.history';
  /// Sells the pass that follows another, from its end on.
  CARNET_OP_PASS_RENEW = 'pass.renew';
  /// Lists the passes that renew by themselves and whose payment is due.
  CARNET_OP_RENEWAL_DUE = 'renewal.due';
  /// Records that the payment of a renewal failed.
  CARNET_OP_RENEWAL_FAILED = 'renewal.failed';
  /// Gives a pass to another client.
  CARNET_OP_PASS_TRANSFER = 'pass.transfer';
  /// Changes a pass for one of another plan; what it is still worth pays for the new one.
  CARNET_OP_PASS_REPLACE = 'pass.replace';
  /// Books a service; a pass pays for it when it is made, or when it is attended.
  CARNET_OP_BOOKING_ADD = 'booking.add';
  /// Calls a booking off, and gives back what it took.
  CARNET_OP_BOOKING_CANCEL = 'booking.cancel';
  /// Writes down that the client came.
  CARNET_OP_BOOKING_ATTEND = 'booking.attend';
  /// Lists the bookings of a client, or of the venue, by their beginning.
  CARNET_OP_BOOKING_LIST = 'booking.list';
  /// Gives a pass visits or credit or takes some away, by hand.
  CARNET_OP_PASS_ADJUST = 'pass.adjust';
  /// Puts money on a client's account.
  CARNET_OP_ACCOUNT_TOP_UP = 'account.top_up';
  /// Pays from a client's account.
  CARNET_OP_ACCOUNT_CHARGE = 'account.charge';
  /// Gives a client money or takes some away, by hand.
  CARNET_OP_ACCOUNT_ADJUST = 'account.adjust';
  /// Sets how far a client's account may be used beyond what is on it.
  CARNET_OP_ACCOUNT_LIMIT = 'account.limit';
  /// What can be spent from a client's account.
  CARNET_OP_ACCOUNT_BALANCE = 'account.balance';
  /// Lists the movements of an account with a running balance.
  CARNET_OP_ACCOUNT_STATEMENT = 'account.statement';
  /// Takes a running pass over from an older system, once.
  CARNET_OP_PASS_IMPORT = 'pass.import';
  /// Takes a client's balance or debt over from an older system, once.
  CARNET_OP_ACCOUNT_IMPORT = 'account.import';
  /// What was taken over from older systems: counts and totals.
  CARNET_OP_REPORT_OPENING = 'report.opening';
  /// Holds money, visits or credit for a client: all of it or nothing, until a time.
  CARNET_OP_HOLD_PLACE = 'hold.place';
  /// Takes what is held, less of it, or more within the limit of the hold; the rest is free.
  CARNET_OP_HOLD_CAPTURE = 'hold.capture';
  /// Frees what is held.
  CARNET_OP_HOLD_RELEASE = 'hold.release';
  /// Returns one hold with what it is now.
  CARNET_OP_HOLD_GET = 'hold.get';
  /// Lists the holds of a client, or those of the venue that are open.
  CARNET_OP_HOLD_LIST = 'hold.list';
  /// Moves back what a movement moved, whole or in part, once, to where it came from.
  CARNET_OP_TRANSFER_REVERSE = 'transfer.reverse';
  /// Answers whether a client may come in. Writes nothing.
  CARNET_OP_ACCESS_DECIDE = 'access.decide';
  /// Decides again and lets the client in: takes the visit or credit. A refusal is recorded as an attempt.
  CARNET_OP_ACCESS_ENTER = 'access.enter';
  /// Ends the visit of a client.
  CARNET_OP_ACCESS_EXIT = 'access.exit';
  /// Lists the clients who are inside a venue.
  CARNET_OP_ACCESS_WHO_IS_IN = 'access.who_is_in';
  /// Lists late entries that nothing paid for.
  CARNET_OP_CONFLICT_LIST = 'conflict.list';
  /// Writes down how a conflict was settled.
  CARNET_OP_CONFLICT_SETTLE = 'conflict.settle';
  /// Opens the business day of a venue.
  CARNET_OP_DAY_OPEN = 'day.open';
  /// Closes the business day: posts value earned by time and value that expired.
  CARNET_OP_DAY_CLOSE = 'day.close';
  /// Sales of a period by plan and by method of payment.
  CARNET_OP_REPORT_SALES = 'report.sales';
  /// Visits of a period by weekday and hour of the venue's zone.
  CARNET_OP_REPORT_VISITS = 'report.visits';
  /// Services rendered in a period, apart from what was sold.
  CARNET_OP_REPORT_SERVICES = 'report.services';
  /// What the venue still owes: value sold and not yet given, and money on accounts.
  CARNET_OP_REPORT_OWED = 'report.owed';
  /// The books of a venue over a period of business dates: what is owed for passes, and every counter-account.
  CARNET_OP_REPORT_BOOKS = 'report.books';
  /// Returns what changed after a position of the journal, in order, with no gap.
  CARNET_OP_CHANGES_SINCE = 'changes.since';
  /// Returns journal entries in full, for replay. Contains personal data.
  CARNET_OP_JOURNAL_EXPORT = 'journal.export';
  /// Recomputes every digest and the whole chain of the journal.
  CARNET_OP_JOURNAL_VERIFY = 'journal.verify';
  /// Rebuilds everything derived from the ledger and lists every difference.
  CARNET_OP_STORE_CHECK = 'store.check';
  /// Lists clients in an order, with filters, page by page.
  CARNET_OP_CLIENT_LIST = 'client.list';
  /// Sets or clears parameters of a visit, such as the settings of machines.
  CARNET_OP_VISIT_PARAMETERS = 'visit.parameters';
  /// The last value of each parameter that a client's visits had.
  CARNET_OP_VISIT_LAST_PARAMETERS = 'visit.last_parameters';
  /// Lists the visits of a client, with their parameters and what paid for them.
  CARNET_OP_CLIENT_VISITS = 'client.visits';
  /// Lists all that happened to a client, the latest first.
  CARNET_OP_CLIENT_HISTORY = 'client.history';
  /// Who was there in an interval, or whether one client was.
  CARNET_OP_PRESENCE_BETWEEN = 'presence.between';
  /// How often a client came in the last weeks.
  CARNET_OP_CLIENT_FREQUENCY = 'client.frequency';
  /// Ranks the clients of a venue by how often they came in a period.
  CARNET_OP_REPORT_FREQUENCY = 'report.frequency';
  /// The day of a venue on one page.
  CARNET_OP_DESK_TODAY = 'desk.today';
  /// Writes down what is due; calling it twice or never changes no right and no balance.
  CARNET_OP_TICK = 'tick';
  /// Lists what was written by papers of the host, with what each line came to.
  CARNET_OP_DOCUMENT_FIND = 'document.find';
  /// Versions, settings, counts and results of checks, without personal data.
  CARNET_OP_SUPPORT_REPORT = 'support.report';
  /// Level of a log line: the library could not do what it had to.
  CARNET_LOG_ERROR = 1;
  /// Level of a log line: something is not as it should be, the library goes on.
  CARNET_LOG_WARN = 2;
  /// Level of a log line: stores opened, upgraded, closed.
  CARNET_LOG_INFO = 3;
  /// Level of a log line: for the developers of the library.
  CARNET_LOG_DEBUG = 4;
  /// An instant that means "now", by the engine's clock: the value time of a call that names none.
  CARNET_NOW = 0;
  /// An end that never comes: 9999-01-01T00:00:00Z in microseconds.
  CARNET_NEVER = 253370764800000000;
  /// In a result: there is no such instant.
  CARNET_NO_TIME = Low(Int64);
  /// In a result: visits do not come into it.
  CARNET_NO_VISITS = -1;
  /// Flag of a call: decide and answer, write nothing.
  CARNET_CALL_DRY_RUN = 1;
  /// Flag of a call: the field `line` is filled.
  CARNET_CALL_HAS_LINE = 2;
  /// Whether the door opens: it does.
  CARNET_OUTCOME_ADMITTED = 1;
  /// Whether the door opens: it stays shut.
  CARNET_OUTCOME_REFUSED = 2;
  /// No such card.
  CARNET_DENY_UNKNOWN_CARD = 1;
  /// The card is blocked, lost or was returned.
  CARNET_DENY_CARD_BLOCKED = 2;
  /// No such client.
  CARNET_DENY_UNKNOWN_CLIENT = 3;
  /// The client is archived.
  CARNET_DENY_CLIENT_ARCHIVED = 4;
  /// The service asked for does not exist.
  CARNET_DENY_UNKNOWN_SERVICE = 5;
  /// The time of the request is too far from the clock, or behind what the venue has seen.
  CARNET_DENY_CLOCK = 6;
  /// The service is for the other sex.
  CARNET_DENY_WRONG_SEX = 7;
  /// The service is for one sex and the client's is not known.
  CARNET_DENY_SEX_UNKNOWN = 8;
  /// The client is inside already.
  CARNET_DENY_ALREADY_INSIDE = 9;
  /// The client holds no pass.
  CARNET_DENY_NO_PASS = 10;
  /// The pass named is not held by the client.
  CARNET_DENY_PASS_NOT_HELD = 11;
  /// The pass has not started.
  CARNET_DENY_NOT_STARTED = 12;
  /// The pass has ended.
  CARNET_DENY_EXPIRED = 13;
  /// Nothing is left on the pass.
  CARNET_DENY_EXHAUSTED = 14;
  /// The credit left is less than the price.
  CARNET_DENY_INSUFFICIENT_CREDIT = 15;
  /// A credit pass cannot pay what has no price.
  CARNET_DENY_NO_PRICE = 16;
  /// The pass was cancelled.
  CARNET_DENY_CANCELLED = 17;
  /// The plan of the pass was deleted.
  CARNET_DENY_PLAN_DELETED = 18;
  /// The pass does not cover the service.
  CARNET_DENY_SERVICE_NOT_COVERED = 19;
  /// The pass is not valid at this venue.
  CARNET_DENY_VENUE_NOT_COVERED = 20;
  /// The pass is not valid in this zone.
  CARNET_DENY_ZONE_NOT_COVERED = 21;
  /// The client is younger than the pass allows.
  CARNET_DENY_TOO_YOUNG = 22;
  /// The client is older than the pass allows.
  CARNET_DENY_TOO_OLD = 23;
  /// The pass is for some ages and the client's is not known.
  CARNET_DENY_AGE_UNKNOWN = 24;
  /// The pass is not valid at this hour.
  CARNET_DENY_OUTSIDE_HOURS = 25;
  /// The uses of the day are used up.
  CARNET_DENY_DAY_LIMIT = 26;
  /// The uses of the week are used up.
  CARNET_DENY_WEEK_LIMIT = 27;
  /// The uses of the month are used up.
  CARNET_DENY_MONTH_LIMIT = 28;
  /// The uses of the pass are used up.
  CARNET_DENY_USE_LIMIT = 29;
  /// The last use was too short a time ago.
  CARNET_DENY_TOO_SOON = 30;
  /// The pass is frozen.
  CARNET_DENY_FROZEN = 31;
  /// The pass was given to another client.
  CARNET_DENY_TRANSFERRED = 32;
  /// The pass was changed for another one.
  CARNET_DENY_REPLACED = 33;
  /// The store could not answer.
  CARNET_DENY_ERROR = 34;
  /// A pass that holds: time.
  CARNET_PLAN_TIME = 1;
  /// A pass that holds: credit.
  CARNET_PLAN_CREDIT = 2;
  /// A pass that holds: visits.
  CARNET_PLAN_VISITS = 3;
  /// How a card is read: a magnetic stripe.
  CARNET_CARD_MAGNETIC = 1;
  /// How a card is read: a printed barcode.
  CARNET_CARD_BARCODE = 2;
  /// How a card is read: a radio tag.
  CARNET_CARD_RFID = 3;
  /// How a card is read: a QR code.
  CARNET_CARD_QR = 4;
  /// How a card is read: a reference to a face kept by the host.
  CARNET_CARD_FACE = 5;
  /// Whether a card opens anything: it does.
  CARNET_CARD_STATE_ACTIVE = 1;
  /// Whether a card opens anything: it was blocked by the desk.
  CARNET_CARD_STATE_BLOCKED = 2;
  /// Whether a card opens anything: it was reported lost.
  CARNET_CARD_STATE_LOST = 3;
  /// Whether a card opens anything: it was given back.
  CARNET_CARD_STATE_RETURNED = 4;
  /// What became of a hold: what it holds is not available.
  CARNET_HOLD_OPEN = 1;
  /// What became of a hold: it was captured, whole or in part; the rest is free.
  CARNET_HOLD_CAPTURED = 2;
  /// What became of a hold: it was released.
  CARNET_HOLD_RELEASED = 3;
  /// What became of a hold: its time was over.
  CARNET_HOLD_EXPIRED = 4;
  /// An amount in money.
  CARNET_UNIT_MONEY = 1;
  /// An amount in visits of a pass.
  CARNET_UNIT_VISITS = 2;
  /// An amount in credit of a pass.
  CARNET_UNIT_CREDIT = 3;

type
  /// A reader of the change feed, at a position of the journal. A handle: looked up, never followed.
  carnet_changes = type Pointer;
  Pcarnet_changes = ^carnet_changes;

  /// An open store. A handle: looked up, never followed.
  carnet_engine = type Pointer;
  Pcarnet_engine = ^carnet_engine;

  /// What went wrong. A handle: looked up, never followed.
  carnet_error = type Pointer;
  Pcarnet_error = ^carnet_error;

  /// Text owned by the library: UTF-8 of `len` bytes, and a zero byte after the end for convenience. Freed by
  /// `carnet_string_free`, by nothing else.
  carnet_string = packed record
    /// The text. Null where there is none.
    ptr: PAnsiChar;
    /// Its length in bytes, without the zero byte.
    len: NativeUInt;
  end;
  Pcarnet_string = ^carnet_string;

  /// What comes with a call beside its arguments. All zero but for `struct_size` means: now, at the only venue, by nobody,
  /// without a key, within the engine's time. A null pointer means the same.
  carnet_call = packed record
    /// `sizeof (carnet_call)`.
    struct_size: Cardinal;
    /// `CARNET_CALL_*`, added up.
    flags: Cardinal;
    /// The value time in microseconds since 1970-01-01T00:00:00Z; `CARNET_NOW` for the engine's clock.
    at: Int64;
    /// Where; 0 while the store has only one venue.
    venue: Int64;
    /// The operator who acts; 0 for none.
    by: Int64;
    /// Give up with `CARNET_REASON_BUSY` if the work has not begun after this many milliseconds; 0 for what the
    /// engine was opened with.
    deadline_ms: Int64;
    /// The running number that the device gave an event while off line; counts only where `late_device` is filled.
    late_seq: Int64;
    /// The line of the bill; counts only with `CARNET_CALL_HAS_LINE`.
    line: Integer;
    /// The host's business date as YYYYMMDD, such as 20260514; 0 for none.
    business_date: Integer;
    /// The idempotency key, UTF-8, ended by a zero byte: a second call with the same key and content gets the first
    /// answer again and does nothing. Empty for none.
    key: array[0..135] of AnsiChar;
    /// The device that recorded the event while off line. Empty for an event of now.
    late_device: array[0..135] of AnsiChar;
    /// The host's paper behind a write: its system. Empty together with the four below for none.
    document_system: array[0..71] of AnsiChar;
    /// Its station or till.
    document_station: array[0..71] of AnsiChar;
    /// Its shift.
    document_shift: array[0..71] of AnsiChar;
    /// Its number.
    document_number: array[0..71] of AnsiChar;
  end;
  Pcarnet_call = ^carnet_call;

  /// A card.
  carnet_card = packed record
    /// `sizeof (carnet_card)`, set by the caller.
    struct_size: Cardinal;
    /// How it is read: `CARNET_CARD_*`.
    kind: Integer;
    /// Whether it opens anything: `CARNET_CARD_STATE_*`.
    state: Integer;
    /// Padding.
    reserved: Integer;
    /// Its id.
    card: Int64;
    /// The client it identifies.
    client: Int64;
    /// When it was issued, microseconds since 1970-01-01T00:00:00Z.
    issued: Int64;
    /// What the reader sends, UTF-8, upper case.
    uid: array[0..519] of AnsiChar;
  end;
  Pcarnet_card = ^carnet_card;

  /// What is asked at a door. Give the card or the client.
  carnet_access = packed record
    /// `sizeof (carnet_access)`.
    struct_size: Cardinal;
    /// Padding, ignored.
    reserved: Cardinal;
    /// The client, where staff knows them; 0 where the card says it.
    client: Int64;
    /// The pass that the client wants to use; 0 for the first that pays.
    pass: Int64;
    /// What the client comes for; 0 for the venue's entry service.
    service: Int64;
    /// What the reader sends, UTF-8, ended by a zero byte. Empty for none.
    card: array[0..135] of AnsiChar;
  end;
  Pcarnet_access = ^carnet_access;

  /// Money of a currency. In results without an amount the currency is empty.
  carnet_money = packed record
    /// Minor units: cents for EUR, whole yen for JPY.
    minor: Int64;
    /// Three letters of ISO 4217 and a zero byte.
    currency: array[0..3] of AnsiChar;
    /// Padding, ignored.
    reserved: array[0..3] of AnsiChar;
  end;
  Pcarnet_money = ^carnet_money;

  /// One rule that spoke against an entry, or against paying it with one pass.
  carnet_rule = packed record
    /// What it says: `CARNET_DENY_*`.
    reason: Integer;
    /// Padding.
    reserved: Integer;
    /// The pass it speaks about; 0 if about the client, the card or the request.
    pass: Int64;
    /// When it will stop speaking, or when what it speaks about ended, microseconds; `CARNET_NO_TIME` if it does not say.
    until_: Int64;
    /// How much is missing: visits, or credit with its currency, such as `20.00 EUR`. Empty if nothing is.
    missing: array[0..39] of AnsiChar;
  end;
  Pcarnet_rule = ^carnet_rule;

  /// The answer at a door.
  carnet_decision = packed record
    /// `sizeof (carnet_decision)`, set by the caller.
    struct_size: Cardinal;
    /// `CARNET_OUTCOME_ADMITTED` or `CARNET_OUTCOME_REFUSED`.
    outcome: Integer;
    /// The first reason why the door stays shut, `CARNET_DENY_*`; 0 where it opens.
    reason: Integer;
    /// 1 where a re-entry within grace costs nothing, else 0.
    reentry: Integer;
    /// How many rules spoke in all; the first eight are in `rules`, and what is behind them there means nothing.
    rule_count: Integer;
    /// The kind of the pass that pays, `CARNET_PLAN_*`; 0 where nothing pays, and then the fields of the pass are empty.
    kind: Integer;
    /// The client recognised; 0 for none.
    client: Int64;
    /// The pass that pays; 0 for none.
    pass: Int64;
    /// Its plan; 0 for none.
    plan: Int64;
    /// Until when the pass can be used, microseconds; `CARNET_NO_TIME` if that is not known yet.
    ends: Int64;
    /// What the entry costs in visits; `CARNET_NO_VISITS` where it costs none.
    visits: Int64;
    /// Visits left after it; `CARNET_NO_VISITS` where the pass has none.
    visits_left: Int64;
    /// What the entry costs in credit; no currency where it costs none.
    credit: carnet_money;
    /// Credit left after it; no currency where the pass has none.
    credit_left: carnet_money;
    /// The first rules that spoke.
    rules: array[0..7] of carnet_rule;
    /// The first line for a display, UTF-8 (English).
    line1: array[0..63] of AnsiChar;
    /// The second line for a display.
    line2: array[0..63] of AnsiChar;
  end;
  Pcarnet_decision = ^carnet_decision;

  /// What came of an entry, beside its decision.
  carnet_entered = packed record
    /// `sizeof (carnet_entered)`, set by the caller.
    struct_size: Cardinal;
    /// Padding.
    reserved: Cardinal;
    /// The visit, if the client was let in; 0 if not.
    visit: Int64;
    /// The recorded attempt, if not; else 0.
    attempt: Int64;
    /// Of a late entry that no pass pays: what somebody must settle; else 0.
    conflict: Int64;
    /// The transfers of the use, for `carnet_reverse`; 0 if nothing moved.
    group: Int64;
    /// The use, if the rules of the pass count; else 0.
    pass_use: Int64;
  end;
  Pcarnet_entered = ^carnet_entered;

  /// Who leaves. Give the card or the client.
  carnet_leave = packed record
    /// `sizeof (carnet_leave)`.
    struct_size: Cardinal;
    /// Padding, ignored.
    reserved: Cardinal;
    /// The client, where staff knows them; 0 where the card says it.
    client: Int64;
    /// What the reader sends, UTF-8, ended by a zero byte. Empty for none.
    card: array[0..135] of AnsiChar;
  end;
  Pcarnet_leave = ^carnet_leave;

  /// A visit that ended.
  carnet_exited = packed record
    /// `sizeof (carnet_exited)`, set by the caller.
    struct_size: Cardinal;
    /// Padding.
    reserved: Cardinal;
    /// The visit.
    visit: Int64;
    /// The client.
    client: Int64;
    /// How long it lasted, in seconds.
    seconds: Int64;
  end;
  Pcarnet_exited = ^carnet_exited;

  /// What is on a client's account.
  carnet_balance = packed record
    /// `sizeof (carnet_balance)`, set by the caller.
    struct_size: Cardinal;
    /// Padding.
    reserved: Cardinal;
    /// The account.
    account: Int64;
    /// What can be spent: what is on it less what is held.
    balance: carnet_money;
    /// What is owed on it.
    debt: carnet_money;
    /// How far it may be used beyond what is on it.
    debt_limit: carnet_money;
  end;
  Pcarnet_balance = ^carnet_balance;

  /// A payment from a client's account: an amount, or the price of a service.
  carnet_charge = packed record
    /// `sizeof (carnet_charge)`.
    struct_size: Cardinal;
    /// Padding, ignored.
    reserved: Cardinal;
    /// The client.
    client: Int64;
    /// What is paid; 0 for nothing of the price list.
    service: Int64;
    /// How much, tax included; without a currency the price of the service.
    amount: carnet_money;
    /// The tax contained, in percent, such as `19` or `8.5`. Empty for that of the service, or none.
    tax: array[0..15] of AnsiChar;
  end;
  Pcarnet_charge = ^carnet_charge;

  /// Money that moved on an account.
  carnet_charged = packed record
    /// `sizeof (carnet_charged)`, set by the caller.
    struct_size: Cardinal;
    /// Padding.
    reserved: Cardinal;
    /// The account.
    account: Int64;
    /// The transfers, for `carnet_reverse`.
    group: Int64;
    /// What is there after it.
    balance: carnet_money;
    /// What is owed on the account after it.
    debt: carnet_money;
  end;
  Pcarnet_charged = ^carnet_charged;

  /// A movement that is to be moved back, whole or in part. Give the group or one transfer.
  carnet_reversal = packed record
    /// `sizeof (carnet_reversal)`.
    struct_size: Cardinal;
    /// Padding, ignored.
    reserved: Cardinal;
    /// The group: all that was moved in one operation; 0 for none.
    group: Int64;
    /// One transfer, with what belongs to it; 0 for none.
    transfer: Int64;
    /// How much, tax included, in the unit of what was moved: `12.50`, `2`. Empty for all that is left.
    amount: array[0..39] of AnsiChar;
    /// Why, 1 to 200 characters of UTF-8. Shown in statements: no personal data.
    reason: array[0..407] of AnsiChar;
  end;
  Pcarnet_reversal = ^carnet_reversal;

  /// A movement that was moved back, whole or in part.
  carnet_movement = packed record
    /// Its first transfer.
    transfer: Int64;
    /// A lot that was granted anew; 0 for none.
    lot: Int64;
    /// How much was moved back: minor units of the currency, or visits.
    amount: Int64;
    /// How much of it can still be moved back.
    left: Int64;
    /// `CARNET_UNIT_*`.
    unit_: Integer;
    /// The currency of money and credit; empty for visits.
    currency: array[0..3] of AnsiChar;
  end;
  Pcarnet_movement = ^carnet_movement;

  /// What was moved back.
  carnet_reversed = packed record
    /// `sizeof (carnet_reversed)`, set by the caller.
    struct_size: Cardinal;
    /// How many movements were reversed; the first sixteen are in `movements`.
    movement_count: Cardinal;
    /// The transfers of the reversal.
    group: Int64;
    /// The movements. None for a use of a time pass, which moved nothing.
    movements: array[0..15] of carnet_movement;
  end;
  Pcarnet_reversed = ^carnet_reversed;

  /// An amount of one account of a client: money, or visits or credit of a pass.
  carnet_amount = packed record
    /// `CARNET_UNIT_*`.
    unit_: Integer;
    /// Padding, ignored.
    reserved: Integer;
    /// The pass; 0 for money.
    pass: Int64;
    /// How much: minor units of the currency, or visits.
    amount: Int64;
    /// The currency of money and credit; empty for visits.
    currency: array[0..3] of AnsiChar;
    /// Padding, ignored.
    reserved2: array[0..3] of AnsiChar;
  end;
  Pcarnet_amount = ^carnet_amount;

  /// What is to be held for a client: all of it or nothing.
  carnet_hold = packed record
    /// `sizeof (carnet_hold)`.
    struct_size: Cardinal;
    /// How many of `parts` are filled, 1 to 16.
    part_count: Cardinal;
    /// The client.
    client: Int64;
    /// When it runs out by itself, microseconds since 1970-01-01T00:00:00Z, up to 366 days ahead. 0 where `minutes` says it.
    expires: Int64;
    /// After how many minutes it runs out by itself, 1 to 527040. 0 where `expires` says it.
    minutes: Integer;
    /// Padding, ignored.
    reserved: Integer;
    /// What is held, of different accounts.
    parts: array[0..15] of carnet_amount;
    /// How much more than it holds may be captured, in percent of it, such as `20`. Empty for nothing.
    more_percent: array[0..15] of AnsiChar;
    /// The same as an amount of money; no currency for nothing. Give at most one of the two.
    more_amount: carnet_money;
    /// Why, up to 200 characters of UTF-8, no personal data. Empty for nothing.
    reason: array[0..407] of AnsiChar;
  end;
  Pcarnet_hold = ^carnet_hold;

  /// What is held of one lot.
  carnet_held = packed record
    /// The account.
    account: Int64;
    /// The pass that it belongs to; 0 for money.
    pass: Int64;
    /// The lot.
    lot: Int64;
    /// How much: minor units of the account's currency, or visits.
    amount: Int64;
  end;
  Pcarnet_held = ^carnet_held;

  /// A hold that was placed.
  carnet_placed = packed record
    /// `sizeof (carnet_placed)`, set by the caller.
    struct_size: Cardinal;
    /// Of how many lots it holds something; the first sixteen are in `parts`.
    part_count: Cardinal;
    /// Its id.
    hold: Int64;
    /// When it runs out by itself, microseconds.
    expires: Int64;
    /// What it holds, lot by lot.
    parts: array[0..15] of carnet_held;
  end;
  Pcarnet_placed = ^carnet_placed;

  /// What is to be captured of a hold.
  carnet_capture = packed record
    /// `sizeof (carnet_capture)`.
    struct_size: Cardinal;
    /// How many of `parts` are filled, up to 16; 0 captures all that is held.
    part_count: Cardinal;
    /// The hold.
    hold: Int64;
    /// What is paid; 0 for nothing of the price list.
    service: Int64;
    /// 1 if what is not captured stays held, 0 if it is free.
    keep_open: Integer;
    /// Padding, ignored.
    reserved: Integer;
    /// How much of each account; nothing of those that are not named.
    parts: array[0..15] of carnet_amount;
    /// The tax contained in the money, in percent, such as `19`. Empty for that of the service, or none.
    tax: array[0..15] of AnsiChar;
  end;
  Pcarnet_capture = ^carnet_capture;

  /// What was captured of one account.
  carnet_taken = packed record
    /// The account.
    account: Int64;
    /// How much, its unit and its pass.
    amount: carnet_amount;
  end;
  Pcarnet_taken = ^carnet_taken;

  /// A hold that was captured.
  carnet_captured = packed record
    /// `sizeof (carnet_captured)`, set by the caller.
    struct_size: Cardinal;
    /// What it is now: `CARNET_HOLD_*`.
    state: Integer;
    /// Its id.
    hold: Int64;
    /// Its new version.
    version: Int64;
    /// The transfers, for `carnet_reverse`: one group for all accounts.
    group: Int64;
    /// Of how many accounts something was captured: as many of `parts` are filled.
    part_count: Cardinal;
    /// Padding.
    reserved: Cardinal;
    /// What was captured, account by account.
    parts: array[0..15] of carnet_taken;
  end;
  Pcarnet_captured = ^carnet_captured;

  /// A hold that was released.
  carnet_released = packed record
    /// `sizeof (carnet_released)`, set by the caller.
    struct_size: Cardinal;
    /// Padding.
    reserved: Cardinal;
    /// Its id.
    hold: Int64;
    /// Its new version.
    version: Int64;
  end;
  Pcarnet_released = ^carnet_released;

  /// Gets one log line. It must not call into the library.
  carnet_log = procedure(user: Pointer; level: Integer; target: PAnsiChar; message: PAnsiChar); cdecl;

  /// Frees what was given as `user`.
  carnet_user_free = procedure(user: Pointer); cdecl;

  /// Told how far a backup is.
  carnet_progress = function(user: Pointer; done: Int64; total: Int64): Integer; cdecl;

/// Opens a reader of what changes.
function carnet_changes_open(engine: carnet_engine; after: Int64; limit: Integer; changes: Pcarnet_changes; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Waits for entries of the journal after the last that was handed out, and hands out the next of them, in order and
/// with no gap.
function carnet_changes_next(changes: carnet_changes; wait_ms: Int64; page: Pcarnet_string; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// The position up to which a reader has handed out everything: what a host keeps, to go on from there another time.
function carnet_changes_position(changes: carnet_changes): Int64; cdecl; external CARNET_LIBRARY;

/// Frees a reader and sets the pointer to null. Does nothing to a null or freed one. A running `carnet_changes_next` is
/// waited for: `carnet_interrupt` ends it.
procedure carnet_changes_free(changes: Pcarnet_changes); cdecl; external CARNET_LIBRARY;

/// The number of the reason.
function carnet_error_number(error: carnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Which of the requests of a batch failed.
function carnet_error_index(error: carnet_error): Int64; cdecl; external CARNET_LIBRARY;

/// The family of the reason.
function carnet_error_code(error: carnet_error): PAnsiChar; cdecl; external CARNET_LIBRARY;

/// The reason.
function carnet_error_reason(error: carnet_error): PAnsiChar; cdecl; external CARNET_LIBRARY;

/// The field that was wrong.
function carnet_error_field(error: carnet_error): PAnsiChar; cdecl; external CARNET_LIBRARY;

/// What went wrong, for developers.
function carnet_error_message(error: carnet_error): PAnsiChar; cdecl; external CARNET_LIBRARY;

/// All of an error as a JSON object: code, number, reason, field, details.
function carnet_error_json(error: carnet_error): PAnsiChar; cdecl; external CARNET_LIBRARY;

/// Frees an error and sets the pointer to null. Does nothing to a null or freed one.
procedure carnet_error_free(error: Pcarnet_error); cdecl; external CARNET_LIBRARY;

/// The stable word of a reason, such as `card_not_found`.
function carnet_reason_name(number: Integer): PAnsiChar; cdecl; external CARNET_LIBRARY;

/// The family of a reason, such as `not_found`.
function carnet_reason_code(number: Integer): PAnsiChar; cdecl; external CARNET_LIBRARY;

/// One English sentence about a reason, for developers.
function carnet_reason_message(number: Integer): PAnsiChar; cdecl; external CARNET_LIBRARY;

/// The stable word of a reason why a door stays shut, such as `day_limit`.
function carnet_deny_name(number: Integer): PAnsiChar; cdecl; external CARNET_LIBRARY;

/// Executes one operation.
function carnet_execute(engine: carnet_engine; request: PAnsiChar; request_len: NativeUInt; reply: Pcarnet_string; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Executes several writes in order, all of them or none. In the place of any value of its arguments, a write may name what an
/// earlier one answered: `{"reply_of":0,"field":"client"}`.
function carnet_execute_batch(engine: carnet_engine; requests: PAnsiChar; requests_len: NativeUInt; replies: Pcarnet_string; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Sets who gets the log lines of all engines of the process, in place of whoever got them before. Nobody does at first.
function carnet_log_set(level: Integer; log: carnet_log; user: Pointer; user_free: carnet_user_free; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Frees a text and sets it to nothing. Does nothing to a null pointer or to nothing.
procedure carnet_string_free(string_: Pcarnet_string); cdecl; external CARNET_LIBRARY;

/// Opens a store: a SQLite file by its path, or a PostgreSQL server by its URL, `postgresql://user@host/database`.
function carnet_engine_open(path: PAnsiChar; path_len: NativeUInt; options: PAnsiChar; options_len: NativeUInt; engine: Pcarnet_engine; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Closes a store and sets the handle to null; does nothing to one that is null. Running calls are waited for, those that
/// wait for changes end; the engine's threads have ended when it returns. Later calls fail with `CARNET_REASON_BAD_HANDLE`.
function carnet_engine_close(engine: Pcarnet_engine; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Interrupts what is running on an engine: reads, waits for changes and for a turn to write, and backups end with
/// `CARNET_REASON_INTERRUPTED`. A write that has begun is carried out. Calls that begin afterwards are not affected. On a
/// server, a statement that is running there is waited for.
function carnet_interrupt(engine: carnet_engine; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Copies a running store to a new file, which is a whole store by itself. From a server, the journal is replayed into it.
function carnet_backup(engine: carnet_engine; path: PAnsiChar; path_len: NativeUInt; progress: carnet_progress; user: Pointer; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Finds a card by what the reader sends: `card.find`.
function carnet_card_find(engine: carnet_engine; call: Pcarnet_call; uid: PAnsiChar; uid_len: NativeUInt; card: Pcarnet_card; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Answers whether a client may come in: `access.decide`. Writes nothing. A refusal is an answer, not an error.
function carnet_access_decide(engine: carnet_engine; call: Pcarnet_call; access: Pcarnet_access; decision: Pcarnet_decision; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Decides again and lets the client in: `access.enter`. Takes the visit or credit; a refusal is recorded as an attempt, and
/// is an answer, not an error.
function carnet_access_enter(engine: carnet_engine; call: Pcarnet_call; access: Pcarnet_access; decision: Pcarnet_decision; entered: Pcarnet_entered; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Ends the visit of a client: `access.exit`.
function carnet_access_exit(engine: carnet_engine; call: Pcarnet_call; leave: Pcarnet_leave; exited: Pcarnet_exited; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// What is on a client's account: `account.balance`.
function carnet_account_balance(engine: carnet_engine; call: Pcarnet_call; client: Int64; currency: PAnsiChar; currency_len: NativeUInt; balance: Pcarnet_balance; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Pays from a client's account: `account.charge`.
function carnet_account_charge(engine: carnet_engine; call: Pcarnet_call; charge: Pcarnet_charge; charged: Pcarnet_charged; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Moves back what a movement moved, whole or in part: `transfer.reverse`.
function carnet_reverse(engine: carnet_engine; call: Pcarnet_call; reversal: Pcarnet_reversal; reversed: Pcarnet_reversed; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Holds money, visits or credit of a client, all of it or nothing: `hold.place`.
function carnet_hold_place(engine: carnet_engine; call: Pcarnet_call; hold: Pcarnet_hold; placed: Pcarnet_placed; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Takes what is held, less of it, or more within the limit of the hold: `hold.capture`.
function carnet_hold_capture(engine: carnet_engine; call: Pcarnet_call; capture: Pcarnet_capture; captured: Pcarnet_captured; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// Frees what is held: `hold.release`.
function carnet_hold_release(engine: carnet_engine; call: Pcarnet_call; hold: Int64; released: Pcarnet_released; error: Pcarnet_error): Integer; cdecl; external CARNET_LIBRARY;

/// The version of the library that runs.
function carnet_version: PAnsiChar; cdecl; external CARNET_LIBRARY;

/// The version of the library that runs, as a number. A program compares it with `CARNET_VERSION_NUMBER`, the version it
/// was built with.
function carnet_version_number: Integer; cdecl; external CARNET_LIBRARY;

/// The version of the ABI. A library serves every program built for the same number.
function carnet_abi_version: Integer; cdecl; external CARNET_LIBRARY;

/// Puts a text into an array of a record, ended by a zero byte; False where it has no room.
function CarnetFill(var place: array of AnsiChar; const text: UTF8String): Boolean;

/// Whether this unit and the library speak of the same records: an assertion fails where they do not.
procedure CarnetCheckLayout;

implementation

function CarnetFill(var place: array of AnsiChar; const text: UTF8String): Boolean;
begin
  FillChar(place, SizeOf(place), 0);
  Result := Length(text) < Length(place);
  if Result and (Length(text) > 0) then
    Move(text[1], place, Length(text));
end;

procedure CarnetCheckLayout;
begin
  Assert(SizeOf(carnet_call) = 616, 'carnet_call');
  Assert(SizeOf(carnet_card) = 560, 'carnet_card');
  Assert(SizeOf(carnet_access) = 168, 'carnet_access');
  Assert(SizeOf(carnet_money) = 16, 'carnet_money');
  Assert(SizeOf(carnet_rule) = 64, 'carnet_rule');
  Assert(SizeOf(carnet_decision) = 744, 'carnet_decision');
  Assert(SizeOf(carnet_entered) = 48, 'carnet_entered');
  Assert(SizeOf(carnet_leave) = 152, 'carnet_leave');
  Assert(SizeOf(carnet_exited) = 32, 'carnet_exited');
  Assert(SizeOf(carnet_balance) = 64, 'carnet_balance');
  Assert(SizeOf(carnet_charge) = 56, 'carnet_charge');
  Assert(SizeOf(carnet_charged) = 56, 'carnet_charged');
  Assert(SizeOf(carnet_reversal) = 472, 'carnet_reversal');
  Assert(SizeOf(carnet_movement) = 40, 'carnet_movement');
  Assert(SizeOf(carnet_reversed) = 656, 'carnet_reversed');
  Assert(SizeOf(carnet_amount) = 32, 'carnet_amount');
  Assert(SizeOf(carnet_hold) = 984, 'carnet_hold');
  Assert(SizeOf(carnet_held) = 32, 'carnet_held');
  Assert(SizeOf(carnet_placed) = 536, 'carnet_placed');
  Assert(SizeOf(carnet_capture) = 560, 'carnet_capture');
  Assert(SizeOf(carnet_taken) = 40, 'carnet_taken');
  Assert(SizeOf(carnet_captured) = 680, 'carnet_captured');
  Assert(SizeOf(carnet_released) = 24, 'carnet_released');
end;

end.
