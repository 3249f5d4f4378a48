//! What a reversal must know of what it reverses.

use super::account::lot_columns;
use super::value::{Connection, Query, Row, query};
use carnet_domain::account::{Counter, Party, Transfer, TransferReason};
use carnet_domain::lots::Lot;
use carnet_domain::pass::Pass;
use carnet_domain::usage::PassUse;
use carnet_domain::{GroupId, LotId, Result, TransferId};
use std::collections::BTreeMap;

fn all<T>(
    connection: &mut dyn Connection,
    query: Query,
    map: impl Fn(&mut Row) -> Result<T>,
) -> Result<Vec<T>> {
    connection.rows(query)?.iter_mut().map(map).collect()
}

/// The transfers of a group, in the order of their ids.
pub(crate) fn group(connection: &mut dyn Connection, group: GroupId) -> Result<Vec<Transfer>> {
    all(connection, query!("reversal/group.sql", group), transfer_columns)
}

/// The group of a transfer.
pub(crate) fn group_of(connection: &mut dyn Connection, transfer: TransferId) -> Result<Option<GroupId>> {
    connection.first(query!("reversal/group_of.sql", transfer))?.map(|mut row| row.id()).transpose()
}

/// How much of each transfer of a group was reversed.
pub(crate) fn done(connection: &mut dyn Connection, group: GroupId) -> Result<BTreeMap<TransferId, i64>> {
    let pairs = all(connection, query!("reversal/done.sql", group), |row| Ok((row.id()?, row.int()?)))?;
    Ok(pairs.into_iter().collect())
}

/// The counted uses of a group.
pub(crate) fn uses(connection: &mut dyn Connection, group: GroupId) -> Result<Vec<PassUse>> {
    all(connection, query!("reversal/uses.sql", group), |row| {
        Ok(PassUse {
            pass_use: row.id()?,
            pass: row.id()?,
            client: row.id()?,
            venue: row.id()?,
            service: row.opt_id()?,
            at: row.instant()?,
            made: row.instant()?,
            visit: row.opt_id()?,
            booking: row.opt_id()?,
            group: row.id()?,
            amount: row.int()?,
            quantity: row.int32()?,
            back: row.int32()?,
            reversed: row.opt_instant()?,
        })
    })
}

/// The lot with this id.
pub(crate) fn lot(connection: &mut dyn Connection, lot: LotId) -> Result<Option<Lot>> {
    connection.first(query!("reversal/lot.sql", lot))?.map(|mut row| lot_columns(&mut row)).transpose()
}

/// Whether a pass has let anybody in or was used otherwise.
pub(crate) fn visited(connection: &mut dyn Connection, pass: &Pass) -> Result<bool> {
    let query = query!("reversal/visited.sql", pass.client, pass.pass, pass.sold);
    Ok(connection.first(query)?.is_some())
}

fn side(row: &mut Row) -> Result<Party> {
    let account = row.opt_id()?;
    let counter = row.opt_word(Counter::from_text)?;
    match (account, counter) {
        (Some(account), None) => Ok(Party::Account(account)),
        (None, Some(counter)) => Ok(Party::Counter(counter)),
        _ => Err(Row::wrong()),
    }
}

fn transfer_columns(row: &mut Row) -> Result<Transfer> {
    Ok(Transfer {
        transfer: row.id()?,
        group: row.id()?,
        at: row.instant()?,
        venue: row.id()?,
        business_date: row.parsed()?,
        unit: row.parsed()?,
        amount: row.int()?,
        debit: side(row)?,
        credit: side(row)?,
        reason: row.word(TransferReason::from_text)?,
        client: row.opt_id()?,
        pass: row.opt_id()?,
        plan: row.opt_id()?,
        visit: row.opt_id()?,
        lots: row.opt_json()?.unwrap_or_default(),
        lot: row.opt_id()?,
        reverses: row.opt_id()?,
    })
}
