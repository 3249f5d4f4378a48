//! A page for every reason of an error: `docs/errors`.

use engine::{Code, Reason};
use std::fmt::Write;

/// For each reason: when it comes, and what to do.
const ADVICE: &[(&str, &str, &str)] = &[
    (
        "required",
        "A field that must be there is left out, null or empty, or of several of which one must be given none is.",
        "Fill the field that the error names.",
    ),
    (
        "wrong_type",
        "JSON of another type than the schema says: a number where a text belongs, a fraction where ids and counts belong, an object where a list belongs.",
        "Send the type that docs/operations.md says. Money is a text, `\"12.50\"`, ids are whole numbers.",
    ),
    (
        "unknown_field",
        "A member that the operation does not have: mostly a slip of the pen, or a request for a newer library.",
        "Correct the name, or compare `carnet_version_number` with the version the field came with.",
    ),
    ("duplicate_field", "The same member stands twice in one JSON object, at any depth.", "Send it once."),
    (
        "out_of_range",
        "A number, an instant, an amount or a wait that lies outside what is accepted; `min` and `max` in the details where there are such.",
        "Stay within the range.",
    ),
    (
        "too_long",
        "A text with more characters, a list with more elements or an array of a struct without a zero byte.",
        "Shorten it to the limit in the details; texts that do not fit into a struct go through `carnet_execute`.",
    ),
    (
        "empty",
        "A text of nothing but blanks, or a list without an element.",
        "Leave the field out, or fill it.",
    ),
    (
        "bad_format",
        "A date, an instant, an amount or a text that is not of the form the field has, or that holds control characters.",
        "Write dates as `2026-05-14`, instants as RFC 3339 with a zone, amounts with a point.",
    ),
    (
        "unknown_value",
        "A word that is not one of the choices of the field, or a flag or unit that has no meaning.",
        "Take one of the words that docs/operations.md lists for it.",
    ),
    (
        "bad_utf8",
        "Bytes that are not UTF-8: mostly text in the code page of the host.",
        "Convert texts to UTF-8 before the call.",
    ),
    (
        "bad_json",
        "The request is not JSON: an unescaped quote, a missing brace, text after the end.",
        "Build requests with a JSON library and not by joining texts.",
    ),
    ("too_large", "More than 1 MiB of JSON, or more than 1000 requests in one batch.", "Send several calls."),
    (
        "unknown_operation",
        "The member `op` names nothing.",
        "Take a name of docs/operations.md, in C one of `CARNET_OP_*`.",
    ),
    (
        "too_many_digits",
        "More digits after the point than the currency has: `1.005` of EUR, `1.5` of JPY.",
        "Round before the call, as the bill does.",
    ),
    (
        "unknown_currency",
        "Three letters that ISO 4217 does not have, or small ones.",
        "Send the code in capitals, such as `EUR`.",
    ),
    (
        "currency_mismatch",
        "Two amounts of one request, or an amount and what it pays, are in different currencies.",
        "Send one currency; Carnet does not exchange money.",
    ),
    (
        "unknown_zone",
        "A time zone that the IANA database does not have.",
        "Send a name such as `Europe/Bucharest`; not an offset.",
    ),
    (
        "bad_phone",
        "A number that cannot be one in the country of the venue, or in the one that its prefix says.",
        "Ask again, or send it with its prefix, `+40 721 …`.",
    ),
    ("bad_email", "Not an address.", "Ask again, or leave it out."),
    (
        "end_before_start",
        "An end that does not lie after its start, or an expiry that is over already.",
        "Correct one of the two.",
    ),
    (
        "sum_mismatch",
        "Payments that do not add up to the price.",
        "Let the payments add up to what is due, which the details say.",
    ),
    (
        "not_with_plan_kind",
        "A field for visits on a time plan, for credit on a plan of visits, and the like.",
        "Look at the kind of the plan or pass first.",
    ),
    (
        "overflow",
        "An amount so large that the sum cannot be written down.",
        "Check the amounts: none comes near in a club.",
    ),
    (
        "contradiction",
        "Two fields that exclude one another are both given: card and client, `expires` and `minutes`, group and transfer.",
        "Give one of them.",
    ),
    ("not_a_batch", "A read or a dry run stands in a batch, which is for writes.", "Call it by itself."),
    (
        "client_not_found",
        "No client has this id.",
        "Look the client up again: by card, phone, e-mail or external id.",
    ),
    (
        "venue_not_found",
        "The call names a venue that is not in this store, or none while there are several.",
        "Send `venue` with every call of a store with several venues.",
    ),
    ("operator_not_found", "`by` names nobody.", "Add the operator with `operator.add`, or correct the id."),
    ("category_not_found", "No category of services has this id.", "See `service.list`."),
    ("service_not_found", "No service has this id.", "See `service.list`."),
    ("plan_not_found", "No plan has this id.", "See `plan.list`."),
    (
        "pass_not_found",
        "No pass has this id, or it is not one of this client.",
        "See `pass.list` of the client.",
    ),
    (
        "card_not_found",
        "Nobody was issued what the reader sent.",
        "Issue the card with `card.add`, or check what the reader sends: its first characters are often its own.",
    ),
    (
        "account_not_found",
        "The client has no account in this currency yet, or no account has this id.",
        "The first top-up opens an account: until then there is nothing on it.",
    ),
    (
        "entry_not_found",
        "The journal has no such position.",
        "Ask for positions that `changes.since` handed out.",
    ),
    ("visit_not_found", "No visit has this id.", "See `access.who_is_in`."),
    ("booking_not_found", "No booking has this id.", "See `booking.list`."),
    ("hold_not_found", "No hold has this id.", "See `hold.list` of the client."),
    ("freeze_not_found", "No freeze has this id.", "See `pass.get` of the pass."),
    ("conflict_not_found", "No conflict has this id.", "See `conflict.list`."),
    (
        "transfer_not_found",
        "No transfer or group has this id.",
        "Take the `group` of the reply that moved it, or see `account.statement`.",
    ),
    ("use_not_found", "No use has this id.", "Take the `pass_use` of the reply that counted it."),
    ("zone_not_found", "The venue has no such zone.", "Take a zone of the venue."),
    ("comment_not_found", "The id of a comment is of none.", "Take it from `client.comments`."),
    ("consent_not_found", "The id of a consent is of none.", "Take it from `client.consents`."),
    (
        "file_not_found",
        "The client has no photo, or there is no such file; it may have been removed.",
        "Take it from `client.files`.",
    ),
    (
        "field_not_found",
        "The chart of this venue has no such field.",
        "Take it from `field.list` of the same venue.",
    ),
    ("household_not_found", "The id of a household is of none.", "Take it from `client.get`."),
    ("message_not_found", "The id of a message is of none.", "Take it from `message.list`."),
    (
        "not_a_photo",
        "The bytes do not begin like a JPEG, PNG or WebP, whatever the name says.",
        "Convert the picture, or add it with `client.file_add`.",
    ),
    (
        "field_kind",
        "A value of another kind was written into a field of the chart; `details.kind` says what it holds.",
        "Send a value of that kind.",
    ),
    (
        "not_a_company",
        "The client named as a company is a person, or is the client itself.",
        "Name a client of the kind `company`.",
    ),
    (
        "not_a_person",
        "A company was named where only a person can stand.",
        "Name a client of the kind `person`.",
    ),
    (
        "no_company",
        "A company is to pay for a client who belongs to none.",
        "Set `company` of the client, or let the client pay.",
    ),
    (
        "insufficient",
        "The balance, with its debt limit, or what is left on the pass does not cover the amount. `needed`, `available` and `missing` are in the details.",
        "Nothing was taken. Take less, top up, or pay another way.",
    ),
    (
        "clock",
        "The time of the call lies more than five minutes ahead of the engine's clock, or more than a minute behind what the venue has seen.",
        "Set the clock of the machine. An event recorded off line is sent with `late`.",
    ),
    (
        "not_for_sale",
        "The plan is not sold through this channel, or was taken out of sale.",
        "See `plan.list` for the channel.",
    ),
    ("plan_deleted", "The plan was deleted.", "Take another plan."),
    (
        "pass_ended",
        "The pass is over.",
        "Extend it with `pass.extend` where the house allows that, or sell a new one.",
    ),
    (
        "client_archived",
        "The client is archived: nothing new is done for them.",
        "Bring the client back with `client.change` first.",
    ),
    (
        "day_open",
        "A business day of the venue is open already.",
        "Close it with `day.close`, or go on in it.",
    ),
    ("day_not_open", "No business day of the venue is open.", "Open one with `day.open`."),
    (
        "day_closed",
        "That business day was closed before, and a closed day does not change.",
        "Take the next date.",
    ),
    (
        "not_inside",
        "The client is not inside, so there is no visit to end.",
        "At an exit: let them out. The entry was not recorded, or the visit has ended.",
    ),
    (
        "disabled",
        "The venue has switched this off: `details.switch` says what.",
        "Ask who runs the venue; `venue.change` switches it on again. A door stays shut.",
    ),
    (
        "nothing_to_refund",
        "More is asked back than was paid and not refunded.",
        "Ask for at most what the details say.",
    ),
    (
        "not_allowed",
        "The plan of the pass does not allow this: no freeze, no transfer, no renewal. Or the operator has not the right that `details.right` names.",
        "Tell the client; the plan can be changed for the next sale.",
    ),
    (
        "allowance_used",
        "The plan allows it, and the client has had all of it.",
        "The details say what is left.",
    ),
    ("in_the_past", "The change would reach into days that are over.", "Begin today or later."),
    ("not_frozen", "The pass is not frozen and no freeze is to come.", "See `pass.get`."),
    (
        "not_covered",
        "No pass of the client pays for this.",
        "`pass.quote` gives every pass with every reason why not.",
    ),
    (
        "already_used",
        "Something of it was used, so it cannot be taken back whole.",
        "Reverse the uses first, or cancel the pass with a refund.",
    ),
    (
        "hold_ended",
        "The hold was captured or released, or its time is over. `state` in the details says which.",
        "Place a new one, or charge without one.",
    ),
    (
        "over_capture",
        "More than is held, and more than the hold allows beyond that.",
        "Capture what is held and charge the rest.",
    ),
    ("pass_closed", "The pass was cancelled, given away or replaced.", "Use the pass that followed it."),
    (
        "nothing_to_reverse",
        "More is to be moved back than is left of the movement.",
        "It was reversed already, whole or in part: see `account.statement`.",
    ),
    ("card_returned", "The card was given back.", "Issue it again with `card.add`."),
    ("not_blocked", "The card is not blocked.", "Nothing is to be done."),
    ("stale_version", "Somebody changed it since it was read.", "Read it again, and decide again."),
    (
        "key_reused",
        "The idempotency key was used before for another operation or other arguments.",
        "Make a new key for each piece of work; repeat a call with the same key only unchanged.",
    ),
    ("already_exists", "This exists already.", "Take the one that is there."),
    (
        "external_id_taken",
        "The key in the other system belongs to another entity.",
        "Look that entity up by the key: perhaps it is the same.",
    ),
    ("card_taken", "The card belongs to another client.", "Look the card up with `card.find`."),
    (
        "already_done",
        "This was done before and is not done twice; of `carnet_log_set`: the program has a log of its own.",
        "Nothing is left to do.",
    ),
    (
        "busy",
        "Another process wrote, or others were before it in the queue, until the deadline.",
        "Repeat it with the same key. If it comes often: a backup program or a reader that holds the file.",
    ),
    ("full", "The disk is full, or a quota.", "Make room. What was answered with success is safe."),
    (
        "corrupt",
        "The file is not a Carnet store, or the disk lost some of it.",
        "Stop, keep a copy of the file, restore the last backup, and look at the disk.",
    ),
    ("newer", "The store was written by a newer library.", "Install the newer library here too."),
    (
        "io",
        "The disk refused to read or write.",
        "Look at the system's log: a failing disk, a removed drive.",
    ),
    (
        "older",
        "The store is of an older release, and upgrades are refused by the options.",
        "Open it once with `upgrade` left out or `auto`: it is backed up first.",
    ),
    (
        "network_file_system",
        "The file lies on a network share, where locks cannot be trusted.",
        "Keep the file on a disk of the machine, or use PostgreSQL for several machines.",
    ),
    (
        "library_too_old",
        "The program was built with a SQLite that can lose data.",
        "Build with the SQLite that comes with Carnet, or 3.51.3 and later.",
    ),
    ("missing", "There is no store at this place.", "Check the path, or open it with `{\"create\":true}`."),
    (
        "exists",
        "Something is at the place a backup or copy should go to. Nothing is written over.",
        "Take another name.",
    ),
    (
        "read_only",
        "The file, its folder or the server does not let this user write.",
        "Give the user of the process the right to write to the file and its folder.",
    ),
    (
        "unreachable",
        "The PostgreSQL server does not answer.",
        "Check address, network and server; repeat with the same key.",
    ),
    (
        "unknown_outcome",
        "The connection broke while the server was told to commit: nobody knows whether it did.",
        "Repeat the call with the same key: it is then done once. Without a key, look first.",
    ),
    (
        "access_denied",
        "The server does not know this user or password, or refuses the database.",
        "Check the URL and the rights of the user.",
    ),
    ("closed", "The engine is closed or closing.", "Nothing was done. Open it again, or end."),
    (
        "bad_handle",
        "The handle was closed or freed, is of another kind, or never was one.",
        "Set handles to null when they are closed; the functions do that for the one whose address they get.",
    ),
    (
        "null_pointer",
        "A pointer that must not be null is. The field says which.",
        "Pass the address of a variable.",
    ),
    (
        "interrupted",
        "`carnet_interrupt` was called, or the progress function ended a backup.",
        "Nothing was done. Call again when it is wanted.",
    ),
    (
        "unsupported",
        "This build or this kind of store cannot do that: a build without PostgreSQL, for example.",
        "Use a library with the feature; the details name it.",
    ),
    (
        "poisoned",
        "An earlier call on this engine met a defect of the library. What it holds in memory is no longer trusted; the store itself is sound.",
        "Close the engine and open it again. Report what came first: it was `internal`.",
    ),
    (
        "bad_struct",
        "`struct_size` is not the size of a struct of this library, or the pointer is not aligned to eight bytes.",
        "Empty structs with `CARNET_INIT`; build against the header of this library; mind the packing of other languages.",
    ),
    (
        "internal",
        "A defect of the library. The call changed nothing that it did not commit.",
        "Report it with the version and the operation. Later calls on the engine give `poisoned`: close it and open it again.",
    ),
];

fn family(code: Code) -> &'static str {
    match code {
        Code::InvalidInput => "The request is malformed; nothing was written. The same request fails again.",
        Code::NotFound => "Something that the request names does not exist; nothing was written.",
        Code::Refused => {
            "A rule of the venue, the plan or the books refuses; nothing was written. Show it to the people at the desk."
        }
        Code::Conflict => "The request contradicts what is stored; nothing was written.",
        Code::Storage => {
            "The store could not do it; nothing was written, but where the reason says otherwise. Repeat it with the same key."
        }
        Code::Misuse => "The library was called in a way it must not be, or was told to stop.",
        Code::Internal => "A defect of the library itself.",
    }
}

/// The page of one reason.
pub fn page(reason: Reason) -> String {
    let name = reason.as_str();
    let found = ADVICE.iter().find(|(word, _, _)| *word == name);
    let (_, when, what) = found.unwrap_or_else(|| panic!("ADVICE says nothing of {name}"));
    let constant = name.to_uppercase();
    format!(
        "<!-- Made by ffi/tests/header.rs; do not edit. -->\n\n# {name}\n\n| number | family | in C |\n|---|---|---|\n| {} | [{}](README.md) | `CARNET_REASON_{constant}` |\n\n{}.\n\n**When it comes.** {when}\n\n**What to do.** {what}\n",
        reason.number(),
        reason.code(),
        capital(reason.message()),
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// All of them by family.
pub fn list() -> String {
    let mut made = String::from(
        "<!-- Made by ffi/tests/header.rs; do not edit. -->\n\n# Errors\n\nEvery error has a family (`code`), a reason with a number, the field that was wrong if there is one, and details.\nNumbers and words are for ever: they are only added.\n",
    );
    let mut last = None;
    for reason in Reason::ALL {
        if last != Some(reason.code()) {
            last = Some(reason.code());
            write!(made, "\n## {}\n\n{}\n\n", reason.code(), family(reason.code())).expect("a String");
        }
        writeln!(made, "- {} [{1}]({1}.md): {2}", reason.number(), reason.as_str(), reason.message())
            .expect("a String");
    }
    made
}
