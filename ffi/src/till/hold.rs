//! Holds: money, visits and credit authorised now, taken later.

use super::convert::{
    call, count, currency, given, id, money, money_of, parsed, put_unit, result, text, time,
};
use crate::errors::carnet_error;
use crate::memory::boundary;
use crate::open::{carnet_engine, using};
use crate::structs::{
    carnet_amount, carnet_call, carnet_capture, carnet_captured, carnet_held, carnet_hold, carnet_placed,
    carnet_released, carnet_taken,
};
use crate::words::{CARNET_UNIT_CREDIT, CARNET_UNIT_MONEY, CARNET_UNIT_VISITS, hold_state};
use engine::domain::hold::{HoldPart, OverCapture};
use engine::domain::{ClientId, HoldId, PassId, ServiceId};
use engine::ops::hold::{CapturedPart, HoldAmount, HoldCapture, HoldPlace, HoldRelease};
use engine::{Error, Reason, Result};

/// Holds money, visits or credit of a client, all of it or nothing: `hold.place`.
///
/// @param engine     an open engine
/// @param call       venue, time, key; null for the defaults
/// @param hold       what is to be held, and until when
/// @param placed     gets the hold; empty on failure; may be null
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason: `CARNET_REASON_INSUFFICIENT`, and then nothing is held
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// Structs are readable and writable over their `struct_size`; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_hold_place(
    engine: *const carnet_engine,
    call: *const carnet_call,
    hold: *const carnet_hold,
    placed: *mut carnet_placed,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that structs have their `struct_size`.
        let placed = (!placed.is_null()).then(|| unsafe { result(placed, "placed") }).transpose()?;
        let mut own = None;
        // SAFETY: as above.
        let (call, hold) = unsafe { (self::call(call, &mut own)?, given(hold, "hold")?) };
        let request = HoldPlace {
            client: ClientId(hold.client),
            parts: amounts(&hold.parts, hold.part_count)?,
            expires: time(hold.expires, "expires")?,
            minutes: (hold.minutes != 0).then_some(hold.minutes),
            more_up_to: more_up_to(hold)?,
            reason: text(&hold.reason, "reason")?,
        };
        let done = using(engine, |engine| engine.hold_place(call, request))?;
        if let Some(placed) = placed {
            placed.part_count = count(done.parts.len());
            (placed.hold, placed.expires) = (done.hold.0, done.expires.micros());
            placed.parts.iter_mut().zip(&done.parts).for_each(|(place, part)| put_held(place, part));
        }
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Takes what is held, less of it, or more within the limit of the hold: `hold.capture`.
///
/// @param engine     an open engine
/// @param call       venue, time, key, document; null for the defaults
/// @param capture    the hold, and how much of it
/// @param captured   gets what was taken; empty on failure; may be null
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason: `CARNET_REASON_HOLD_ENDED`, `CARNET_REASON_OVER_CAPTURE`
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// Structs are readable and writable over their `struct_size`; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_hold_capture(
    engine: *const carnet_engine,
    call: *const carnet_call,
    capture: *const carnet_capture,
    captured: *mut carnet_captured,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that structs have their `struct_size`.
        let captured = (!captured.is_null()).then(|| unsafe { result(captured, "captured") }).transpose()?;
        let mut own = None;
        // SAFETY: as above.
        let (call, capture) = unsafe { (self::call(call, &mut own)?, given(capture, "capture")?) };
        let request = HoldCapture {
            hold: HoldId(capture.hold),
            parts: amounts(&capture.parts, capture.part_count)?,
            service: id(capture.service).map(ServiceId),
            tax: parsed(&capture.tax, "tax")?,
            keep_open: capture.keep_open != 0,
        };
        let done = using(engine, |engine| engine.hold_capture(call, request))?;
        if let Some(captured) = captured {
            captured.state = hold_state(done.state);
            (captured.hold, captured.version, captured.group) = (done.hold.0, done.version, done.group.0);
            captured.part_count = count(done.captured.len());
            for (place, part) in captured.parts.iter_mut().zip(&done.captured) {
                put_taken(place, part)?;
            }
        }
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Frees what is held: `hold.release`.
///
/// @param engine     an open engine
/// @param call       venue, time, key; null for the defaults
/// @param hold       the hold
/// @param released   gets its new version; empty on failure; may be null
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason: `CARNET_REASON_HOLD_ENDED`
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// Structs are readable and writable over their `struct_size`; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_hold_release(
    engine: *const carnet_engine,
    call: *const carnet_call,
    hold: i64,
    released: *mut carnet_released,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that structs have their `struct_size`.
        let released = (!released.is_null()).then(|| unsafe { result(released, "released") }).transpose()?;
        let mut own = None;
        // SAFETY: as above.
        let call = unsafe { self::call(call, &mut own) }?;
        let request = HoldRelease { hold: HoldId(hold) };
        let done = using(engine, |engine| engine.hold_release(call, request))?;
        if let Some(released) = released {
            (released.hold, released.version) = (done.hold.0, done.version);
        }
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

fn more_up_to(hold: &carnet_hold) -> Result<Option<OverCapture>> {
    let percent = parsed(&hold.more_percent, "more_up_to.percent")?;
    let amount = money(&hold.more_amount, "more_up_to.amount")?;
    match (percent, amount) {
        (Some(_), Some(_)) => Err(Error::field(Reason::Contradiction, "more_up_to.amount")),
        (Some(percent), None) => Ok(Some(OverCapture::Percent(percent))),
        (None, amount) => Ok(amount.map(OverCapture::Amount)),
    }
}

/// The first so many parts.
fn amounts(parts: &[carnet_amount], how_many: u32) -> Result<Vec<HoldAmount>> {
    let parts = usize::try_from(how_many).ok().and_then(|how_many| parts.get(..how_many));
    let parts = parts.ok_or_else(|| Error::field(Reason::TooLong, "parts").with("max", 16))?;
    let numbered = parts.iter().enumerate();
    numbered
        .map(|(index, part)| amount(part).map_err(|error| error.within(&format!("parts.{index}"))))
        .collect()
}

fn amount(part: &carnet_amount) -> Result<HoldAmount> {
    let currency = |field: &str| {
        let found = currency(&part.currency, field)?;
        found.ok_or_else(|| Error::field(Reason::Required, field))
    };
    match part.unit {
        CARNET_UNIT_MONEY if part.pass != 0 => Err(Error::field(Reason::Contradiction, "pass")),
        CARNET_UNIT_MONEY => {
            Ok(HoldAmount::Money(money_of(part.amount, currency("money.currency")?, "money")?))
        }
        CARNET_UNIT_VISITS => Ok(HoldAmount::Visits { pass: PassId(part.pass), visits: part.amount }),
        CARNET_UNIT_CREDIT => {
            let credit = money_of(part.amount, currency("credit.credit.currency")?, "credit.credit")?;
            Ok(HoldAmount::Credit { pass: PassId(part.pass), credit })
        }
        _ => Err(Error::field(Reason::UnknownValue, "unit")),
    }
}

fn put_held(place: &mut carnet_held, part: &HoldPart) {
    place.account = part.account.0;
    place.pass = part.pass.map_or(0, |pass| pass.0);
    (place.lot, place.amount) = (part.lot.0, part.held);
}

fn put_taken(place: &mut carnet_taken, part: &CapturedPart) -> Result<()> {
    place.account = part.account.0;
    place.amount.pass = part.pass.map_or(0, |pass| pass.0);
    place.amount.amount = part.unit.read(&part.amount)?;
    place.amount.unit = put_unit(part.unit, &mut place.amount.currency);
    Ok(())
}
