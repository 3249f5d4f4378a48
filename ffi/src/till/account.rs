//! Money: balance, charge, reversal.

use super::convert::{call, count, given, id, money, parsed, put_money, put_unit, result, text};
use crate::errors::carnet_error;
use crate::memory::{boundary, text as text_in};
use crate::open::{carnet_engine, using};
use crate::structs::{
    carnet_balance, carnet_call, carnet_charge, carnet_charged, carnet_movement, carnet_reversal,
    carnet_reversed,
};
use engine::domain::{ClientId, GroupId, ServiceId, TransferId};
use engine::ops::account::{AccountBalance, AccountCharge};
use engine::ops::transfer::{MovementReversed, TransferReverse};
use engine::{Error, Result};
use std::ffi::c_char;

/// What is on a client's account: `account.balance`.
///
/// @param engine     an open engine
/// @param call       venue and time; null for the defaults
/// @param client     the client
/// @param currency   three letters of ISO 4217; null for the currency of the venue
/// @param currency_len its length in bytes; `SIZE_MAX` if a zero byte ends it
/// @param balance    gets the balance; empty on failure
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason: `CARNET_REASON_ACCOUNT_NOT_FOUND` for a client who has none in this currency, `CARNET_REASON_CLIENT_NOT_FOUND`
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// The text is readable over its length, structs over their `struct_size`; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_account_balance(
    engine: *const carnet_engine,
    call: *const carnet_call,
    client: i64,
    currency: *const c_char,
    currency_len: usize,
    balance: *mut carnet_balance,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that structs have their `struct_size`.
        let balance = unsafe { result(balance, "balance") }?;
        let mut own = None;
        // SAFETY: as above.
        let call = unsafe { self::call(call, &mut own) }?;
        let currency = if currency.is_null() {
            None
        } else {
            // SAFETY: the caller promises that the text is readable over its length.
            let letters = unsafe { text_in(currency, currency_len, "currency") }?;
            Some(letters.parse().map_err(|error: Error| error.or_field("currency"))?)
        };
        let request = AccountBalance { client: ClientId(client), currency };
        let found = using(engine, |engine| engine.account_balance(call, request))?;
        balance.account = found.account.0;
        put_money(&mut balance.balance, Some(found.balance));
        put_money(&mut balance.debt, Some(found.debt));
        put_money(&mut balance.debt_limit, Some(found.debt_limit));
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Pays from a client's account: `account.charge`.
///
/// @param engine     an open engine
/// @param call       venue, time, key, document; null for the defaults
/// @param charge     what is paid, and by whom
/// @param charged    gets what moved; empty on failure; may be null
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason: `CARNET_REASON_INSUFFICIENT`, and then nothing was paid
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// Structs are readable and writable over their `struct_size`; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_account_charge(
    engine: *const carnet_engine,
    call: *const carnet_call,
    charge: *const carnet_charge,
    charged: *mut carnet_charged,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that structs have their `struct_size`.
        let charged = (!charged.is_null()).then(|| unsafe { result(charged, "charged") }).transpose()?;
        let mut own = None;
        // SAFETY: as above.
        let (call, charge) = unsafe { (self::call(call, &mut own)?, given(charge, "charge")?) };
        let request = AccountCharge {
            client: ClientId(charge.client),
            amount: money(&charge.amount, "amount")?,
            service: id(charge.service).map(ServiceId),
            tax: parsed(&charge.tax, "tax")?,
            payer: None,
        };
        let done = using(engine, |engine| engine.account_charge(call, request))?;
        if let Some(charged) = charged {
            (charged.account, charged.group) = (done.account.0, done.group.0);
            put_money(&mut charged.balance, Some(done.balance));
            put_money(&mut charged.debt, Some(done.debt));
        }
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

/// Moves back what a movement moved, whole or in part: `transfer.reverse`.
///
/// @param engine     an open engine
/// @param call       venue, time, key, operator; null for the defaults
/// @param reversal   what is moved back, and why
/// @param reversed   gets what was moved back; empty on failure; may be null
/// @param error      gets details of a failure, to be freed; may be null
/// @return 0, or the number of a reason: `CARNET_REASON_NOTHING_TO_REVERSE`, `CARNET_REASON_ALREADY_DONE`
/// @threadsafe any thread, several at a time
/// @since 0.1.0
///
/// # Safety
/// Structs are readable and writable over their `struct_size`; `error` is null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carnet_reverse(
    engine: *const carnet_engine,
    call: *const carnet_call,
    reversal: *const carnet_reversal,
    reversed: *mut carnet_reversed,
    error: *mut *mut carnet_error,
) -> i32 {
    let body = || {
        // SAFETY: the caller promises that structs have their `struct_size`.
        let reversed = (!reversed.is_null()).then(|| unsafe { result(reversed, "reversed") }).transpose()?;
        let mut own = None;
        // SAFETY: as above.
        let (call, reversal) = unsafe { (self::call(call, &mut own)?, given(reversal, "reversal")?) };
        let request = TransferReverse {
            group: id(reversal.group).map(GroupId),
            transfer: id(reversal.transfer).map(TransferId),
            amount: text(&reversal.amount, "amount")?,
            reason: text(&reversal.reason, "reason")?.unwrap_or_default(),
        };
        let done = using(engine, |engine| engine.transfer_reverse(call, request))?;
        if let Some(reversed) = reversed {
            reversed.group = done.group.0;
            reversed.movement_count = count(done.movements.len());
            for (place, movement) in reversed.movements.iter_mut().zip(&done.movements) {
                put_movement(place, movement)?;
            }
        }
        Ok(())
    };
    // SAFETY: the caller promises that `error` is null or writable.
    unsafe { boundary(error, body) }
}

fn put_movement(place: &mut carnet_movement, movement: &MovementReversed) -> Result<()> {
    place.transfer = movement.transfer.0;
    place.lot = movement.lot.map_or(0, |lot| lot.0);
    place.amount = movement.unit.read(&movement.amount)?;
    place.left = movement.unit.read(&movement.left)?;
    place.unit = put_unit(movement.unit, &mut place.currency);
    Ok(())
}
