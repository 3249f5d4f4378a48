//! What the library has to say, told to the host.

use crate::errors::carnet_error;
use crate::memory::boundary;
use engine::{Error, Reason, Result};
use std::ffi::{CString, c_char, c_void};
use std::fmt::Write;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata, Subscriber};

/// Level of a log line: the library could not do what it had to.
pub const CARNET_LOG_ERROR: i32 = 1;
/// Level of a log line: something is not as it should be, the library goes on.
pub const CARNET_LOG_WARN: i32 = 2;
/// Level of a log line: stores opened, upgraded, closed.
pub const CARNET_LOG_INFO: i32 = 3;
/// Level of a log line: for the developers of the library.
pub const CARNET_LOG_DEBUG: i32 = 4;

/// Gets one log line. It must not call into the library.
///
/// @param user       what was given to `carnet_log_set`
/// @param level      `CARNET_LOG_*`
/// @param target     the part of the library, such as `carnet::engine`, ended by a zero byte; valid during the call
/// @param message    English text, ended by a zero byte, never with personal data; valid during the call
/// @threadsafe called on any thread, also on several at a time
/// @since 0.1.0
#[expect(non_camel_case_types, reason = "the name in C")]
pub type carnet_log = Option<
    unsafe extern "C" fn(user: *mut c_void, level: i32, target: *const c_char, message: *const c_char),
>;

/// Frees what was given as `user`.
///
/// @param user       what was given
/// @threadsafe called once, on any thread
/// @since 0.1.0
#[expect(non_camel_case_types, reason = "the name in C")]
pub type carnet_user_free = Option<unsafe extern "C" fn(user: *mut c_void)>;

/// Sets who gets the log lines of all engines of the process, in place of whoever got them before. Nobody does at first.
///
/// @param level      up to which level, `CARNET_LOG_*`
/// @param log        gets the lines; null for nobody any more
/// @param user       handed to `log`
/// @param user_free  frees `user` once nothing uses it any more, at once if this call fails; may be null
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason
/// @threadsafe any thread, several at a time; not from `log`
/// @since 0.1.0
///
/// # Safety
/// `log` and `user_free` are null or such functions, to which `user` may be given on any thread; `error` is null or
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_log_set(
    level: i32,
    log: carnet_log,
    user: *mut c_void,
    user_free: carnet_user_free,
    error: *mut *mut carnet_error,
) -> i32 {
    // Made first: whatever happens, `user` is freed.
    let host = Host { log, user, user_free };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, || set(level, host)) }
}

/// Who gets the lines.
struct Host {
    log: carnet_log,
    user: *mut c_void,
    user_free: carnet_user_free,
}

// SAFETY: the caller of `carnet_log_set` promises that its functions take `user` on any thread.
unsafe impl Send for Host {}
// SAFETY: as above.
unsafe impl Sync for Host {}

impl Drop for Host {
    fn drop(&mut self) {
        if let Some(free) = self.user_free {
            // SAFETY: as promised to `carnet_log_set`; nobody else has it any more.
            unsafe { free(self.user) };
        }
    }
}

static HOST: RwLock<Option<Arc<Host>>> = RwLock::new(None);
static LEVEL: AtomicI32 = AtomicI32::new(0);

fn set(level: i32, host: Host) -> Result<()> {
    if !(CARNET_LOG_ERROR..=CARNET_LOG_DEBUG).contains(&level) {
        return Err(Error::field(Reason::OutOfRange, "level")
            .with("min", CARNET_LOG_ERROR)
            .with("max", CARNET_LOG_DEBUG));
    }
    // A Rust program may have said already who gets its log.
    static LISTENS: OnceLock<bool> = OnceLock::new();
    if !LISTENS.get_or_init(|| tracing::subscriber::set_global_default(Listener).is_ok()) {
        return Err(Reason::AlreadyDone.into());
    }
    let is_some = host.log.is_some();
    let fresh = is_some.then(|| Arc::new(host));
    let earlier = std::mem::replace(&mut *HOST.write().unwrap_or_else(PoisonError::into_inner), fresh);
    LEVEL.store(if is_some { level } else { 0 }, Ordering::Relaxed);
    drop(earlier);
    Ok(())
}

fn number(level: Level) -> i32 {
    match level {
        Level::ERROR => CARNET_LOG_ERROR,
        Level::WARN => CARNET_LOG_WARN,
        Level::INFO => CARNET_LOG_INFO,
        _ => CARNET_LOG_DEBUG,
    }
}

/// Hands lines to the host. Only those of the engine: what other crates say may hold what clients typed.
struct Listener;

impl Subscriber for Listener {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if metadata.target().starts_with("carnet") { Interest::sometimes() } else { Interest::never() }
    }
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event()
            && number(*metadata.level()) <= LEVEL.load(Ordering::Relaxed)
            && metadata.target().starts_with("carnet")
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let host = HOST.read().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(host) = host else { return };
        let mut line = Line::default();
        event.record(&mut line);
        let text = |text: &str| CString::new(text).ok();
        let target = text(event.metadata().target());
        let message = text(&format!("{}{}", line.message, line.fields));
        if let (Some(log), Some(target), Some(message)) = (host.log, target, message) {
            // SAFETY: as promised to `carnet_log_set`; both texts live until it returns.
            unsafe { log(host.user, number(*event.metadata().level()), target.as_ptr(), message.as_ptr()) };
        }
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// A line: the message, then its fields.
#[derive(Default)]
struct Line {
    message: String,
    fields: String,
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing to a String does not fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = match field.name() {
            "message" => write!(self.message, "{value}"),
            name => write!(self.fields, " {name}={value}"),
        };
    }
}
