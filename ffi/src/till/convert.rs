//! Between structs of C and requests and replies of the engine.

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
#[inline]
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
    unsafe { clear(result) };
    // SAFETY: as above, and nobody else uses it meanwhile.
    Ok(unsafe { &mut *result })
}

/// Empties a struct but for its size.
///
/// # Safety
/// Writable over the size of its type.
unsafe fn clear<T: Sized32>(object: *mut T) {
    // SAFETY: as promised by the caller; zero is a value of every field.
    unsafe {
        object.write_bytes(0, 1);
        object.cast::<u32>().write(T::SIZE);
    }
}

/// A struct for a result that is large and asked for often: it is emptied only if the call fails.
pub struct Later<'a, T: Sized32> {
    place: &'a mut T,
    is_filled: bool,
}

/// # Safety
/// As for [`result`].
#[inline]
pub unsafe fn later<'a, T: Sized32>(result: *mut T, field: &str) -> Result<Later<'a, T>> {
    // SAFETY: as promised by the caller.
    unsafe { check_size(result, field) }?;
    // SAFETY: not null, aligned, writable over the size of the type, and nobody else uses it meanwhile.
    Ok(Later { place: unsafe { &mut *result }, is_filled: false })
}

impl<T: Sized32> Later<'_, T> {
    /// Fills it: every field that says something.
    pub fn fill(&mut self, fill: impl FnOnce(&mut T)) {
        fill(self.place);
        self.is_filled = true;
    }
}

impl<T: Sized32> Drop for Later<'_, T> {
    fn drop(&mut self) {
        #[cold]
        fn empty<T: Sized32>(place: &mut T) {
            // SAFETY: a reference may be written through.
            unsafe { clear(std::ptr::from_mut(place)) };
        }
        if !self.is_filled {
            empty(self.place);
        }
    }
}

/// # Safety
/// `object` is null, or readable over the `struct_size` that it begins with.
#[inline]
unsafe fn check_size<T: Sized32>(object: *const T, field: &str) -> Result<()> {
    // A struct that grows gets a second size here; what is beyond the smaller one is then neither read nor written.
    // SAFETY: not null, aligned, and at least the size itself is readable, as promised by the caller.
    if !object.is_null() && object.is_aligned() && unsafe { object.cast::<u32>().read() } == T::SIZE {
        return Ok(());
    }
    // SAFETY: as promised by the caller.
    Err(unsafe { bad_struct(object.cast(), object.is_aligned(), T::SIZE, field) })
}

/// # Safety
/// `object` is null, or if it is aligned, its size is readable.
#[cold]
unsafe fn bad_struct(object: *const u32, is_aligned: bool, known: u32, field: &str) -> Error {
    if object.is_null() {
        return Error::field(Reason::NullPointer, field);
    }
    if !is_aligned {
        return Error::field(Reason::BadStruct, field).with("why", "alignment");
    }
    // SAFETY: as promised by the caller.
    let size = unsafe { object.read() };
    Error::field(Reason::BadStruct, field).with("struct_size", size).with("known", known)
}

/// What comes with a call that brings nothing.
static NOTHING: Call = Call {
    at: None,
    key: None,
    by: None,
    venue: None,
    document: None,
    late: None,
    dry_run: false,
    deadline_ms: 0,
};

/// What comes with a call. It is kept where the caller says, in a box: most calls of a door bring none, and there is less
/// to look at then.
///
/// # Safety
/// As for [`given`]; null means the defaults.
#[inline]
pub unsafe fn call(call: *const carnet_call, own: &mut Option<Box<Call>>) -> Result<&Call> {
    if call.is_null() {
        return Ok(&NOTHING);
    }
    // SAFETY: as promised by the caller.
    unsafe { call_of(call, own) }
}

/// # Safety
/// As for [`given`].
unsafe fn call_of(call: *const carnet_call, own: &mut Option<Box<Call>>) -> Result<&Call> {
    // SAFETY: as promised by the caller.
    let call = unsafe { given(call, "call") }?;
    if call.flags & !(CARNET_CALL_DRY_RUN | CARNET_CALL_HAS_LINE) != 0 {
        return Err(Error::field(Reason::UnknownValue, "flags"));
    }
    Ok(own.insert(Box::new(Call {
        at: time(call.at, "at")?,
        key: text(&call.key, "key")?,
        by: id(call.by).map(OperatorId),
        venue: id(call.venue).map(VenueId),
        document: document(call)?,
        late: text(&call.late_device, "late.device")?.map(|device| Late { device, seq: call.late_seq }),
        dry_run: call.flags & CARNET_CALL_DRY_RUN != 0,
        deadline_ms: call.deadline_ms,
    })))
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
    Ok(text_in(array, field)?.map(str::to_owned))
}

/// The same where it lies.
#[inline]
pub fn text_in<'a>(array: &'a [c_char], field: &str) -> Result<Option<&'a str>> {
    // SAFETY: a `c_char` is a byte, and the slice says how many there are.
    let bytes = unsafe { std::slice::from_raw_parts(array.as_ptr().cast::<u8>(), array.len()) };
    let (len, is_ascii) = end_of(bytes);
    let Some(text) = len.and_then(|len| bytes.get(..len)) else { return Err(too_long(array, field)) };
    if text.is_empty() {
        return Ok(None);
    }
    if is_ascii {
        // SAFETY: every byte of it is a letter of ASCII: none has the highest bit.
        return Ok(Some(unsafe { std::str::from_utf8_unchecked(text) }));
    }
    beyond_ascii(text, field)
}

/// Where the first zero byte is, and whether every byte before it is a letter of ASCII. Eight bytes at a time: the text of a
/// card is looked at in every call of a door.
#[inline]
fn end_of(bytes: &[u8]) -> (Option<usize>, bool) {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let (words, rest) = bytes.as_chunks::<8>();
    let (mut every, mut len) = (0_u64, 0_usize);
    for word in words {
        let word = u64::from_le_bytes(*word);
        // The lowest bit that is set belongs to the first byte that is zero.
        let zero = word.wrapping_sub(ONES) & !word & HIGH;
        if zero != 0 {
            let before = zero.trailing_zeros().saturating_sub(7);
            every |= word & !(u64::MAX << before);
            return (len.checked_add(before as usize / 8), every & HIGH == 0);
        }
        every |= word;
        len = len.saturating_add(8);
    }
    let found = rest.iter().position(|byte| *byte == 0);
    let text = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
    (found.and_then(|found| len.checked_add(found)), every & HIGH == 0 && text.is_ascii())
}

#[cold]
fn beyond_ascii<'a>(text: &'a [u8], field: &str) -> Result<Option<&'a str>> {
    std::str::from_utf8(text).map(Some).map_err(|_| Error::field(Reason::BadUtf8, field))
}

#[cold]
fn too_long(array: &[c_char], field: &str) -> Error {
    Error::field(Reason::TooLong, field).with("max_bytes", array.len().saturating_sub(1))
}

/// A value that is written as text, such as a percentage.
pub fn parsed<T: std::str::FromStr<Err = Error>>(array: &[c_char], field: &str) -> Result<Option<T>> {
    let text = text_in(array, field)?;
    let read = |text: &str| text.parse().map_err(|error: Error| Error::field(error.reason(), field));
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
    let Some(room) = array.len().checked_sub(1) else { return };
    let end = if text.len() <= room { text.len() } else { cut(text, room) };
    // SAFETY: a `c_char` is a byte; the array has room for `end` bytes and one more.
    unsafe {
        let place = array.as_mut_ptr().cast::<u8>();
        place.copy_from_nonoverlapping(text.as_ptr(), end);
        place.add(end).write(0);
    }
}

/// How much of a text has room, in whole characters.
#[cold]
#[inline(never)]
fn cut(text: &str, room: usize) -> usize {
    text.floor_char_boundary(room)
}

/// An amount of money; none has no currency.
#[inline]
pub fn put_money(place: &mut carnet_money, money: Option<Money>) {
    let mut letters = [0; 4];
    if let Some(money) = money {
        put_text(&mut letters, money.currency().code());
    }
    (place.minor, place.currency) = (money.map_or(0, Money::minor), letters);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_characters_and_always_end() {
        let cut = |text: &str, before: i8| {
            let mut array = [before; 6];
            put_text(&mut array, text);
            let bytes: Vec<u8> =
                array.iter().map(|byte| byte.cast_unsigned()).take_while(|b| *b != 0).collect();
            assert!(bytes.len() < array.len());
            String::from_utf8(bytes).expect("UTF-8")
        };
        for before in [0, 65] {
            assert_eq!(cut("abc", before), "abc");
            assert_eq!(cut("abcdef", before), "abcde");
            assert_eq!(cut("Жанна", before), "Жа");
            assert_eq!(cut("a€€", before), "a€");
            assert_eq!(cut("", before), "");
        }
        put_text(&mut [], "nothing has no room");
    }

    #[test]
    fn the_end_of_a_text_is_found_wherever_it_is() {
        for size in 0..40 {
            for end in 0..=size {
                for odd in 0..=end {
                    // Behind the end is what looks like letters, like other zeros, and like none.
                    let mut bytes = vec![0x80; size];
                    bytes[..end].fill(b'a');
                    bytes.iter_mut().skip(end).step_by(2).for_each(|byte| *byte = 0);
                    if odd < end {
                        bytes[odd] = 0x81;
                    }
                    let found = (end < size).then_some(end);
                    assert_eq!(end_of(&bytes), (found, odd == end), "{size} {end} {odd}");
                }
            }
        }
    }

    #[test]
    fn a_text_in_an_array_is_read_up_to_its_end() {
        let array = |bytes: &[u8]| -> Vec<c_char> {
            bytes.iter().map(|byte| c_char::from_ne_bytes([*byte])).collect()
        };
        let read = |bytes: &[u8]| text(&array(bytes), "card").map_err(|error| error.reason());
        assert_eq!(read(b"04AB\0"), Ok(Some("04AB".to_owned())));
        assert_eq!(
            read(b"04AB\0\xff\xff"),
            Ok(Some("04AB".to_owned())),
            "what is behind the end does not count"
        );
        assert_eq!(read("Жанна\0".as_bytes()), Ok(Some("Жанна".to_owned())));
        assert_eq!(read(b"\x7f\0"), Ok(Some("\u{7f}".to_owned())));
        assert_eq!(read(b"a\x80\0"), Err(Reason::BadUtf8));
        assert_eq!(read(b"\x80a\0"), Err(Reason::BadUtf8));
        assert_eq!(read(b"\0a"), Ok(None));
        assert_eq!(read(b"no end"), Err(Reason::TooLong));
        assert_eq!(read(b""), Err(Reason::TooLong));
    }
}
