//! Cards and the door.

use super::convert::{call, given, id, later, put_money, put_text, put_time, result, text, text_in};
use crate::errors::carnet_error;
use crate::memory::{boundary, text as text_of};
use crate::open::{carnet_engine, using};
use crate::structs::{
    CARNET_NO_TIME, CARNET_NO_VISITS, carnet_access, carnet_call, carnet_card, carnet_decision,
    carnet_entered, carnet_exited, carnet_leave,
};
use crate::words::{card_kind, card_state, deny, outcome, plan};
use engine::domain::client::Card;
use engine::domain::decision::{Decision, RuleVerdict};
use engine::domain::{ClientId, PassId, ServiceId};
use engine::ops::access::{AccessDecide, AccessEnter, AccessExit, Entered, Exited};
use engine::ops::card::CardFind;
use std::ffi::c_char;

/// Finds a card by what the reader sends: `card.find`.
///
/// @param engine     an open engine
/// @param call       venue and time; null for the defaults
/// @param uid        what the reader sends, UTF-8
/// @param uid_len    its length in bytes; `SIZE_MAX` if a zero byte ends it
/// @param card       gets the card; empty on failure
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason: `CARNET_REASON_CARD_NOT_FOUND`
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// The text is readable over its length, structs over their `struct_size`; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_card_find(
    engine: *const carnet_engine,
    call: *const carnet_call,
    uid: *const c_char,
    uid_len: usize,
    card: *mut carnet_card,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that structs have their `struct_size`.
        let card = unsafe { result(card, "card") }?;
        let mut own = None;
        // SAFETY: as above.
        let call = unsafe { self::call(call, &mut own) }?;
        // SAFETY: the caller promises that the text is readable over its length.
        let uid = unsafe { text_of(uid, uid_len, "uid") }?.to_owned();
        let found = using(engine, |engine| engine.card_find(call, CardFind { uid }))?;
        put_card(card, &found.card);
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Answers whether a client may come in: `access.decide`. Writes nothing. A refusal is an answer, not an error.
///
/// @param engine     an open engine
/// @param call       venue and time; null for the defaults
/// @param access     who comes, and for what
/// @param decision   gets the answer; empty on failure, and then the door stays shut
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// Structs are readable and writable over their `struct_size`; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_access_decide(
    engine: *const carnet_engine,
    call: *const carnet_call,
    access: *const carnet_access,
    decision: *mut carnet_decision,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that structs have their `struct_size`.
        let mut decision = unsafe { later(decision, "decision") }?;
        let mut own = None;
        // SAFETY: as above.
        let (call, access) = unsafe { (self::call(call, &mut own)?, given(access, "access")?) };
        using(engine, |engine| {
            // Made here: what is moved on the way costs more than what is looked at.
            let card = text(&access.card, "card")?;
            let (client, pass, service) = asked(access);
            // It is looked at where it lies: to move it once takes as long as to fill the struct.
            match engine.access_decide(call, AccessDecide { card, client, pass, service }) {
                Ok(ref decided) => decision.fill(|decision| put_decision(decision, decided)),
                Err(error) => return Err(error),
            }
            Ok(())
        })
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Decides again and lets the client in: `access.enter`. Takes the visit or credit; a refusal is recorded as an attempt, and
/// is an answer, not an error.
///
/// @param engine     an open engine
/// @param call       venue, time, key; null for the defaults
/// @param access     who comes, and for what
/// @param decision   gets the decision that was carried out; empty on failure; may be null
/// @param entered    gets the visit or the attempt; empty on failure; may be null
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// Structs are readable and writable over their `struct_size`; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_access_enter(
    engine: *const carnet_engine,
    call: *const carnet_call,
    access: *const carnet_access,
    decision: *mut carnet_decision,
    entered: *mut carnet_entered,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that structs have their `struct_size`.
        let mut decision =
            (!decision.is_null()).then(|| unsafe { later(decision, "decision") }).transpose()?;
        // SAFETY: as above.
        let entered = (!entered.is_null()).then(|| unsafe { result(entered, "entered") }).transpose()?;
        let mut own = None;
        // SAFETY: as above.
        let (call, access) = unsafe { (self::call(call, &mut own)?, given(access, "access")?) };
        let card = text_in(&access.card, "card")?;
        using(engine, |engine| {
            let card = card.map(str::to_owned);
            let (client, pass, service) = asked(access);
            let done = engine.access_enter(call, AccessEnter { card, client, pass, service });
            if let (Ok(done), Some(decision)) = (&done, &mut decision) {
                decision.fill(|decision| put_decision(decision, &done.decision));
            }
            if let (Ok(done), Some(entered)) = (&done, entered) {
                put_entered(entered, done);
            }
            done.map(|_| ())
        })
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Ends the visit of a client: `access.exit`.
///
/// @param engine     an open engine
/// @param call       venue, time, key; null for the defaults
/// @param leave      who leaves
/// @param exited     gets the visit; empty on failure; may be null
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason: `CARNET_REASON_NOT_INSIDE`
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// Structs are readable and writable over their `struct_size`; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_access_exit(
    engine: *const carnet_engine,
    call: *const carnet_call,
    leave: *const carnet_leave,
    exited: *mut carnet_exited,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that structs have their `struct_size`.
        let exited = (!exited.is_null()).then(|| unsafe { result(exited, "exited") }).transpose()?;
        let mut own = None;
        // SAFETY: as above.
        let (call, leave) = unsafe { (self::call(call, &mut own)?, given(leave, "leave")?) };
        let request = AccessExit { card: text(&leave.card, "card")?, client: id(leave.client).map(ClientId) };
        let done = using(engine, |engine| engine.access_exit(call, request))?;
        if let Some(exited) = exited {
            let Exited { visit, client, seconds } = done;
            (exited.visit, exited.client, exited.seconds) = (visit.0, client.0, seconds);
        }
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Who comes, with which pass, for what.
fn asked(access: &carnet_access) -> (Option<ClientId>, Option<PassId>, Option<ServiceId>) {
    (id(access.client).map(ClientId), id(access.pass).map(PassId), id(access.service).map(ServiceId))
}

fn put_card(place: &mut carnet_card, card: &Card) {
    place.kind = card_kind(card.kind);
    place.state = card_state(card.state);
    place.card = card.card.0;
    place.client = card.client.0;
    place.issued = card.issued.micros();
    put_text(&mut place.uid, &card.uid);
}

fn put_decision(place: &mut carnet_decision, decision: &Decision) {
    place.outcome = outcome(decision.outcome);
    place.reason = decision.reason.map_or(0, deny);
    place.reentry = i32::from(decision.reentry);
    place.rule_count = i32::try_from(decision.rules.len()).unwrap_or(i32::MAX);
    place.client = decision.client.map_or(0, |client| client.0);
    // One look at whether somebody pays: a door does not know before, and guessing wrong takes longer than writing.
    if let Some(payer) = &decision.payer {
        (place.kind, place.pass, place.plan) = (plan(payer.kind), payer.pass.0, payer.plan.0);
        place.ends = put_time(payer.ends);
        place.visits = payer.visits.unwrap_or(CARNET_NO_VISITS);
        place.visits_left = payer.visits_left.unwrap_or(CARNET_NO_VISITS);
        put_money(&mut place.credit, payer.credit);
        put_money(&mut place.credit_left, payer.credit_left);
    } else {
        (place.kind, place.pass, place.plan) = (0, 0, 0);
        place.ends = CARNET_NO_TIME;
        (place.visits, place.visits_left) = (CARNET_NO_VISITS, CARNET_NO_VISITS);
        put_money(&mut place.credit, None);
        put_money(&mut place.credit_left, None);
    }
    if !decision.rules.is_empty() {
        put_rules(place, &decision.rules);
    }
    let mut lines = decision.display.iter();
    for place in [&mut place.line1, &mut place.line2] {
        put_text(place, lines.next().map_or("", String::as_str));
    }
}

/// Apart from the rest, which has to lie close together: where a door opens, hardly any rule spoke.
#[inline(never)]
fn put_rules(place: &mut carnet_decision, rules: &[RuleVerdict]) {
    for (place, rule) in place.rules.iter_mut().zip(rules) {
        place.reason = deny(rule.reason);
        place.pass = rule.pass.map_or(0, |pass| pass.0);
        place.until = put_time(rule.until);
        put_text(&mut place.missing, rule.missing.as_deref().unwrap_or_default());
    }
}

fn put_entered(place: &mut carnet_entered, entered: &Entered) {
    place.visit = entered.visit.map_or(0, |id| id.0);
    place.attempt = entered.attempt.map_or(0, |id| id.0);
    place.conflict = entered.conflict.map_or(0, |id| id.0);
    place.group = entered.group.map_or(0, |id| id.0);
    place.pass_use = entered.pass_use.map_or(0, |id| id.0);
}
