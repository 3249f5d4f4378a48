//! The C side: SQLite's tables of functions. Everything here translates and hands over to `handle`.
//!
//! A panic in one of these functions ends the process, as in any `extern "C"` function.

use crate::disk::Disk;
use crate::handle::{self, Handle};
use crate::inode::{Level, SECTOR};
use rusqlite::ffi::{self, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The longest path.
const PATH_BYTES_MAX: c_int = 512;

/// What SQLite allocates for an open file: its own header, then our handle.
#[repr(C)]
struct File {
    base: sqlite3_file,
    handle: *mut Handle,
}

/// Version 2: with shared memory, without mapped pages, so every read and write passes through here.
static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(x_close),
    xRead: Some(x_read),
    xWrite: Some(x_write),
    xTruncate: Some(x_truncate),
    xSync: Some(x_sync),
    xFileSize: Some(x_file_size),
    xLock: Some(x_lock),
    xUnlock: Some(x_unlock),
    xCheckReservedLock: Some(x_check_reserved_lock),
    xFileControl: Some(x_file_control),
    xSectorSize: Some(x_sector_size),
    xDeviceCharacteristics: Some(x_device_characteristics),
    xShmMap: Some(x_shm_map),
    xShmLock: Some(x_shm_lock),
    xShmBarrier: Some(x_shm_barrier),
    xShmUnmap: Some(x_shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Registers a disk for the rest of the process's life.
pub(crate) fn register(name: &str, disk: &Arc<Disk>) -> Result<(), String> {
    let c_name = CString::new(name).map_err(|_| format!("a NUL in `{name:?}`"))?;
    // SAFETY: no arguments; initialises the library, and the call may be repeated.
    let code = unsafe { ffi::sqlite3_initialize() };
    if code != ffi::SQLITE_OK {
        return Err(format!("sqlite3_initialize: {code}"));
    }
    // SAFETY: a NUL-terminated string that lives during the call.
    if !unsafe { ffi::sqlite3_vfs_find(c_name.as_ptr()) }.is_null() {
        return Err(format!("there is a VFS `{name}` already"));
    }
    let vfs = Box::new(sqlite3_vfs {
        iVersion: 2,
        szOsFile: c_int::try_from(size_of::<File>()).unwrap_or(c_int::MAX),
        mxPathname: PATH_BYTES_MAX,
        pNext: std::ptr::null_mut(),
        zName: c_name.into_raw(),
        pAppData: Arc::into_raw(Arc::clone(disk)).cast_mut().cast(),
        xOpen: Some(x_open),
        xDelete: Some(x_delete),
        xAccess: Some(x_access),
        xFullPathname: Some(x_full_pathname),
        xDlOpen: None,
        xDlError: None,
        xDlSym: None,
        xDlClose: None,
        xRandomness: Some(x_randomness),
        xSleep: Some(x_sleep),
        xCurrentTime: Some(x_current_time),
        xGetLastError: None,
        xCurrentTimeInt64: Some(x_current_time_int64),
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
    });
    // SAFETY: the table, its name and the disk behind it are leaked above, so they outlive every connection.
    match unsafe { ffi::sqlite3_vfs_register(Box::into_raw(vfs), 0) } {
        ffi::SQLITE_OK => Ok(()),
        code => Err(format!("sqlite3_vfs_register: {code}")),
    }
}

fn code(result: Result<(), c_int>) -> c_int {
    result.err().unwrap_or(ffi::SQLITE_OK)
}

/// The disk of a VFS.
///
/// # Safety
/// `vfs` is a table made by `register`.
unsafe fn disk_of(vfs: *mut sqlite3_vfs) -> &'static Disk {
    // SAFETY: `register` put a leaked `Arc<Disk>` there, which is never taken back.
    unsafe { &*(*vfs).pAppData.cast::<Disk>() }
}

/// A file name, if it is one.
///
/// # Safety
/// `name` is null or a NUL-terminated string that lives as long as the result is used.
unsafe fn name_of<'a>(name: *const c_char) -> Option<&'a str> {
    if name.is_null() {
        return None;
    }
    // SAFETY: not null, and NUL-terminated by the caller's promise.
    unsafe { CStr::from_ptr(name) }.to_str().ok()
}

/// The handle of an open file.
///
/// # Safety
/// `file` was filled in by `x_open` and not closed; SQLite uses it on one thread at a time.
unsafe fn handle_of<'a>(file: *mut sqlite3_file) -> &'a mut Handle {
    // SAFETY: `x_open` put a boxed handle there, `x_close` is the last call, and calls do not overlap.
    unsafe { &mut *(*file.cast::<File>()).handle }
}

unsafe extern "C" fn x_open(
    vfs: *mut sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let file = file.cast::<File>();
    // SAFETY: SQLite gives `szOsFile` bytes. No methods: SQLite will not call `x_close` if opening fails.
    unsafe { (*file).base.pMethods = std::ptr::null() };
    // SAFETY: SQLite's own table and a file name that it keeps until the file is closed.
    let (disk, named) = unsafe { (disk_of(vfs), name_of(name)) };
    if named.is_none() && !name.is_null() {
        return ffi::SQLITE_CANTOPEN;
    }
    match Handle::open(disk, named, flags) {
        Err(code) => code,
        Ok(handle) => {
            // SAFETY: as above; `out_flags` is null or valid.
            unsafe {
                (*file).handle = Box::into_raw(Box::new(handle));
                (*file).base.pMethods = &raw const METHODS;
                if !out_flags.is_null() {
                    *out_flags = flags;
                }
            }
            ffi::SQLITE_OK
        }
    }
}

unsafe extern "C" fn x_delete(vfs: *mut sqlite3_vfs, name: *const c_char, sync_dir: c_int) -> c_int {
    // SAFETY: SQLite's own table and a NUL-terminated name.
    let (disk, name) = unsafe { (disk_of(vfs), name_of(name)) };
    name.map_or(ffi::SQLITE_IOERR_DELETE, |name| code(handle::delete(disk, name, sync_dir != 0)))
}

unsafe extern "C" fn x_access(
    vfs: *mut sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite's own table and a NUL-terminated name.
    let (disk, name) = unsafe { (disk_of(vfs), name_of(name)) };
    match handle::access(disk, name.unwrap_or_default(), flags) {
        Ok(found) => {
            // SAFETY: a valid place for the answer.
            unsafe { *out = c_int::from(found) };
            ffi::SQLITE_OK
        }
        Err(code) => code,
    }
}

/// Names are kept as they are: the disk has no current directory and no links.
unsafe extern "C" fn x_full_pathname(
    _vfs: *mut sqlite3_vfs,
    name: *const c_char,
    out_len: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: SQLite gives a NUL-terminated name.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes_with_nul();
    if usize::try_from(out_len).is_ok_and(|len| bytes.len() <= len) {
        // SAFETY: `out` has room for `out_len` bytes, and does not overlap the name.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr().cast(), out, bytes.len()) };
        ffi::SQLITE_OK
    } else {
        ffi::SQLITE_CANTOPEN
    }
}

/// Only asked for by name; `sqlite3_randomness` uses the default VFS, so WAL salts are not repeatable.
unsafe extern "C" fn x_randomness(vfs: *mut sqlite3_vfs, len: c_int, out: *mut c_char) -> c_int {
    // SAFETY: SQLite's own table.
    let disk = unsafe { disk_of(vfs) };
    let len_bytes = usize::try_from(len).unwrap_or(0);
    if len_bytes == 0 {
        return 0;
    }
    // SAFETY: `out` has room for `len` bytes; they are written before a slice of them is made.
    let out = unsafe {
        std::ptr::write_bytes(out, 0, len_bytes);
        std::slice::from_raw_parts_mut(out.cast::<u8>(), len_bytes)
    };
    for (to, from) in out.iter_mut().zip(std::iter::repeat_with(|| disk.state().rng.bits() >> 32)) {
        *to = from.to_le_bytes().first().copied().unwrap_or(0);
    }
    len
}

unsafe extern "C" fn x_sleep(_vfs: *mut sqlite3_vfs, micros: c_int) -> c_int {
    std::thread::sleep(Duration::from_micros(u64::try_from(micros).unwrap_or(0)));
    micros
}

/// Milliseconds since noon of 24 November 4714 BC.
fn julian_millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(0) + 210_866_760_000_000
}

unsafe extern "C" fn x_current_time(_vfs: *mut sqlite3_vfs, out: *mut f64) -> c_int {
    #[expect(clippy::cast_precision_loss, reason = "the interface is in days, as a float")]
    let days = julian_millis() as f64 / 86_400_000.0;
    // SAFETY: a valid place for the answer.
    unsafe { *out = days };
    ffi::SQLITE_OK
}

unsafe extern "C" fn x_current_time_int64(_vfs: *mut sqlite3_vfs, out: *mut sqlite3_int64) -> c_int {
    // SAFETY: a valid place for the answer.
    unsafe { *out = julian_millis() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn x_close(file: *mut sqlite3_file) -> c_int {
    let file = file.cast::<File>();
    // SAFETY: the box that `x_open` made; SQLite makes no call after this one.
    let mut handle = unsafe { Box::from_raw((*file).handle) };
    handle.close();
    // SAFETY: the memory is SQLite's until this function returns.
    unsafe { (*file).base.pMethods = std::ptr::null() };
    ffi::SQLITE_OK
}

unsafe extern "C" fn x_read(
    file: *mut sqlite3_file,
    buffer: *mut c_void,
    len: c_int,
    offset: sqlite3_int64,
) -> c_int {
    let (Ok(len), Ok(offset)) = (usize::try_from(len), usize::try_from(offset)) else {
        return ffi::SQLITE_IOERR_READ;
    };
    // SAFETY: `buffer` has room for `len` bytes; they are written before a slice of them is made.
    let (handle, out) = unsafe {
        std::ptr::write_bytes(buffer.cast::<u8>(), 0, len);
        (handle_of(file), std::slice::from_raw_parts_mut(buffer.cast::<u8>(), len))
    };
    code(handle.read(offset, out))
}

unsafe extern "C" fn x_write(
    file: *mut sqlite3_file,
    buffer: *const c_void,
    len: c_int,
    offset: sqlite3_int64,
) -> c_int {
    let (Ok(len), Ok(offset)) = (usize::try_from(len), usize::try_from(offset)) else {
        return ffi::SQLITE_IOERR_WRITE;
    };
    // SAFETY: `buffer` holds `len` bytes that nobody writes during the call.
    let (handle, bytes) = unsafe { (handle_of(file), std::slice::from_raw_parts(buffer.cast::<u8>(), len)) };
    code(handle.write(offset, bytes))
}

unsafe extern "C" fn x_truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle_of(file) };
    usize::try_from(size).map_or(ffi::SQLITE_IOERR_TRUNCATE, |size| code(handle.truncate(size)))
}

unsafe extern "C" fn x_sync(file: *mut sqlite3_file, _flags: c_int) -> c_int {
    // SAFETY: an open file.
    code(unsafe { handle_of(file) }.sync())
}

unsafe extern "C" fn x_file_size(file: *mut sqlite3_file, out: *mut sqlite3_int64) -> c_int {
    // SAFETY: an open file.
    match unsafe { handle_of(file) }.size() {
        Ok(size) => {
            // SAFETY: a valid place for the answer.
            unsafe { *out = sqlite3_int64::try_from(size).unwrap_or(sqlite3_int64::MAX) };
            ffi::SQLITE_OK
        }
        Err(code) => code,
    }
}

fn level(level: c_int) -> Level {
    match level {
        ffi::SQLITE_LOCK_SHARED => Level::Shared,
        ffi::SQLITE_LOCK_RESERVED => Level::Reserved,
        ffi::SQLITE_LOCK_PENDING => Level::Pending,
        ffi::SQLITE_LOCK_EXCLUSIVE => Level::Exclusive,
        _ => Level::None,
    }
}

unsafe extern "C" fn x_lock(file: *mut sqlite3_file, to: c_int) -> c_int {
    // SAFETY: an open file.
    code(unsafe { handle_of(file) }.lock(level(to)))
}

unsafe extern "C" fn x_unlock(file: *mut sqlite3_file, to: c_int) -> c_int {
    // SAFETY: an open file.
    unsafe { handle_of(file) }.unlock(level(to));
    ffi::SQLITE_OK
}

unsafe extern "C" fn x_check_reserved_lock(file: *mut sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: an open file.
    match unsafe { handle_of(file) }.reserved() {
        Ok(reserved) => {
            // SAFETY: a valid place for the answer.
            unsafe { *out = c_int::from(reserved) };
            ffi::SQLITE_OK
        }
        Err(code) => code,
    }
}

unsafe extern "C" fn x_file_control(file: *mut sqlite3_file, op: c_int, arg: *mut c_void) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle_of(file) };
    match op {
        ffi::SQLITE_FCNTL_PERSIST_WAL => {
            // SAFETY: for this operation the argument is an int: negative asks, otherwise it sets.
            unsafe {
                let arg = arg.cast::<c_int>();
                if *arg >= 0 {
                    handle.persist_wal = *arg != 0;
                }
                *arg = c_int::from(handle.persist_wal);
            }
            ffi::SQLITE_OK
        }
        ffi::SQLITE_FCNTL_HAS_MOVED => {
            // SAFETY: for this operation the argument is an int to be set.
            unsafe { *arg.cast::<c_int>() = 0 };
            ffi::SQLITE_OK
        }
        _ => ffi::SQLITE_NOTFOUND,
    }
}

unsafe extern "C" fn x_sector_size(_file: *mut sqlite3_file) -> c_int {
    c_int::try_from(SECTOR).unwrap_or(512)
}

/// Nothing but the one that every disk since 2000 has: more would switch SQLite's protections off.
unsafe extern "C" fn x_device_characteristics(_file: *mut sqlite3_file) -> c_int {
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn x_shm_map(
    file: *mut sqlite3_file,
    index: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    let (Ok(index), Ok(size)) = (usize::try_from(index), usize::try_from(size)) else {
        return ffi::SQLITE_IOERR_SHMMAP;
    };
    // SAFETY: an open file, and a valid place for the answer.
    unsafe {
        *out = std::ptr::null_mut();
        match handle_of(file).shm_map(index, size, extend != 0) {
            Ok(region) => {
                *out = region;
                ffi::SQLITE_OK
            }
            Err(code) => code,
        }
    }
}

unsafe extern "C" fn x_shm_lock(file: *mut sqlite3_file, offset: c_int, n: c_int, flags: c_int) -> c_int {
    let mask =
        (offset..offset + n).fold(0_u8, |mask, bit| mask | 1_u8.checked_shl(bit.unsigned_abs()).unwrap_or(0));
    // SAFETY: an open file.
    code(unsafe { handle_of(file) }.shm_lock(mask, flags))
}

unsafe extern "C" fn x_shm_barrier(file: *mut sqlite3_file) {
    // SAFETY: an open file.
    unsafe { handle_of(file) }.shm_barrier();
}

unsafe extern "C" fn x_shm_unmap(file: *mut sqlite3_file, _delete: c_int) -> c_int {
    // SAFETY: an open file.
    unsafe { handle_of(file) }.shm_unmap();
    ffi::SQLITE_OK
}
