//! Between structs of C and requests and replies of the engine.

use crate::memory::put;
use crate::structs::{
    CARNET_CALL_DRY_RUN, CARNET_CALL_HAS_LINE, CARNET_NO_TIME, CARNET_NOW, Sized32, carnet_call, carnet_money,
};
use engine::domain::account::Unit;
use engine::domain::money::MINOR_MAX;
use engine::domain::{Currency, Date, Instant, Money, OperatorId, VenueId};
use engine::{Call, Document, Error, Late, Reason, Result};
use std::ffi::c_char;

/// A struct that came in.
///
/// # Safety
/// `given` is null, or readable over the `struct_size` that it begins with.
pub unsafe fn given<'a, T: Sized32>(given: *const T, field: &str) -> Result<&'a T> {
    // SAFETY: as promised by the caller.
    unsafe { check_size(given, field) }?;
    // SAFETY: not null, aligned, and readable over the size of the type; any bytes are a value of it.
    Ok(unsafe { &*given })
}

/// A struct for a result, emptied.
///
/// # Safety
/// `result` is null, or readable and writable over the `struct_size` that it begins with, and nobody else uses it.
pub unsafe fn result<'a, T: Sized32>(result: *mut T, field: &str) -> Result<&'a mut T> {
    // SAFETY: as promised by the caller.
    unsafe { check_size(result, field) }?;
    // SAFETY: not null, aligned, and writable over the size of the type.
    unsafe { put(result, T::empty()) };
    // SAFETY: as above, and nobody else uses it meanwhile.
    Ok(unsafe { &mut *result })
}

/// # Safety
/// `object` is null, or readable over the `struct_size` that it begins with.
unsafe fn check_size<T: Sized32>(object: *const T, field: &str) -> Result<()> {
    if object.is_null() {
        return Err(Error::field(Reason::NullPointer, field));
    }
    if !object.is_aligned() {
        return Err(Error::field(Reason::BadStruct, field).with("why", "alignment"));
    }
    // SAFETY: not null, aligned, and at least the size itself is readable, as promised by the caller.
    let size = unsafe { object.cast::<u32>().read() };
    let released = usize::try_from(size).is_ok_and(|size| T::SIZES.contains(&size));
    if released {
        return Ok(());
    }
    let known = T::SIZES.last().copied().unwrap_or(0);
    Err(Error::field(Reason::BadStruct, field).with("struct_size", size).with("known", known))
}

/// What comes with a call.
///
/// # Safety
/// As for [`given`]; null means the defaults.
pub unsafe fn call(call: *const carnet_call) -> Result<Call> {
    if call.is_null() {
        return Ok(Call::default());
    }
    // SAFETY: as promised by the caller.
    let call = unsafe { given(call, "call") }?;
    if call.flags & !(CARNET_CALL_DRY_RUN | CARNET_CALL_HAS_LINE) != 0 {
        return Err(Error::field(Reason::UnknownValue, "flags"));
    }
    Ok(Call {
        at: time(call.at, "at")?,
        key: text(&call.key, "key")?,
        by: id(call.by).map(OperatorId),
        venue: id(call.venue).map(VenueId),
        document: document(call)?,
        late: text(&call.late_device, "late.device")?.map(|device| Late { device, seq: call.late_seq }),
        dry_run: call.flags & CARNET_CALL_DRY_RUN != 0,
        deadline_ms: call.deadline_ms,
    })
}

fn document(call: &carnet_call) -> Result<Option<Document>> {
    let system = text(&call.document_system, "document.system")?;
    let station = text(&call.document_station, "document.station")?;
    let shift = text(&call.document_shift, "document.shift")?;
    let number = text(&call.document_number, "document.number")?;
    let business_date = date(call.business_date).map_err(|error| error.within("document"))?;
    let line = (call.flags & CARNET_CALL_HAS_LINE != 0).then_some(call.line);
    let is_given = system.is_some()
        || station.is_some()
        || shift.is_some()
        || number.is_some()
        || business_date.is_some()
        || line.is_some();
    let required = |text: Option<String>, field| text.ok_or_else(|| Error::field(Reason::Required, field));
    if !is_given {
        return Ok(None);
    }
    let (system, number) = (required(system, "document.system")?, required(number, "document.number")?);
    Ok(Some(Document { system, station, shift, business_date, number, line }))
}

/// A date written as YYYYMMDD.
fn date(number: i32) -> Result<Option<Date>> {
    if number == 0 {
        return Ok(None);
    }
    let part = |over: u32, upto: u32| u32::try_from(number).ok()?.checked_div(over)?.checked_rem(upto);
    let read = || {
        let year = i32::try_from(part(10_000, 10_000)?).ok()?;
        Date::from_ymd_opt(year, part(100, 100)?, part(1, 100)?)
    };
    let date = read().filter(|_| number <= 99_991_231);
    date.map(Some).ok_or_else(|| Error::field(Reason::BadFormat, "business_date"))
}

/// An id; 0 is none.
pub const fn id(number: i64) -> Option<i64> {
    if number == 0 { None } else { Some(number) }
}

/// An instant; `CARNET_NOW` is none.
pub fn time(micros: i64, field: &str) -> Result<Option<Instant>> {
    if micros == CARNET_NOW {
        return Ok(None);
    }
    Instant::from_micros(micros).map(Some).map_err(|error| error.within(field))
}

/// A text in an array, ended by a zero byte; an empty one is none.
pub fn text(array: &[c_char], field: &str) -> Result<Option<String>> {
    // SAFETY: a `c_char` is a byte, and the slice says how many there are.
    let bytes = unsafe { std::slice::from_raw_parts(array.as_ptr().cast::<u8>(), array.len()) };
    let Ok(text) = std::ffi::CStr::from_bytes_until_nul(bytes) else {
        return Err(Error::field(Reason::TooLong, field).with("max_bytes", array.len().saturating_sub(1)));
    };
    if text.is_empty() {
        return Ok(None);
    }
    let text = text.to_str().map_err(|_| Error::field(Reason::BadUtf8, field))?;
    Ok(Some(text.to_owned()))
}

/// A value that is written as text, such as a percentage.
pub fn parsed<T: std::str::FromStr<Err = Error>>(array: &[c_char], field: &str) -> Result<Option<T>> {
    let text = text(array, field)?;
    let read = |text: String| text.parse().map_err(|error: Error| Error::field(error.reason(), field));
    text.map(read).transpose()
}

/// Three letters; none where there are none.
pub fn currency(letters: &[c_char], field: &str) -> Result<Option<Currency>> {
    parsed(letters, field)
}

/// An amount of money; one without a currency is none.
pub fn money(amount: &carnet_money, field: &str) -> Result<Option<Money>> {
    let currency = currency(&amount.currency, "currency").map_err(|error| error.within(field))?;
    currency.map(|currency| money_of(amount.minor, currency, field)).transpose()
}

/// As many minor units, if that many can be.
pub fn money_of(minor: i64, currency: Currency, field: &str) -> Result<Money> {
    if (-MINOR_MAX..=MINOR_MAX).contains(&minor) {
        return Ok(Money::new(minor, currency));
    }
    Err(Error::field(Reason::OutOfRange, "amount").within(field))
}

/// Writes a text into an array: as much as has room, whole characters, and a zero byte.
pub fn put_text(array: &mut [c_char], text: &str) {
    let room = array.len().saturating_sub(1);
    let end = text.floor_char_boundary(room.min(text.len()));
    let bytes = text.as_bytes().iter().take(end).chain(std::iter::once(&0));
    for (place, byte) in array.iter_mut().zip(bytes) {
        *place = c_char::from_ne_bytes([*byte]);
    }
}

/// An amount of money; the empty one is what stands there already.
pub fn put_money(place: &mut carnet_money, money: Option<Money>) {
    if let Some(money) = money {
        place.minor = money.minor();
        put_text(&mut place.currency, money.currency().code());
    }
}

/// An instant, or that there is none.
pub fn put_time(time: Option<Instant>) -> i64 {
    time.map_or(CARNET_NO_TIME, Instant::micros)
}

/// The number and the currency of a unit.
pub fn put_unit(unit: Unit, letters: &mut [c_char]) -> i32 {
    match unit {
        Unit::Visits => crate::words::CARNET_UNIT_VISITS,
        Unit::Money(currency) => {
            put_text(letters, currency.code());
            crate::words::CARNET_UNIT_MONEY
        }
        Unit::Credit(currency) => {
            put_text(letters, currency.code());
            crate::words::CARNET_UNIT_CREDIT
        }
    }
}

/// How many there are, for a field of 32 bits.
pub fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
