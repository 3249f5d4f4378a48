//! Passes.

use super::config::put_external_ids;
use super::value::{Connection, Query, Row, filled, json, opt, query};
use carnet_domain::client::ExternalId;
use carnet_domain::ids::Id;
use carnet_domain::life::{Freeze, PassAct, PassEvent};
use carnet_domain::pass::{DoorPass, Pass, PassStatus};
use carnet_domain::plan::PlanTag;
use carnet_domain::usage::PassUse;
use carnet_domain::{BookingId, ClientId, Instant, Money, PassId, Percent, PlanId, Result, VenueId};

/// Reads the columns of a pass; its external ids are read apart, where they are shown.
pub(crate) fn columns(row: &mut Row) -> Result<Pass> {
    let (pass, version, client, plan, venue) = (row.id()?, row.int()?, row.id()?, row.id()?, row.id()?);
    let (kind, name, priority) = (row.word(PlanTag::from_text)?, row.opt_text()?, row.int32()?);
    let (sold, starts, latest_start) = (row.instant()?, row.opt_instant()?, row.opt_instant()?);
    let (ends, validity, status) = (row.opt_instant()?, row.opt_json()?, row.word(PassStatus::from_text)?);
    let (closed, currency) = (row.opt_instant()?, row.parsed()?);
    Ok(Pass {
        pass,
        version,
        client,
        plan,
        venue,
        kind,
        name,
        priority,
        sold,
        starts,
        latest_start,
        ends,
        validity,
        status,
        closed,
        price: Money::new(row.int()?, currency),
        value: Money::new(row.int()?, currency),
        tax: Percent::from_ten_thousandths(row.int()?),
        account: row.opt_id()?,
        services: row.json()?,
        categories: row.json()?,
        venues: row.json()?,
        usage: row.opt_json()?.unwrap_or_default(),
        life: row.opt_json()?.unwrap_or_default(),
        frozen: row.opt_json()?.unwrap_or_default(),
        anchor: row.opt_parsed()?,
        term: row.int32()?,
        previous: row.opt_id()?,
        next: row.opt_id()?,
        auto_renew: row.flag()?,
        cancel_at_end: row.flag()?,
        dunning: row.opt_json()?,
        notes: row.opt_text()?,
        recognised: row.opt_int()?.map(|minor| Money::new(minor, currency)),
        recognised_until: row.opt_instant()?,
        external_ids: Vec::new(),
    })
}

/// Reads what `pass_door` says of one pass, up to its separator; what comes after it is left.
pub(crate) fn door(facts: &mut &str) -> Result<DoorPass> {
    let mut fields = Fields(facts);
    let pass = DoorPass {
        pass: fields.id()?,
        plan: fields.id()?,
        venue: fields.id()?,
        kind: fields.word(PlanTag::from_text)?,
        priority: i32::try_from(fields.int()?).map_err(|_| Row::wrong())?,
        sold: fields.instant()?,
        starts: fields.opt(Fields::instant)?,
        latest_start: fields.opt(Fields::instant)?,
        ends: fields.opt(Fields::instant)?,
        validity: fields.opt(Fields::json)?,
        status: fields.word(PassStatus::from_text)?,
        currency: fields.next().parse().map_err(|_| Row::wrong())?,
        account: fields.opt(Fields::id)?,
        services: fields.list()?,
        categories: fields.list()?,
        venues: fields.list()?,
        usage: fields.opt(Fields::json)?.unwrap_or_default(),
        frozen: fields.opt(Fields::json)?.unwrap_or_default(),
        freeze_ends_by_visit: fields.next() == "1",
    };
    *facts = fields.0;
    Ok(pass)
}

/// The fields of a text of `pass_door`. No id, instant, word or JSON of ids has a separator in it.
struct Fields<'a>(&'a str);

impl<'a> Fields<'a> {
    fn next(&mut self) -> &'a str {
        // Fields are short: a plain loop is faster than a search made for long texts.
        let end = self.0.bytes().position(|byte| byte == b'|' || byte == b';');
        let (field, rest) = end.and_then(|end| self.0.split_at_checked(end)).unwrap_or((self.0, ""));
        self.0 = rest.get(1..).unwrap_or("");
        field
    }

    fn int(&mut self) -> Result<i64> {
        // Read while its end is looked for: `parse` would go over it again.
        let (negative, digits) = self.0.strip_prefix('-').map_or((false, self.0), |digits| (true, digits));
        let (mut value, mut length) = (0_i64, 0_usize);
        for byte in digits.bytes() {
            if byte == b'|' || byte == b';' {
                break;
            }
            let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10).ok_or_else(Row::wrong)?;
            let grown = value.checked_mul(10).and_then(|value| value.checked_add(digit.into()));
            value = grown.ok_or_else(Row::wrong)?;
            length = length.saturating_add(1);
        }
        self.0 = digits.get(length.saturating_add(1)..).unwrap_or("");
        if length == 0 {
            return Err(Row::wrong());
        }
        Ok(if negative { value.saturating_neg() } else { value })
    }

    fn id<T: Id>(&mut self) -> Result<T> {
        self.int().map(T::from_raw)
    }

    fn instant(&mut self) -> Result<Instant> {
        Instant::from_micros(self.int()?).map_err(|_| Row::wrong())
    }

    fn word<T>(&mut self, from_text: impl Fn(&str) -> Option<T>) -> Result<T> {
        from_text(self.next()).ok_or_else(Row::wrong)
    }

    fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T> {
        serde_json::from_str(self.next()).map_err(|_| Row::wrong())
    }

    /// A list of ids, which is empty for most passes.
    fn list<T: serde::de::DeserializeOwned>(&mut self) -> Result<Vec<T>> {
        match self.next() {
            "[]" => Ok(Vec::new()),
            list => serde_json::from_str(list).map_err(|_| Row::wrong()),
        }
    }

    /// A field that may be empty.
    fn opt<T>(&mut self, read: impl Fn(&mut Self) -> Result<T>) -> Result<Option<T>> {
        if self.0.starts_with('|') { Ok(self.next()).map(|_| None) } else { read(self).map(Some) }
    }
}

/// Reads one pass with its external ids.
pub(crate) fn get(connection: &mut dyn Connection, id: PassId) -> Result<Option<Pass>> {
    let queries = [query!("pass/get.sql", id), query!("config/external_ids_of.sql", "pass", id)];
    let mut answers = connection.batch(&queries)?.into_iter();
    let row = answers.next().and_then(|rows| rows.into_iter().next());
    let Some(mut row) = row else { return Ok(None) };
    let mut pass = columns(&mut row)?;
    for mut row in answers.next().unwrap_or_default() {
        pass.external_ids.push(ExternalId { system: row.text()?, value: row.text()? });
    }
    Ok(Some(pass))
}

/// Which passes a list shows.
pub(crate) enum Listed {
    OfClient(ClientId),
    OfPlan(PlanId),
    All,
    /// Usable after the first instant and ending before the second, by their end.
    Ending(Instant, Instant),
}

/// A page of passes: the newest first, or by their end.
pub(crate) fn list(
    connection: &mut dyn Connection,
    listed: &Listed,
    after: Option<&Pass>,
    limit: i64,
) -> Result<Vec<Pass>> {
    let below = after.map_or(i64::MAX, |pass| pass.pass.get());
    let query = match listed {
        Listed::OfClient(client) => query!("pass/of_client.sql", *client, below, limit),
        Listed::OfPlan(plan) => query!("pass/of_plan.sql", *plan, below, limit),
        Listed::All => query!("pass/all.sql", below, limit),
        Listed::Ending(from, before) => {
            let (end, id) =
                after.map_or((from.micros(), 0), |pass| (pass.live_until().micros(), pass.pass.get()));
            query!("pass/ending.sql", *from, *before, end, id, limit)
        }
    };
    connection.rows(query)?.iter_mut().map(columns).collect()
}

/// Stores that a pass which waited has started.
pub(crate) fn start(pass: PassId, starts: Instant, ends: Option<Instant>, queries: &mut Vec<Query>) {
    queries.push(query!("pass/start.sql", pass, starts, opt(ends), ends.unwrap_or(Instant::FOREVER)));
    queries.push(query!("pass/gate.sql", pass));
}

/// Stores a pass. Price, tax, value and coverage are written once, at the sale.
pub(crate) fn put(pass: &Pass, queries: &mut Vec<Query>) -> Result<()> {
    queries.push(query!(
        "pass/put.sql",
        pass.pass,
        pass.version,
        pass.client,
        pass.plan,
        pass.venue,
        pass.kind.as_str(),
        opt(pass.name.as_ref()),
        pass.priority,
        pass.sold,
        opt(pass.starts),
        opt(pass.latest_start),
        opt(pass.ends),
        opt(pass.validity.as_ref().map(json).transpose()?),
        pass.status.as_str(),
        opt(pass.closed),
        pass.price.currency().code(),
        pass.price.minor(),
        pass.value.minor(),
        pass.tax.ten_thousandths(),
        opt(pass.account),
        json(&pass.services)?,
        json(&pass.categories)?,
        json(&pass.venues)?,
        pass.live_until(),
        opt(filled(&pass.usage)?),
        opt(filled(&pass.life)?),
        opt(filled(&pass.frozen)?),
        opt(pass.anchor),
        pass.term,
        opt(pass.previous),
        opt(pass.next),
        pass.auto_renew,
        pass.cancel_at_end,
        opt(pass.dunning.as_ref().map(json).transpose()?),
        opt(pass.notes.as_ref()),
        opt(pass.recognised.map(Money::minor)),
        opt(pass.recognised_until),
    ));
    queries.push(query!("pass/gate.sql", pass.pass));
    put_external_ids(pass.pass, &pass.external_ids, pass.version, queries);
    Ok(())
}

/// Stores a use of a pass.
pub(crate) fn put_use(used: &PassUse) -> Query {
    query!(
        "pass/use_put.sql",
        used.pass_use,
        used.pass,
        used.client,
        used.venue,
        opt(used.service),
        used.at,
        used.made,
        opt(used.visit),
        opt(used.booking),
        used.group,
        used.amount,
        used.quantity,
        used.back,
        opt(used.reversed),
    )
}

/// Stores a freeze.
pub(crate) fn put_freeze(freeze: &Freeze) -> Query {
    query!(
        "pass/freeze_put.sql",
        freeze.freeze,
        freeze.pass,
        freeze.from,
        freeze.until,
        opt(freeze.ended),
        opt(freeze.reason.as_ref()),
        freeze.made,
        opt(freeze.operator),
        opt(freeze.group),
        freeze.free,
    )
}

/// The freezes of a pass, in the order in which they were entered.
pub(crate) fn freezes(connection: &mut dyn Connection, pass: PassId) -> Result<Vec<Freeze>> {
    let mut rows = connection.rows(query!("pass/freezes.sql", pass))?;
    let read = rows.iter_mut().map(|row| {
        Ok(Freeze {
            freeze: row.id()?,
            pass: row.id()?,
            from: row.parsed()?,
            until: row.parsed()?,
            ended: row.opt_parsed()?,
            free: row.flag()?,
            reason: row.opt_text()?,
            made: row.instant()?,
            operator: row.opt_id()?,
            group: row.opt_id()?,
        })
    });
    read.collect()
}

/// Stores what was done to a pass.
pub(crate) fn put_event(event: &PassEvent) -> Result<Query> {
    Ok(query!(
        "pass/event_put.sql",
        event.pass,
        PassEvent::line_of(event.version, event.act),
        event.version,
        event.at,
        event.act.as_str(),
        opt(event.operator),
        opt(event.reason.as_ref()),
        opt(event.before.as_ref().map(json).transpose()?),
        json(&event.after)?,
    ))
}

/// What was done to a pass, the latest first, below a line.
pub(crate) fn events(
    connection: &mut dyn Connection,
    pass: PassId,
    below: i64,
    limit: i64,
) -> Result<Vec<PassEvent>> {
    let mut rows = connection.rows(query!("pass/events.sql", pass, below, limit))?;
    let read = rows.iter_mut().map(|row| {
        Ok(PassEvent {
            pass: row.id()?,
            line: row.int()?,
            version: row.int()?,
            at: row.instant()?,
            act: row.word(PassAct::from_text)?,
            operator: row.opt_id()?,
            reason: row.opt_text()?,
            before: row.opt_json()?,
            after: row.json()?,
        })
    });
    read.collect()
}

/// The last instant for which a pass was used, bookings to come included.
pub(crate) fn last_use(connection: &mut dyn Connection, pass: &Pass) -> Result<Option<Instant>> {
    let found = connection.first(query!("pass/last_use.sql", pass.pass, pass.client))?;
    let last = found.map(|mut row| row.instant()).transpose()?;
    Ok(last.filter(|last| last.micros() != 0))
}

/// The last instant not after `at` for which a pass was used.
pub(crate) fn last_use_before(
    connection: &mut dyn Connection,
    pass: &Pass,
    at: Instant,
) -> Result<Option<Instant>> {
    let found = connection.first(query!("pass/last_use_before.sql", pass.pass, pass.client, at))?;
    let last = found.map(|mut row| row.instant()).transpose()?;
    Ok(last.filter(|last| last.micros() != 0))
}

/// The bookings that a pass pays, or is going to, within a stretch of time; up to 100.
pub(crate) fn bookings(
    connection: &mut dyn Connection,
    pass: &Pass,
    from: Instant,
    until: Instant,
) -> Result<Vec<BookingId>> {
    let mut rows = connection.rows(query!("pass/bookings.sql", pass.client, pass.pass, from, until))?;
    rows.iter_mut().map(super::value::Row::id).collect()
}

/// Open passes of a venue that have a start and an end after an instant, in the order of their ids.
pub(crate) fn with_end(
    connection: &mut dyn Connection,
    venue: VenueId,
    ends_after: Instant,
    after: Option<PassId>,
    plan: Option<PlanId>,
    limit: i64,
) -> Result<Vec<Pass>> {
    let after = after.map_or(0, Id::get);
    let query = query!("pass/with_end.sql", venue, ends_after, after, plan.map_or(0, Id::get), limit);
    connection.rows(query)?.iter_mut().map(columns).collect()
}

/// Passes of a venue that end between two instants and of whose end nobody was reminded, by their end.
pub(crate) fn to_remind(
    connection: &mut dyn Connection,
    venue: VenueId,
    (from, before): (Instant, Instant),
    (ends, after): (Instant, i64),
    limit: i64,
) -> Result<Vec<Pass>> {
    let query = query!("pass/to_remind.sql", venue, from, before, ends, after, limit);
    connection.rows(query)?.iter_mut().map(columns).collect()
}

/// Passes of a venue that renew by themselves and end before an instant, by their end, after one of them.
pub(crate) fn to_renew(
    connection: &mut dyn Connection,
    venue: VenueId,
    before: Instant,
    (ends, after): (Instant, i64),
    limit: i64,
) -> Result<Vec<Pass>> {
    let query = query!("pass/to_renew.sql", venue, before, ends, after, limit);
    connection.rows(query)?.iter_mut().map(columns).collect()
}
