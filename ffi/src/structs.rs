//! The structs of the typed functions. Plain data: no pointers, every gap named, so that offsets are the same in 32 and
//! in 64 bits. A released struct never changes; a longer one is told from it by its `struct_size`.

use std::ffi::c_char;

/// An instant that means "now", by the engine's clock: the value time of a call that names none.
pub const CARNET_NOW: i64 = 0;
/// An end that never comes: 9999-01-01T00:00:00Z in microseconds.
pub const CARNET_NEVER: i64 = 253_370_764_800_000_000;
/// In a result: there is no such instant.
pub const CARNET_NO_TIME: i64 = i64::MIN;
/// In a result: visits do not come into it.
pub const CARNET_NO_VISITS: i64 = -1;

/// Flag of a call: decide and answer, write nothing.
pub const CARNET_CALL_DRY_RUN: u32 = 1;
/// Flag of a call: the field `line` is filled.
pub const CARNET_CALL_HAS_LINE: u32 = 2;

/// Money of a currency. In results without an amount the currency is empty.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_money {
    /// Minor units: cents for EUR, whole yen for JPY.
    pub minor: i64,
    /// Three letters of ISO 4217 and a zero byte.
    pub currency: [c_char; 4],
    /// Padding, ignored.
    pub reserved: [c_char; 4],
}

/// What comes with a call beside its arguments. All zero but for `struct_size` means: now, at the only venue, by nobody,
/// without a key, within the engine's time. A null pointer means the same.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_call {
    /// `sizeof (carnet_call)`.
    pub struct_size: u32,
    /// `CARNET_CALL_*`, added up.
    pub flags: u32,
    /// The value time in microseconds since 1970-01-01T00:00:00Z; `CARNET_NOW` for the engine's clock.
    pub at: i64,
    /// Where; 0 while the store has only one venue.
    pub venue: i64,
    /// The operator who acts; 0 for none.
    pub by: i64,
    /// Give up with `CARNET_REASON_BUSY` if the work has not begun after this many milliseconds; 0 for what the
    /// engine was opened with.
    pub deadline_ms: i64,
    /// The running number that the device gave an event while off line; counts only where `late_device` is filled.
    pub late_seq: i64,
    /// The line of the bill; counts only with `CARNET_CALL_HAS_LINE`.
    pub line: i32,
    /// The host's business date as YYYYMMDD, such as 20260514; 0 for none.
    pub business_date: i32,
    /// The idempotency key, UTF-8, ended by a zero byte: a second call with the same key and content gets the first
    /// answer again and does nothing. Empty for none.
    pub key: [c_char; 136],
    /// The device that recorded the event while off line. Empty for an event of now.
    pub late_device: [c_char; 136],
    /// The host's paper behind a write: its system. Empty together with the four below for none.
    pub document_system: [c_char; 72],
    /// Its station or till.
    pub document_station: [c_char; 72],
    /// Its shift.
    pub document_shift: [c_char; 72],
    /// Its number.
    pub document_number: [c_char; 72],
}

/// A card.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_card {
    /// `sizeof (carnet_card)`, set by the caller.
    pub struct_size: u32,
    /// How it is read: `CARNET_CARD_*`.
    pub kind: i32,
    /// Whether it opens anything: `CARNET_CARD_STATE_*`.
    pub state: i32,
    /// Padding.
    pub reserved: i32,
    /// Its id.
    pub card: i64,
    /// The client it identifies.
    pub client: i64,
    /// When it was issued, microseconds since 1970-01-01T00:00:00Z.
    pub issued: i64,
    /// What the reader sends, UTF-8, upper case.
    pub uid: [c_char; 520],
}

/// What is asked at a door. Give the card or the client.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_access {
    /// `sizeof (carnet_access)`.
    pub struct_size: u32,
    /// Padding, ignored.
    pub reserved: u32,
    /// The client, where staff knows them; 0 where the card says it.
    pub client: i64,
    /// The pass that the client wants to use; 0 for the first that pays.
    pub pass: i64,
    /// What the client comes for; 0 for the venue's entry service.
    pub service: i64,
    /// What the reader sends, UTF-8, ended by a zero byte. Empty for none.
    pub card: [c_char; 136],
}

/// One rule that spoke against an entry, or against paying it with one pass.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_rule {
    /// What it says: `CARNET_DENY_*`.
    pub reason: i32,
    /// Padding.
    pub reserved: i32,
    /// The pass it speaks about; 0 if about the client, the card or the request.
    pub pass: i64,
    /// When it will stop speaking, or when what it speaks about ended, microseconds; `CARNET_NO_TIME` if it does not say.
    pub until: i64,
    /// How much is missing: visits, or credit with its currency, such as `20.00 EUR`. Empty if nothing is.
    pub missing: [c_char; 40],
}

/// The answer at a door.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_decision {
    /// `sizeof (carnet_decision)`, set by the caller.
    pub struct_size: u32,
    /// `CARNET_OUTCOME_ADMITTED` or `CARNET_OUTCOME_REFUSED`.
    pub outcome: i32,
    /// The first reason why the door stays shut, `CARNET_DENY_*`; 0 where it opens.
    pub reason: i32,
    /// 1 where a re-entry within grace costs nothing, else 0.
    pub reentry: i32,
    /// How many rules spoke in all; the first eight are in `rules`.
    pub rule_count: i32,
    /// The kind of the pass that pays, `CARNET_PLAN_*`; 0 where nothing pays, and then the fields of the pass are empty.
    pub kind: i32,
    /// The client recognised; 0 for none.
    pub client: i64,
    /// The pass that pays; 0 for none.
    pub pass: i64,
    /// Its plan; 0 for none.
    pub plan: i64,
    /// Until when the pass can be used, microseconds; `CARNET_NO_TIME` if that is not known yet.
    pub ends: i64,
    /// What the entry costs in visits; `CARNET_NO_VISITS` where it costs none.
    pub visits: i64,
    /// Visits left after it; `CARNET_NO_VISITS` where the pass has none.
    pub visits_left: i64,
    /// What the entry costs in credit; no currency where it costs none.
    pub credit: carnet_money,
    /// Credit left after it; no currency where the pass has none.
    pub credit_left: carnet_money,
    /// The first rules that spoke.
    pub rules: [carnet_rule; 8],
    /// The first line for a display, UTF-8 (English).
    pub line1: [c_char; 64],
    /// The second line for a display.
    pub line2: [c_char; 64],
}

/// What came of an entry, beside its decision.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_entered {
    /// `sizeof (carnet_entered)`, set by the caller.
    pub struct_size: u32,
    /// Padding.
    pub reserved: u32,
    /// The visit, if the client was let in; 0 if not.
    pub visit: i64,
    /// The recorded attempt, if not; else 0.
    pub attempt: i64,
    /// Of a late entry that no pass pays: what somebody must settle; else 0.
    pub conflict: i64,
    /// The transfers of the use, for `carnet_reverse`; 0 if nothing moved.
    pub group: i64,
    /// The use, if the rules of the pass count; else 0.
    pub pass_use: i64,
}

/// Who leaves. Give the card or the client.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_leave {
    /// `sizeof (carnet_leave)`.
    pub struct_size: u32,
    /// Padding, ignored.
    pub reserved: u32,
    /// The client, where staff knows them; 0 where the card says it.
    pub client: i64,
    /// What the reader sends, UTF-8, ended by a zero byte. Empty for none.
    pub card: [c_char; 136],
}

/// A visit that ended.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_exited {
    /// `sizeof (carnet_exited)`, set by the caller.
    pub struct_size: u32,
    /// Padding.
    pub reserved: u32,
    /// The visit.
    pub visit: i64,
    /// The client.
    pub client: i64,
    /// How long it lasted, in seconds.
    pub seconds: i64,
}

/// What is on a client's account.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_balance {
    /// `sizeof (carnet_balance)`, set by the caller.
    pub struct_size: u32,
    /// Padding.
    pub reserved: u32,
    /// The account.
    pub account: i64,
    /// What can be spent: what is on it less what is held.
    pub balance: carnet_money,
    /// What is owed on it.
    pub debt: carnet_money,
    /// How far it may be used beyond what is on it.
    pub debt_limit: carnet_money,
}

/// A payment from a client's account: an amount, or the price of a service.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_charge {
    /// `sizeof (carnet_charge)`.
    pub struct_size: u32,
    /// Padding, ignored.
    pub reserved: u32,
    /// The client.
    pub client: i64,
    /// What is paid; 0 for nothing of the price list.
    pub service: i64,
    /// How much, tax included; without a currency the price of the service.
    pub amount: carnet_money,
    /// The tax contained, in percent, such as `19` or `8.5`. Empty for that of the service, or none.
    pub tax: [c_char; 16],
}

/// Money that moved on an account.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_charged {
    /// `sizeof (carnet_charged)`, set by the caller.
    pub struct_size: u32,
    /// Padding.
    pub reserved: u32,
    /// The account.
    pub account: i64,
    /// The transfers, for `carnet_reverse`.
    pub group: i64,
    /// What is there after it.
    pub balance: carnet_money,
    /// What is owed on the account after it.
    pub debt: carnet_money,
}

/// An amount of one account of a client: money, or visits or credit of a pass.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_amount {
    /// `CARNET_UNIT_*`.
    pub unit: i32,
    /// Padding, ignored.
    pub reserved: i32,
    /// The pass; 0 for money.
    pub pass: i64,
    /// How much: minor units of the currency, or visits.
    pub amount: i64,
    /// The currency of money and credit; empty for visits.
    pub currency: [c_char; 4],
    /// Padding, ignored.
    pub reserved2: [c_char; 4],
}

/// What is to be held for a client: all of it or nothing.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_hold {
    /// `sizeof (carnet_hold)`.
    pub struct_size: u32,
    /// How many of `parts` are filled, 1 to 16.
    pub part_count: u32,
    /// The client.
    pub client: i64,
    /// When it runs out by itself, microseconds since 1970-01-01T00:00:00Z, up to 366 days ahead. 0 where `minutes` says it.
    pub expires: i64,
    /// After how many minutes it runs out by itself, 1 to 527040. 0 where `expires` says it.
    pub minutes: i32,
    /// Padding, ignored.
    pub reserved: i32,
    /// What is held, of different accounts.
    pub parts: [carnet_amount; 16],
    /// How much more than it holds may be captured, in percent of it, such as `20`. Empty for nothing.
    pub more_percent: [c_char; 16],
    /// The same as an amount of money; no currency for nothing. Give at most one of the two.
    pub more_amount: carnet_money,
    /// Why, up to 200 characters of UTF-8, no personal data. Empty for nothing.
    pub reason: [c_char; 408],
}

/// What is held of one lot.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_held {
    /// The account.
    pub account: i64,
    /// The pass that it belongs to; 0 for money.
    pub pass: i64,
    /// The lot.
    pub lot: i64,
    /// How much: minor units of the account's currency, or visits.
    pub amount: i64,
}

/// A hold that was placed.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_placed {
    /// `sizeof (carnet_placed)`, set by the caller.
    pub struct_size: u32,
    /// Of how many lots it holds something; the first sixteen are in `parts`.
    pub part_count: u32,
    /// Its id.
    pub hold: i64,
    /// When it runs out by itself, microseconds.
    pub expires: i64,
    /// What it holds, lot by lot.
    pub parts: [carnet_held; 16],
}

/// What is to be captured of a hold.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_capture {
    /// `sizeof (carnet_capture)`.
    pub struct_size: u32,
    /// How many of `parts` are filled, up to 16; 0 captures all that is held.
    pub part_count: u32,
    /// The hold.
    pub hold: i64,
    /// What is paid; 0 for nothing of the price list.
    pub service: i64,
    /// 1 if what is not captured stays held, 0 if it is free.
    pub keep_open: i32,
    /// Padding, ignored.
    pub reserved: i32,
    /// How much of each account; nothing of those that are not named.
    pub parts: [carnet_amount; 16],
    /// The tax contained in the money, in percent, such as `19`. Empty for that of the service, or none.
    pub tax: [c_char; 16],
}

/// What was captured of one account.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_taken {
    /// The account.
    pub account: i64,
    /// How much, its unit and its pass.
    pub amount: carnet_amount,
}

/// A hold that was captured.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_captured {
    /// `sizeof (carnet_captured)`, set by the caller.
    pub struct_size: u32,
    /// What it is now: `CARNET_HOLD_*`.
    pub state: i32,
    /// Its id.
    pub hold: i64,
    /// Its new version.
    pub version: i64,
    /// The transfers, for `carnet_reverse`: one group for all accounts.
    pub group: i64,
    /// Of how many accounts something was captured: as many of `parts` are filled.
    pub part_count: u32,
    /// Padding.
    pub reserved: u32,
    /// What was captured, account by account.
    pub parts: [carnet_taken; 16],
}

/// A hold that was released.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_released {
    /// `sizeof (carnet_released)`, set by the caller.
    pub struct_size: u32,
    /// Padding.
    pub reserved: u32,
    /// Its id.
    pub hold: i64,
    /// Its new version.
    pub version: i64,
}

/// A movement that is to be moved back, whole or in part. Give the group or one transfer.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_reversal {
    /// `sizeof (carnet_reversal)`.
    pub struct_size: u32,
    /// Padding, ignored.
    pub reserved: u32,
    /// The group: all that was moved in one operation; 0 for none.
    pub group: i64,
    /// One transfer, with what belongs to it; 0 for none.
    pub transfer: i64,
    /// How much, tax included, in the unit of what was moved: `12.50`, `2`. Empty for all that is left.
    pub amount: [c_char; 40],
    /// Why, 1 to 200 characters of UTF-8. Shown in statements: no personal data.
    pub reason: [c_char; 408],
}

/// A movement that was moved back, whole or in part.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_movement {
    /// Its first transfer.
    pub transfer: i64,
    /// A lot that was granted anew; 0 for none.
    pub lot: i64,
    /// How much was moved back: minor units of the currency, or visits.
    pub amount: i64,
    /// How much of it can still be moved back.
    pub left: i64,
    /// `CARNET_UNIT_*`.
    pub unit: i32,
    /// The currency of money and credit; empty for visits.
    pub currency: [c_char; 4],
}

/// What was moved back.
/// @since 0.1.0
#[repr(C)]
#[derive(Clone, Copy)]
pub struct carnet_reversed {
    /// `sizeof (carnet_reversed)`, set by the caller.
    pub struct_size: u32,
    /// How many movements were reversed; the first sixteen are in `movements`.
    pub movement_count: u32,
    /// The transfers of the reversal.
    pub group: i64,
    /// The movements. None for a use of a time pass, which moved nothing.
    pub movements: [carnet_movement; 16],
}

/// A struct that C hands in or gets: only integers and arrays of them, so that any bytes are a value of it.
///
/// # Safety
/// The type is `repr(C)` of such fields, begins with `struct_size`, and has no padding.
pub(crate) unsafe trait Sized32: Copy {
    /// The sizes that released versions have had, this one last.
    const SIZES: &'static [usize];

    /// All zero but for the size.
    fn empty() -> Self;
}

macro_rules! sized {
    ($($name:ident)*) => { $(
        // SAFETY: fields of integers and arrays only, first the size; `layout` in `ffi/tests` finds no gap.
        unsafe impl Sized32 for $name {
            const SIZES: &'static [usize] = &[size_of::<Self>()];
            fn empty() -> Self {
                // SAFETY: zero is a value of every integer.
                let zero: Self = unsafe { std::mem::zeroed() };
                Self { struct_size: u32::try_from(size_of::<Self>()).unwrap_or(0), ..zero }
            }
        }
    )* };
}
sized! {
    carnet_call carnet_card carnet_access carnet_decision carnet_entered carnet_leave
    carnet_exited carnet_balance carnet_charge carnet_charged carnet_hold carnet_placed
    carnet_capture carnet_captured carnet_released carnet_reversal carnet_reversed
}
