//! The business day of a venue.

use crate::books::{Group, Movement};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::store::day::Lapsed;
use crate::work::Work;
use carnet_domain::account::{Counter, Party, TransferReason, Unit};
use carnet_domain::calendar::Zone;
use carnet_domain::life::PassAct;
use carnet_domain::lots::Lot;
use carnet_domain::pass::Pass;
use carnet_domain::plan::PlanTag;
use carnet_domain::{
    Date, Error, GroupId, Instant, Money, PassId, PlanId, Reason, Result, VenueId, record, request,
};
use std::collections::{BTreeMap, BTreeSet};

request! {
    /// Opens the business day of a venue.
    #[derive(Default)]
    pub struct DayOpen {
        /// The business date. The date in the venue's zone if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub date: Option<Date>,
    }

    /// Closes the open business day: posts value earned by time and value that expired.
    #[derive(Default)]
    pub struct DayClose {}
}

record! {
    /// A business day was opened.
    pub struct DayOpened {
        /// The venue.
        pub venue: VenueId,
        /// The business date.
        pub date: Date,
    }

    /// A business day was closed.
    pub struct DayClosed {
        /// The venue.
        pub venue: VenueId,
        /// The business date.
        pub date: Date,
        /// Value of time passes earned since the last close, net of tax.
        pub recognised: Money,
        /// Value that expired since the last close, net of tax.
        pub breakage: Money,
        /// The transfers of the close.
        pub group: Option<GroupId>,
    }
}

pub(crate) fn open(work: &mut Work<'_>, request: DayOpen) -> Result<DayOpened> {
    let venue = work.venue()?;
    let (id, zone) = (venue.venue, venue.time_zone);
    if let Some(open) = work.clock.open_date {
        return Err(Error::new(Reason::DayOpen).with("date", open));
    }
    let today = zone.date_of(work.at);
    let date = request.date.unwrap_or(today);
    if work.clock.last_closed_date.is_some_and(|closed| date <= closed) {
        return Err(Error::field(Reason::DayClosed, "date").with("date", date));
    }
    let tomorrow = today.succ_opt().unwrap_or(today);
    let yesterday = today.pred_opt().unwrap_or(today);
    input::range(date, "date", yesterday, tomorrow)?;
    work.add(Change::DayOpened { venue: id, date, at: work.at });
    Ok(DayOpened { venue: id, date })
}

/// What was posted for a time pass by the closes and changes so far.
pub(crate) fn posted(work: &Work<'_>, pass: &Pass, zone: Zone) -> Result<i64> {
    pass.posted_by_time(work.clock.last_closed_at, zone)
}

/// What a time pass had earned when its venue last closed a day, less what was counted for it then: its start came to
/// the books only afterwards, and the next close counts from the last one. To be posted with what brings the start.
pub(crate) fn missed(work: &mut Work<'_>, waited: Option<&Pass>, pass: &Pass) -> Result<Money> {
    let nothing = Money::zero(pass.value.currency());
    if pass.kind != PlanTag::Time {
        return Ok(nothing);
    }
    let clock = store::journal::clock(work.db(), pass.venue)?;
    let Some(closed) = clock.last_closed_at else { return Ok(nothing) };
    let zone = work.zone_of(pass.venue)?;
    let counted = waited.map_or(Ok(0), |waited| waited.earned_by_time(closed, zone))?;
    let earned = pass.earned_by_time(closed, zone)?;
    Ok(Money::new(earned.saturating_sub(counted).max(0), nothing.currency()))
}

/// Writes the start of a pass that waited, and until when its lots can be used.
pub(crate) fn write_start(work: &mut Work<'_>, waited: Pass, lots: &[Lot], start: Instant) -> Result<()> {
    let zone = work.zone_of(waited.venue)?;
    let ends = waited.end_when_started(start, zone)?;
    let pass = Pass { starts: Some(start), ends, ..waited.clone() };
    let missed = missed(work, Some(&waited), &pass)?;
    if missed.minor() > 0 {
        let mut group = Group::new(work)?;
        (group.venue, group.client) = (pass.venue, Some(pass.client));
        (group.pass, group.plan) = (Some(pass.pass), Some(pass.plan));
        let reason = TransferReason::TimeRecognition;
        group.between(work, reason, missed, Counter::DeferredRevenue, Counter::Revenue)?;
    }
    for lot in lots {
        if let Some(expires) = pass.ends {
            work.add(Change::LotExpires { lot: lot.lot, expires });
        }
    }
    // A use is no change of the pass: its version stays, so that nobody's edit is refused for it.
    work.add(Change::PassStarted { pass: pass.pass, starts: start, ends: pass.ends });
    super::pass_course::note(work, Some(&waited), &pass, PassAct::Start, None);
    Ok(())
}

pub(crate) fn close(work: &mut Work<'_>, _: DayClose) -> Result<DayClosed> {
    let venue = work.venue()?;
    let (id, zone, currency) = (venue.venue, venue.time_zone, venue.currency);
    let date = work.clock.open_date.ok_or_else(|| Error::new(Reason::DayNotOpen))?;
    let mut group: Option<Group> = None;
    let mut expired = start_late(work, id)?;
    let recognised = recognise_time(work, id, zone, &mut group)?;
    let at = work.at;
    expired.extend(store::day::lapsed(work.db(), id, at)?);
    let expired = free_of_holds(work, expired)?;
    let breakage = post_breakage(work, expired, &mut group)?;
    work.add(Change::DayClosed { venue: id, date, at });
    let total = |sums: &[Money]| {
        let own = sums.iter().filter(|money| money.currency() == currency);
        own.map(|money| money.minor()).fold(0, i64::saturating_add)
    };
    Ok(DayClosed {
        venue: id,
        date,
        recognised: Money::new(total(&recognised), currency),
        breakage: Money::new(total(&breakage), currency),
        group: group.map(|group| group.group),
    })
}

/// The lots that nothing holds any more, after the holds whose time is over were written down.
fn free_of_holds(work: &mut Work<'_>, lapsed: Vec<Lapsed>) -> Result<Vec<Lapsed>> {
    let at = work.at;
    let mut free = Vec::new();
    let mut written = BTreeSet::new();
    for mut one in lapsed {
        store::hold::recount(work.db(), std::slice::from_mut(&mut one.lot), at)?;
        if store::hold::is_stale(&one.lot, at) && written.insert(one.lot.account) {
            crate::holds::write_down(work, &[one.lot.account])?;
        }
        if one.lot.held == 0 {
            free.push(one);
        }
    }
    Ok(free)
}

fn group_of(work: &mut Work<'_>, group: &mut Option<Group>) -> Result<Group> {
    match group {
        Some(group) => Ok(*group),
        None => {
            let new = Group::new(work)?;
            *group = Some(new);
            Ok(new)
        }
    }
}

/// Writes the starts of passes whose latest start was reached, and returns the lots of those that are over already.
fn start_late(work: &mut Work<'_>, venue: VenueId) -> Result<Vec<Lapsed>> {
    let at = work.at;
    let mut over = Vec::new();
    for pass in store::day::late_starts(work.db(), venue, at)? {
        let Some(start) = pass.latest_start else { continue };
        let lots = match pass.account {
            Some(account) => store::account::open_lots(work.db(), account)?,
            None => Vec::new(),
        };
        let zone = work.zone_of(pass.venue)?;
        let ends = pass.end_when_started(start, zone)?;
        if ends.is_some_and(|end| end <= at) {
            let unit = unit_of(&pass);
            let lapsed = |lot: &Lot| Lapsed {
                lot: lot.clone(),
                client: pass.client,
                pass: Some(pass.pass),
                unit,
                plan: Some(pass.plan),
            };
            over.extend(lots.iter().map(lapsed));
        }
        write_start(work, pass, &lots, start)?;
    }
    Ok(over)
}

/// What the account of a pass counts.
pub(crate) fn unit_of(pass: &Pass) -> Unit {
    match pass.kind {
        PlanTag::Credit => Unit::Credit(pass.price.currency()),
        _ => Unit::Visits,
    }
}

/// Posts what time passes have earned since the last close, one sum per plan and currency.
fn recognise_time(
    work: &mut Work<'_>,
    venue: VenueId,
    zone: Zone,
    group: &mut Option<Group>,
) -> Result<Vec<Money>> {
    let sums = earned_since_close(work, venue, zone)?;
    let mut posted = Vec::new();
    for ((plan, _), sum) in sums.into_iter().filter(|(_, sum)| sum.minor() > 0) {
        let mut group = group_of(work, group)?;
        group.plan = Some(plan);
        group.between(
            work,
            TransferReason::TimeRecognition,
            sum,
            Counter::DeferredRevenue,
            Counter::Revenue,
        )?;
        posted.push(sum);
    }
    Ok(posted)
}

/// What the time passes of each plan have earned since the last close.
pub(crate) fn earned_since_close(
    work: &mut Work<'_>,
    venue: VenueId,
    zone: Zone,
) -> Result<BTreeMap<(PlanId, &'static str), Money>> {
    let at = work.at;
    let since = work.clock.last_closed_at.unwrap_or(Instant::MIN);
    let mut sums: BTreeMap<(PlanId, &'static str), Money> = BTreeMap::new();
    for pass in store::day::time_passes(work.db(), venue, since)? {
        let earned = pass.earned_by_time(at, zone)?;
        let before = posted(work, &pass, zone)?;
        let currency = pass.value.currency();
        let part = Money::new(earned.saturating_sub(before).max(0), currency);
        let sum = sums.entry((pass.plan, currency.code())).or_insert(Money::zero(currency));
        *sum = sum.checked_add(part)?;
    }
    Ok(sums)
}

/// Posts what expired: the visits or credit out of the account, the value out of what is owed.
fn post_breakage(work: &mut Work<'_>, lapsed: Vec<Lapsed>, group: &mut Option<Group>) -> Result<Vec<Money>> {
    let mut posted = Vec::new();
    for Lapsed { lot, client, pass, unit, plan } in lapsed {
        let mut group = group_of(work, group)?;
        (group.client, group.pass, group.plan) = (Some(client), pass, plan);
        let (after, taken) = super::pass_cancel::lapse(&lot);
        let money = matches!(unit, Unit::Money(_));
        let movement = Movement {
            reason: if money { TransferReason::Breakage } else { TransferReason::Forfeit },
            unit,
            amount: taken.amount,
            debit: Party::Account(lot.account),
            credit: Party::Counter(if money { Counter::Breakage } else { Counter::Forfeited }),
        };
        group.post(work, movement, vec![taken])?;
        let value = match unit {
            Unit::Money(currency) => Some(Money::new(lot.rest, currency)),
            _ => value_released(work, &lot, &after, pass)?,
        };
        if let Some(value) = value {
            if !money {
                group.between(
                    work,
                    TransferReason::Breakage,
                    value,
                    Counter::DeferredRevenue,
                    Counter::Breakage,
                )?;
            }
            posted.push(value);
        }
        work.add(Change::of_lot(&lot, &after));
    }
    Ok(posted)
}

fn value_released(
    work: &mut Work<'_>,
    lot: &Lot,
    after: &Lot,
    pass: Option<PassId>,
) -> Result<Option<Money>> {
    let Some(id) = pass else { return Ok(None) };
    let Some(pass) = store::pass::get(work.db(), id)? else { return Ok(None) };
    let released = after.released.saturating_sub(lot.released);
    Ok(Some(Money::new(released, pass.value.currency())))
}
