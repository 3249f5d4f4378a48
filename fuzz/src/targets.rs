//! What is tried: any bytes as a request, any bytes in any struct, any number as a handle. Whatever comes, a call returns a
//! known number that is not that of a defect, a failure says what it is and leaves its result empty, and a success
//! answers something.

use carnet_abi::*;
use engine::Reason;
use std::alloc::Layout;
use std::cell::RefCell;
use std::ffi::{CStr, c_char};
use std::ptr::{null, null_mut, without_provenance, without_provenance_mut};

/// Ids of a store made with seed 7 begin here.
const FIRST: i64 = 6_604_766_348_050_433;
const TEN: i64 = 1_777_878_000_000_000;

/// A club that is made anew now and then, so that it does not grow for ever.
struct Club {
    engine: *mut carnet_engine,
    _folder: tempfile::TempDir,
    calls: u32,
}

const SETUP: &[&str] = &[
    r#"{"op":"venue.add","args":{"name":"Club","time_zone":"Europe/Bucharest","currency":"EUR"}}"#,
    r#"{"op":"operator.add","args":{"name":"Desk"}}"#,
    r#"{"op":"service.add","args":{"name":"Pool","price":{"amount":"10.00","currency":"EUR"},"tax":"19"}}"#,
    r#"{"op":"client.add","args":{"first_name":"Ann"}}"#,
    r#"{"op":"plan.add","args":{"name":"Ten","kind":{"visits":{"visits":10}},"price":{"amount":"1.00","currency":"EUR"}}}"#,
    r#"{"op":"plan.add","args":{"name":"Credit","kind":{"credit":{"credit":{"amount":"80.00","currency":"EUR"}}},"price":{"amount":"1.00","currency":"EUR"}}}"#,
    r#"{"op":"card.add","args":{"client":6604766348050433,"uid":"04AB2F"}}"#,
    r#"{"op":"account.top_up","args":{"client":6604766348050433,"amount":{"amount":"9000.00","currency":"EUR"},"method":"cash"}}"#,
    r#"{"op":"pass.sell","args":{"client":6604766348050433,"plan":6604766348050433,"payments":[{"method":"cash","amount":{"amount":"1.00","currency":"EUR"}}]}}"#,
    r#"{"op":"pass.sell","args":{"client":6604766348050433,"plan":6604766348050434,"payments":[{"method":"cash","amount":{"amount":"1.00","currency":"EUR"}}]}}"#,
    r#"{"op":"hold.place","args":{"client":6604766348050433,"parts":[{"money":{"amount":"5.00","currency":"EUR"}}],"minutes":500000}}"#,
    r#"{"op":"account.charge","args":{"client":6604766348050433,"amount":{"amount":"5.00","currency":"EUR"}}}"#,
];

impl Club {
    fn make() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("club.db");
        let (path, options) = (path.to_str().expect("a path"), r#"{"create":true,"seed":7}"#);
        let mut engine = null_mut();
        // SAFETY: texts with their lengths, a place to write to.
        let code = unsafe {
            let (text, len) = (path.as_ptr().cast(), path.len());
            carnet_engine_open(text, len, options.as_ptr().cast(), options.len(), &raw mut engine, null_mut())
        };
        assert_eq!(code, 0);
        for request in SETUP {
            let at = request.replacen('{', r#"{"at":"2026-05-04T07:00:00Z","#, 1);
            // SAFETY: as above.
            let code =
                unsafe { carnet_execute(engine, at.as_ptr().cast(), at.len(), null_mut(), null_mut()) };
            assert_eq!(code, 0, "{request}");
        }
        Self { engine, _folder: folder, calls: 0 }
    }
}

impl Drop for Club {
    fn drop(&mut self) {
        // SAFETY: the handle is one's own.
        unsafe { carnet_engine_close(&raw mut self.engine, null_mut()) };
    }
}

/// Lends the club of this thread.
fn engine() -> *mut carnet_engine {
    thread_local!(static CLUB: RefCell<Option<Club>> = const { RefCell::new(None) });
    CLUB.with_borrow_mut(|club| {
        if club.as_ref().is_none_or(|club| club.calls == 5000) {
            *club = None;
        }
        let club = club.get_or_insert_with(Club::make);
        club.calls += 1;
        club.engine
    })
}

/// What must hold of every failure. Frees the error.
fn check(code: i32, mut error: *mut carnet_error) {
    if code == 0 {
        assert!(error.is_null());
        return;
    }
    let reason = Reason::ALL.iter().find(|reason| reason.number() == code).expect("a known number");
    assert!(![Reason::Internal, Reason::Poisoned, Reason::Corrupt].contains(reason), "{reason:?}");
    assert_eq!(carnet_error_number(error), code);
    // SAFETY: a text that lives as long as the error.
    let json = unsafe { CStr::from_ptr(carnet_error_json(error)) }.to_bytes();
    let json: serde_json::Value = serde_json::from_slice(json).expect("JSON");
    assert_eq!(json["number"], code);
    // SAFETY: the handle is one's own.
    unsafe { carnet_error_free(&raw mut error) };
    assert!(error.is_null());
}

/// Any bytes as a request and as a batch.
pub fn json(data: &[u8]) {
    let engine = engine();
    for batch in [false, true] {
        let (mut reply, mut error) = (carnet_string { ptr: null(), len: 0 }, null_mut());
        let execute = if batch { carnet_execute_batch } else { carnet_execute };
        // SAFETY: a text with its length, places to write to.
        let code =
            unsafe { execute(engine, data.as_ptr().cast(), data.len(), &raw mut reply, &raw mut error) };
        check(code, error);
        assert_eq!(reply.ptr.is_null(), code != 0);
        if code == 0 {
            // SAFETY: a text of the library.
            let text = unsafe { CStr::from_ptr(reply.ptr) }.to_bytes();
            assert_eq!(text.len(), reply.len);
            serde_json::from_slice::<serde_json::Value>(text).expect("JSON");
            // SAFETY: not freed yet.
            unsafe { carnet_string_free(&raw mut reply) };
        }
    }
}

/// A struct in memory of its own, no longer than its `struct_size` says: whoever reads on is caught by a sanitizer.
struct Room {
    at: *mut u8,
    layout: Layout,
    /// As long as its type, with the size of its type.
    whole: bool,
}

impl Room {
    fn of<T: Copy>(object: &T, patches: &[u8]) -> Self {
        let size = size_of::<T>();
        let mut bytes = vec![0_u8; size];
        // SAFETY: as many bytes as the type has.
        unsafe { std::ptr::copy_nonoverlapping((&raw const *object).cast(), bytes.as_mut_ptr(), size) };
        patch(&mut bytes, patches);
        let claimed = bytes.first_chunk::<4>().map_or(0, |size| u32::from_ne_bytes(*size)) as usize;
        let len = claimed.clamp(4, size);
        let layout = Layout::from_size_align(len, 8).expect("a layout");
        // SAFETY: not empty.
        let at = unsafe { std::alloc::alloc(layout) };
        // SAFETY: both have that many bytes.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), at, len) };
        Self { at, layout, whole: claimed == size }
    }

    /// Whether all but its size is zero.
    fn is_empty(&self) -> bool {
        // SAFETY: its own memory.
        let bytes = unsafe { std::slice::from_raw_parts(self.at, self.layout.size()) };
        bytes[4..].iter().all(|byte| *byte == 0)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // SAFETY: made with this layout.
        unsafe { std::alloc::dealloc(self.at, self.layout) };
    }
}

/// Four bytes change one place: where, how, and to what.
fn patch(bytes: &mut [u8], patches: &[u8]) {
    const EXTREMES: [i64; 8] = [i64::MIN, i64::MAX, -1, 0, 1, 1 << 53, 253_370_764_800_000_001, TEN];
    for patch in patches.chunks_exact(4) {
        let at = usize::from(u16::from_le_bytes([patch[0], patch[1]])) % bytes.len();
        let value = match patch[3] % 5 {
            0 => {
                bytes[at] = patch[2];
                continue;
            }
            1 => (FIRST + i64::from(patch[2].cast_signed())).to_ne_bytes(),
            2 => EXTREMES[usize::from(patch[2]) % EXTREMES.len()].to_ne_bytes(),
            3 => i64::from(patch[2].cast_signed()).to_ne_bytes(),
            _ => [patch[2]; 8],
        };
        // Mostly a field of its own: most have eight bytes, and none of them is the size.
        let at = (at & !7).max(8).min(bytes.len() - 8);
        bytes[at..at + 8].copy_from_slice(&value);
    }
}

/// An empty struct with its size.
fn empty<T: Copy>() -> T {
    let mut object = std::mem::MaybeUninit::<T>::zeroed();
    // SAFETY: integers and arrays of them only, of which the first is the size.
    unsafe {
        object.as_mut_ptr().cast::<u32>().write(u32::try_from(size_of::<T>()).expect("small"));
        object.assume_init()
    }
}

fn fill(array: &mut [c_char], text: &str) {
    array.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = c_char::from_ne_bytes([byte]));
}

/// Any bytes in the structs of the typed functions. The first two bytes choose function and pointers, the next two how the
/// rest is shared out between call, struct and result.
pub fn structs(data: &[u8]) {
    let [which, nulls, one, two, rest @ ..] = data else { return };
    let engine = engine();
    let cut = |part: u8, of: &[u8]| (usize::from(part) % (of.len() / 4 + 1)) * 4;
    let (of_call, rest) = rest.split_at(cut(*one, rest));
    let (of_struct, of_result) = rest.split_at(cut(*two, rest));
    let mut call: carnet_call = empty();
    call.at = TEN;
    let call = Room::of(&call, of_call);
    let call_at: *const carnet_call = if nulls & 1 == 0 { call.at.cast() } else { null() };
    let mut error = null_mut();
    let text =
        |at: usize| (of_struct.get(at..).unwrap_or_default().as_ptr(), of_struct.len().saturating_sub(at));

    /// Calls with a struct in and one out.
    macro_rules! with {
        ($function:ident, $given:expr, $result:ty) => {{
            let (given, result) = (Room::of(&$given, of_struct), Room::of(&empty::<$result>(), of_result));
            let result_at = if nulls & 2 == 0 { result.at.cast() } else { null_mut() };
            // SAFETY: structs in memory as large as they say, places to write to.
            let code = unsafe { $function(engine, call_at, given.at.cast(), result_at, &raw mut error) };
            finish(code, error, &result, nulls & 2 == 0);
        }};
    }
    match which % 10 {
        0 => {
            let card = Room::of(&empty::<carnet_card>(), of_result);
            let (uid, len) = text(0);
            // SAFETY: as above, a text with its length.
            let code =
                unsafe { carnet_card_find(engine, call_at, uid.cast(), len, card.at.cast(), &raw mut error) };
            finish(code, error, &card, true);
        }
        1 => with!(carnet_access_decide, door(), carnet_decision),
        2 => {
            let (access, decision) =
                (Room::of(&door(), of_struct), Room::of(&empty::<carnet_decision>(), of_result));
            let entered = Room::of(&empty::<carnet_entered>(), &[]);
            // SAFETY: as above.
            let code = unsafe {
                let (access, decision) = (access.at.cast(), decision.at.cast());
                carnet_access_enter(engine, call_at, access, decision, entered.at.cast(), &raw mut error)
            };
            finish(code, error, &entered, true);
        }
        3 => {
            let mut leave: carnet_leave = empty();
            leave.client = FIRST;
            with!(carnet_access_exit, leave, carnet_exited);
        }
        4 => {
            let balance = Room::of(&empty::<carnet_balance>(), of_result);
            let (currency, len) = text(1);
            let client = of_struct.first().map_or(0, |byte| FIRST + i64::from(byte.cast_signed()));
            // SAFETY: as above, a text with its length.
            let code = unsafe {
                let balance = balance.at.cast();
                carnet_account_balance(engine, call_at, client, currency.cast(), len, balance, &raw mut error)
            };
            finish(code, error, &balance, true);
        }
        5 => {
            let mut charge: carnet_charge = empty();
            (charge.client, charge.amount.minor) = (FIRST, 1);
            fill(&mut charge.amount.currency, "EUR");
            with!(carnet_account_charge, charge, carnet_charged);
        }
        6 => {
            let mut hold: carnet_hold = empty();
            (hold.client, hold.part_count, hold.minutes) = (FIRST, 2, 1);
            hold.parts[0].unit = CARNET_UNIT_MONEY;
            hold.parts[0].amount = 1;
            fill(&mut hold.parts[0].currency, "EUR");
            (hold.parts[1].unit, hold.parts[1].pass, hold.parts[1].amount) = (CARNET_UNIT_VISITS, FIRST, 1);
            with!(carnet_hold_place, hold, carnet_placed);
        }
        7 => {
            let mut capture: carnet_capture = empty();
            (capture.hold, capture.part_count, capture.keep_open) = (FIRST, 1, 1);
            capture.parts[0].unit = CARNET_UNIT_MONEY;
            capture.parts[0].amount = 1;
            fill(&mut capture.parts[0].currency, "EUR");
            with!(carnet_hold_capture, capture, carnet_captured);
        }
        8 => {
            let released = Room::of(&empty::<carnet_released>(), of_result);
            let hold = of_struct.first_chunk::<8>().map_or(FIRST + 1, |bytes| i64::from_le_bytes(*bytes));
            // SAFETY: as above.
            let code =
                unsafe { carnet_hold_release(engine, call_at, hold, released.at.cast(), &raw mut error) };
            finish(code, error, &released, true);
        }
        _ => {
            let mut reversal: carnet_reversal = empty();
            reversal.group = FIRST + i64::from(*one % 8);
            fill(&mut reversal.amount, "0.01");
            fill(&mut reversal.reason, "wrong");
            with!(carnet_reverse, reversal, carnet_reversed);
        }
    }
}

fn door() -> carnet_access {
    let mut access: carnet_access = empty();
    fill(&mut access.card, "04AB2F");
    access
}

fn finish(code: i32, error: *mut carnet_error, result: &Room, given: bool) {
    check(code, error);
    if given && code != 0 && result.whole {
        assert!(result.is_empty(), "a failure left something in its result: {code}");
    }
}

/// Any number as a handle, in any order of calls.
pub fn handles(data: &[u8]) {
    let engine = engine();
    let mut changes: *mut carnet_changes = null_mut();
    let mut error: *mut carnet_error = null_mut();
    for step in data.chunks_exact(3).take(64) {
        let live = [engine.addr(), changes.addr(), error.addr(), usize::from(step[2])];
        // A live one, one beside it, or one with a bit more.
        let mut handle = live[usize::from(step[1] % 4)];
        if step[1] & 0x80 != 0 {
            handle ^= 1_usize.checked_shl(u32::from(step[2])).unwrap_or(0);
        }
        let mut told = null_mut();
        let mut page = carnet_string { ptr: null(), len: 0 };
        // SAFETY: handles are looked up; places to write to.
        let code = unsafe {
            match step[0] % 10 {
                0 => carnet_execute(
                    without_provenance(handle),
                    c"{}".as_ptr(),
                    2,
                    &raw mut page,
                    &raw mut told,
                ),
                1 => {
                    carnet_changes_free(&raw mut changes);
                    let limit = i32::from(step[2].cast_signed());
                    carnet_changes_open(without_provenance(handle), 0, limit, &raw mut changes, &raw mut told)
                }
                2 => carnet_changes_next(without_provenance(handle), 0, &raw mut page, &raw mut told),
                3 => {
                    assert!(carnet_changes_position(without_provenance(handle)) >= -1);
                    0
                }
                4 => carnet_interrupt(without_provenance(handle), &raw mut told),
                5 => {
                    carnet_error_free(&raw mut error);
                    carnet_execute(engine, c"[".as_ptr(), 1, null_mut(), &raw mut error);
                    0
                }
                6 => {
                    let known = handle == error.addr() && !error.is_null();
                    assert_eq!(carnet_error_json(without_provenance(handle)).is_null(), !known);
                    0
                }
                7 => {
                    if handle != engine.addr() {
                        let mut stranger = without_provenance_mut(handle);
                        carnet_engine_close(&raw mut stranger, &raw mut told)
                    } else {
                        0
                    }
                }
                8 => {
                    if handle != error.addr() {
                        let mut stranger = without_provenance_mut(handle);
                        carnet_error_free(&raw mut stranger);
                    }
                    0
                }
                _ => {
                    let mut stranger = without_provenance_mut(handle);
                    carnet_changes_free(&raw mut stranger);
                    0
                }
            }
        };
        check(code, told);
        if !page.ptr.is_null() {
            // SAFETY: a text of the library.
            unsafe { carnet_string_free(&raw mut page) };
        }
    }
    // SAFETY: freed or live, it is one's own.
    unsafe {
        carnet_changes_free(&raw mut changes);
        carnet_error_free(&raw mut error);
    }
}
