//! Holds, and what is held of lots.

use super::value::{Connection, Query, Row, json, opt, query};
use carnet_domain::hold::{Hold, HoldPart, HoldState};
use carnet_domain::ids::Id;
use carnet_domain::lots::Lot;
use carnet_domain::{AccountId, ClientId, HoldId, Instant, LotId, Result, VenueId};
use std::collections::{BTreeMap, BTreeSet};

fn columns(row: &mut Row) -> Result<Hold> {
    Ok(Hold {
        hold: row.id()?,
        version: row.int()?,
        client: row.id()?,
        venue: row.id()?,
        placed: row.instant()?,
        expires: row.instant()?,
        state: row.word(HoldState::from_text)?,
        ended: row.opt_instant()?,
        group: row.opt_id()?,
        reason: row.opt_text()?,
        more_up_to: row.opt_json()?,
        parts: Vec::new(),
    })
}

fn whole(connection: &mut dyn Connection, query: Query) -> Result<Vec<Hold>> {
    let mut holds = connection.rows(query)?.iter_mut().map(columns).collect::<Result<Vec<Hold>>>()?;
    let parts: Vec<Query> = holds.iter().map(|hold| query!("hold/parts.sql", hold.hold)).collect();
    for (hold, rows) in holds.iter_mut().zip(connection.batch(&parts)?) {
        for mut row in rows {
            let (lot, account, pass) = (row.id()?, row.id()?, row.opt_id()?);
            hold.parts.push(HoldPart { account, pass, lot, amount: row.int()?, held: row.int()? });
        }
    }
    Ok(holds)
}

/// The hold with this id.
pub(crate) fn get(connection: &mut dyn Connection, hold: HoldId) -> Result<Option<Hold>> {
    Ok(whole(connection, query!("hold/get.sql", hold))?.into_iter().next())
}

/// The holds of a client, newest first.
pub(crate) fn of_client(
    connection: &mut dyn Connection,
    client: ClientId,
    after: Option<&Hold>,
    limit: i64,
) -> Result<Vec<Hold>> {
    let below = after.map_or(i64::MAX, |hold| hold.hold.get());
    whole(connection, query!("hold/of_client.sql", client, below, limit))
}

/// The holds of a venue that are open at an instant, by when they run out.
pub(crate) fn open(
    connection: &mut dyn Connection,
    venue: VenueId,
    at: Instant,
    after: Option<&Hold>,
    limit: i64,
) -> Result<Vec<Hold>> {
    let (end, id) = after.map_or((at.micros(), 0), |hold| (hold.expires.micros(), hold.hold.get()));
    whole(connection, query!("hold/open.sql", venue, at, end, id, limit))
}

/// The holds that hold something of an account though their time is over, which nobody has written down.
pub(crate) fn over(connection: &mut dyn Connection, account: AccountId, at: Instant) -> Result<Vec<Hold>> {
    whole(connection, query!("hold/over.sql", account, at))
}

/// The open holds of a venue whose time is over, the oldest end first.
pub(crate) fn over_at(
    connection: &mut dyn Connection,
    venue: VenueId,
    at: Instant,
    limit: i64,
) -> Result<Vec<Hold>> {
    whole(connection, query!("desk/holds_over.sql", venue, at, limit))
}

/// How much is held of each lot of an account at an instant, and when the first of these holds runs out. `except` is
/// left out.
pub(crate) fn counted(
    connection: &mut dyn Connection,
    account: AccountId,
    at: Instant,
    except: Option<HoldId>,
) -> Result<BTreeMap<LotId, (i64, Instant)>> {
    let rows = connection.rows(query!("hold/counted.sql", account, at, except.map_or(0, Id::get)))?;
    rows.into_iter().map(|mut row| Ok((row.id()?, (row.int()?, row.instant()?)))).collect()
}

/// Counts anew what is held of the lots of which a hold has run out by an instant. Their `held_until` stays what is stored:
/// it says that the hold must be written down before the lot is changed.
pub(crate) fn recount(connection: &mut dyn Connection, lots: &mut [Lot], at: Instant) -> Result<()> {
    let stale: BTreeSet<AccountId> =
        lots.iter().filter(|lot| is_stale(lot, at)).map(|lot| lot.account).collect();
    for account in stale {
        let held = counted(connection, account, at, None)?;
        for lot in lots.iter_mut().filter(|lot| lot.account == account && is_stale(lot, at)) {
            lot.held = held.get(&lot.lot).map_or(0, |(held, _)| *held);
        }
    }
    Ok(())
}

/// Whether a hold on a lot has run out by an instant, which is not written down.
pub(crate) fn is_stale(lot: &Lot, at: Instant) -> bool {
    lot.held_until.is_some_and(|until| until <= at)
}

/// Stores a hold and what is held by its parts.
pub(crate) fn put(hold: &Hold, queries: &mut Vec<Query>) -> Result<()> {
    queries.push(query!(
        "hold/put.sql",
        hold.hold,
        hold.version,
        hold.client,
        hold.venue,
        hold.placed,
        hold.expires,
        hold.state.as_str(),
        opt(hold.ended),
        opt(hold.group),
        opt(hold.reason.as_ref()),
        opt(hold.more_up_to.as_ref().map(json).transpose()?),
    ));
    for part in &hold.parts {
        queries.push(query!(
            "hold/part_put.sql",
            hold.hold,
            part.lot,
            part.account,
            opt(part.pass),
            part.amount,
            part.held
        ));
    }
    Ok(())
}
