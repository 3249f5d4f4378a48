//! Accounts, lots and transfers.

use super::value::{Connection, Query, Row, Value, json, opt, query};
use carnet_domain::account::{Account, Party, Transfer, TransferReason, Unit};
use carnet_domain::lots::{Lot, Origin, Take};
use carnet_domain::{AccountId, ClientId, Date, GroupId, Instant, LotId, OperatorId, Result, TransferId};

pub(super) fn account(mut row: Row) -> Result<Account> {
    account_columns(&mut row)
}

fn account_columns(row: &mut Row) -> Result<Account> {
    Ok(Account {
        account: row.id()?,
        client: row.id()?,
        venue: row.id()?,
        pass: row.opt_id()?,
        unit: row.parsed()?,
        debt_limit: row.int()?,
        debt: row.int()?,
    })
}

/// The account with this id.
pub(crate) fn get(connection: &mut dyn Connection, id: AccountId) -> Result<Option<Account>> {
    connection.first(query!("account/get.sql", id))?.map(account).transpose()
}

/// The money account of a client in one unit.
pub(crate) fn of_client_in(
    connection: &mut dyn Connection,
    client: ClientId,
    unit: Unit,
) -> Result<Option<Account>> {
    connection.first(query!("account/of_client_in.sql", client, unit.to_string()))?.map(account).transpose()
}

/// Reads the columns of a lot.
pub(crate) fn lot_columns(row: &mut Row) -> Result<Lot> {
    Ok(Lot {
        lot: row.id()?,
        account: row.id()?,
        amount: row.int()?,
        rest: row.int()?,
        held: row.int()?,
        held_until: row.opt_instant()?,
        granted: row.instant()?,
        effective: row.instant()?,
        expires: Some(row.instant()?).filter(|end| *end < Instant::FOREVER),
        priority: row.int32()?,
        origin: row.word(Origin::from_text)?,
        value: row.int()?,
        recognised: row.int()?,
        released: row.int()?,
    })
}

fn lots(connection: &mut dyn Connection, query: Query) -> Result<Vec<Lot>> {
    connection.rows(query)?.iter_mut().map(lot_columns).collect()
}

/// How many lots a use looks at before it asks for all of them.
pub(super) const FIRST_LOTS: i64 = 12;

/// What a client can pay with.
pub(crate) struct Purse {
    pub archived: bool,
    pub account: Option<Account>,
    /// The lots that can be used, in the order of use.
    pub lots: Vec<Lot>,
    /// Whether these are all there are.
    pub all: bool,
}

/// Asks for the money account of a client in one unit and the lots that are used first.
pub(crate) fn purse_query(client: ClientId, unit: Unit, at: Instant) -> Query {
    query!("account/purse.sql", client, unit.to_string(), at, FIRST_LOTS)
}

/// The money account of a client in one unit, with enough of its lots for a use of `amount`, or all of them if that is
/// too few. Nothing if there is no such client.
pub(crate) fn purse(
    connection: &mut dyn Connection,
    client: ClientId,
    unit: Unit,
    amount: i64,
    at: Instant,
) -> Result<Option<Purse>> {
    let rows = connection.rows(purse_query(client, unit, at))?;
    let mut purse: Option<Purse> = None;
    for mut row in rows {
        let archived = row.flag()?;
        let account = match row.peek_int() {
            Some(_) => Some(account_columns(&mut row)?),
            None => None,
        };
        let found = purse.get_or_insert(Purse { archived, account, lots: Vec::new(), all: true });
        if found.account.is_some() && row.peek_int().is_some() {
            found.lots.push(lot_columns(&mut row)?);
        }
    }
    if let Some(Purse { account: Some(account), lots: first, all, .. }) = &mut purse {
        *all = first.len() < usize::try_from(FIRST_LOTS).unwrap_or(usize::MAX);
        super::hold::recount(connection, first, at)?;
        if !*all && carnet_domain::lots::available(first, at) < amount {
            *first = lots(connection, query!("account/open_lots.sql", account.account))?;
            *all = true;
        }
        super::hold::recount(connection, first, at)?;
    }
    Ok(purse)
}

/// All lots of an account with something left, in the order of use.
pub(crate) fn open_lots(connection: &mut dyn Connection, account: AccountId) -> Result<Vec<Lot>> {
    lots(connection, query!("account/open_lots.sql", account))
}

/// All lots of an account, oldest first, up to 1000.
pub(crate) fn all_lots(connection: &mut dyn Connection, account: AccountId) -> Result<Vec<Lot>> {
    lots(connection, query!("account/lots.sql", account))
}

/// What can be taken from an account at an instant.
pub(crate) fn available(connection: &mut dyn Connection, account: AccountId, at: Instant) -> Result<i64> {
    match connection.first(query!("account/available.sql", account, at))? {
        Some(mut row) => row.int(),
        None => Ok(0),
    }
}

/// Stores a new account, or what is owed on it.
pub(crate) fn put(account: &Account) -> Query {
    query!(
        "account/put.sql",
        account.account,
        account.client,
        account.venue,
        opt(account.pass),
        account.unit.to_string(),
        account.debt_limit,
        account.debt,
    )
}

/// Stores a new lot.
pub(crate) fn put_lot(lot: &Lot) -> Query {
    let rank =
        Origin::ALL.iter().position(|origin| *origin == lot.origin).and_then(|rank| i64::try_from(rank).ok());
    query!(
        "account/lot_put.sql",
        lot.lot,
        lot.account,
        lot.amount,
        lot.rest,
        lot.held,
        lot.granted,
        lot.effective,
        lot.expires.unwrap_or(Instant::FOREVER),
        lot.priority,
        lot.origin.as_str(),
        rank.unwrap_or(0),
        lot.value,
        lot.recognised,
        lot.released,
        lot.rest > 0,
        opt(lot.held_until),
    )
}

/// Stores what is left of a lot. The index of open lots is touched only when it opens or closes.
pub(crate) fn change_lot(lot: LotId, rest: i64, recognised: i64, released: i64, open: Option<bool>) -> Query {
    match open {
        None => query!("account/lot_change.sql", lot, rest, recognised, released),
        Some(open) => query!("account/lot_close.sql", lot, rest, recognised, released, open),
    }
}

/// Stores what is held of a lot, and when the first of its holds runs out.
pub(crate) fn hold_lot(lot: LotId, held: i64, until: Option<Instant>) -> Query {
    query!("account/lot_held.sql", lot, held, opt(until))
}

/// Stores who corrected by hand, and why.
pub(crate) fn put_adjustment(group: GroupId, operator: Option<OperatorId>, reason: &str) -> Query {
    query!("account/adjustment_put.sql", group, opt(operator), reason)
}

/// Stores when a lot can be used last.
pub(crate) fn expire_lot(lot: LotId, expires: Instant) -> Query {
    query!("account/lot_expires.sql", lot, expires)
}

fn sides(party: &Party) -> (Value, Value) {
    match party {
        Party::Account(account) => (Value::from(*account), Value::Null),
        Party::Counter(counter) => (Value::Null, Value::from(counter.as_str())),
    }
}

/// Stores a transfer.
pub(crate) fn put_transfer(transfer: &Transfer) -> Result<Query> {
    let (debit, debit_counter) = sides(&transfer.debit);
    let (credit, credit_counter) = sides(&transfer.credit);
    let lots = if transfer.lots.is_empty() { None } else { Some(json(&transfer.lots)?) };
    Ok(query!(
        "account/transfer_put.sql",
        transfer.transfer,
        transfer.group,
        transfer.at,
        transfer.venue,
        transfer.business_date,
        transfer.unit.to_string(),
        transfer.amount,
        debit,
        debit_counter,
        credit,
        credit_counter,
        transfer.reason.as_str(),
        opt(transfer.client),
        opt(transfer.pass),
        opt(transfer.plan),
        opt(transfer.visit),
        opt(lots),
        opt(transfer.lot),
        opt(transfer.reverses),
    ))
}

/// One movement of an account as the statement shows it, the amount signed.
pub(crate) struct Line {
    pub transfer: TransferId,
    pub at: Instant,
    pub business_date: Date,
    pub reason: TransferReason,
    pub amount: i64,
    pub lots: Vec<Take>,
    pub note: Option<String>,
    pub operator: Option<OperatorId>,
}

/// The movements of an account that a statement shows: by value time or by the order of entry, after one place and
/// before an end.
pub(crate) enum Stretch {
    Value { after: (Instant, TransferId), before: Instant },
    Entry { after: (String, TransferId), before: String },
}

/// The value time and the business date of a transfer of an account.
pub(crate) fn place_of(
    connection: &mut dyn Connection,
    account: AccountId,
    transfer: TransferId,
) -> Result<Option<(Instant, Date)>> {
    match connection.first(query!("reversal/place.sql", account, transfer))? {
        Some(mut row) => Ok(Some((row.instant()?, row.parsed()?))),
        None => Ok(None),
    }
}

/// The balance of an account before a stretch, and its movements in it.
pub(crate) fn statement(
    connection: &mut dyn Connection,
    account: AccountId,
    stretch: &Stretch,
    limit: i64,
) -> Result<(i64, Vec<Line>)> {
    let queries = match stretch {
        Stretch::Value { after: (at, last), before } => [
            query!("account/balance_before.sql", account, *at, *last),
            query!("account/lines.sql", account, *at, *last, *before, limit),
        ],
        Stretch::Entry { after: (date, last), before } => [
            query!("account/balance_entered.sql", account, date, *last),
            query!("account/lines_entered.sql", account, date, *last, before, limit),
        ],
    };
    let mut answers = connection.batch(&queries)?.into_iter();
    let opening = match answers.next().and_then(|rows| rows.into_iter().next()) {
        Some(mut row) => row.int()?,
        None => 0,
    };
    let lines = answers
        .next()
        .unwrap_or_default()
        .into_iter()
        .map(|mut row| {
            Ok(Line {
                transfer: row.id()?,
                at: row.instant()?,
                business_date: row.parsed()?,
                reason: row.word(TransferReason::from_text)?,
                amount: row.int()?,
                lots: row.opt_json()?.unwrap_or_default(),
                note: row.opt_text()?,
                operator: row.opt_id()?,
            })
        })
        .collect::<Result<_>>()?;
    Ok((opening, lines))
}
