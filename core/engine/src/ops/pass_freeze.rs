//! Freezing: a pass cannot be used for some days, and its end moves by them.

use super::pass_course::{Changing, take_fee};
use super::pass_sell::Payment;
use crate::changes::Change;
use crate::input::{self, limits};
use crate::store;
use crate::work::Work;
use carnet_domain::freeze::{self, Days, Room};
use carnet_domain::life::{Freeze, FreezeRules, PassAct};
use carnet_domain::pass::{Pass, PassStatus};
use carnet_domain::{
    BookingId, Date, Error, FreezeId, GroupId, Instant, Money, PassId, PlanId, Reason, Result, VenueId,
    record, request,
};

request! {
    /// Freezes a pass for whole days of its venue. Give `until` or `days`.
    pub struct PassFreeze {
        /// The pass.
        pub pass: PassId,
        /// The first day. Today if left out, tomorrow if the pass was used today.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub from: Option<Date>,
        /// The day on which it can be used again.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub until: Option<Date>,
        /// How many days, 1 to 3660.
        #[schemars(range(min = 1, max = 3660))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub days: Option<i32>,
        /// Why, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reason: Option<String>,
        /// What is paid; adds up to the fee.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub payments: Vec<Payment>,
        /// Staff set the allowance and the fee of the plan aside. The past they cannot change.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub beyond_rules: bool,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }

    /// Ends a freeze today, or calls off one that has not begun. The days that are not used come back off the end.
    pub struct PassUnfreeze {
        /// The pass.
        pub pass: PassId,
        /// Which freeze. The one that runs now if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub freeze: Option<FreezeId>,
        /// Why, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reason: Option<String>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }

    /// Freezes all open passes of the venue that have an end, free of charge and outside of their allowance. Days that
    /// are frozen already are not frozen twice. Passes that have not begun with their first use are left out, and renewals that
    /// begin when one of these passes ends: they begin later.
    pub struct PassFreezeAll {
        /// Only the passes of this plan.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub plan: Option<PlanId>,
        /// The first day, today or later. Of a pass that was used today, tomorrow.
        pub from: Date,
        /// The day on which they can be used again.
        pub until: Date,
        /// Why, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub reason: String,
        /// The last pass of the call before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<PassId>,
        /// How many passes are looked at, 1 to 5000. 5000 if left out.
        #[schemars(range(min = 1, max = 5000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A pass was frozen.
    pub struct PassFrozen {
        /// The pass.
        pub pass: PassId,
        /// Its new version.
        pub version: i64,
        /// The freeze.
        pub freeze: FreezeId,
        /// Its first day.
        pub from: Date,
        /// The day on which the pass can be used again.
        pub until: Date,
        /// The new end of the pass; none for ever.
        pub ends: Option<Instant>,
        /// How many days the plan still allows; none for any number.
        pub days_left: Option<i64>,
        /// How many times the plan still allows; none for any number.
        pub times_left: Option<i64>,
        /// What it cost, tax included.
        pub fee: Money,
        /// Bookings with this pass that fall into the freeze, up to 100. They stand: move them or call them off.
        pub bookings: Vec<BookingId>,
        /// The transfers of the fee, if one was paid.
        pub group: Option<GroupId>,
    }

    /// A freeze was ended or called off.
    pub struct PassUnfrozen {
        /// The pass.
        pub pass: PassId,
        /// Its new version.
        pub version: i64,
        /// The freeze.
        pub freeze: FreezeId,
        /// The day on which it was over; its first day if it was called off.
        pub ended: Date,
        /// How many days were not used.
        pub days_back: i64,
        /// The new end of the pass; none for ever.
        pub ends: Option<Instant>,
    }

    /// Passes were frozen.
    pub struct PassesFrozen {
        /// How many.
        pub count: i64,
        /// The last pass that was looked at.
        pub last: Option<PassId>,
        /// True where more passes follow; call again with `after`.
        pub more: bool,
    }
}

pub(crate) fn freeze(work: &mut Work<'_>, request: PassFreeze) -> Result<PassFrozen> {
    let reason = super::pass_course::reason(request.reason.as_ref())?;
    let days = request.days.map(|days| input::range(days, "days", 1, 3660)).transpose()?;
    let mut changing = Changing::named(work, request.pass, request.expected_version)?;
    changing.refuse_waiting()?;
    changing.refuse_ended(work)?;
    let room = room(work, &changing)?;
    let from = request.from.unwrap_or_else(|| room.earliest());
    let asked = Days { from, until: until(from, request.until, days)? };
    let made = store::pass::freezes(work.db(), request.pass)?;
    let rules = changing.pass.life.freeze.clone();
    freeze::check(rules.as_ref(), &made, asked, &room, request.beyond_rules)?;
    let fee = rules.as_ref().and_then(|rules| rules.fee);
    let fee = take_fee(work, &changing, fee, &request.payments, request.beyond_rules)?;
    let entry = Made { reason: reason.clone(), group: fee.group, free: false };
    let new = add(work, &mut changing, made, asked, entry)?;
    let stretch = asked.instants(changing.zone)?;
    let bookings = store::pass::bookings(work.db(), &changing.pass, stretch.from, stretch.until)?;
    let pass = changing.write(work, PassAct::Freeze, reason)?;
    let (days_left, times_left) = left(rules.as_ref(), &new.all);
    Ok(PassFrozen {
        pass: pass.pass,
        version: pass.version,
        freeze: new.freeze,
        from: asked.from,
        until: asked.until,
        ends: pass.ends,
        days_left,
        times_left,
        fee: fee.paid,
        bookings,
        group: fee.group,
    })
}

/// The day on which a freeze is over, given as a day or as a number of days.
fn until(from: Date, until: Option<Date>, days: Option<i32>) -> Result<Date> {
    match (until, days) {
        (Some(_), Some(_)) => Err(Error::field(Reason::Contradiction, "days")),
        (None, None) => Err(Error::field(Reason::Required, "until")),
        (Some(until), None) => Ok(until),
        (None, Some(days)) => {
            let by = chrono::Duration::try_days(days.into()).ok_or(Reason::OutOfRange)?;
            from.checked_add_signed(by).ok_or_else(|| Error::field(Reason::OutOfRange, "days"))
        }
    }
}

/// Where a freeze of this pass may lie.
fn room(work: &mut Work<'_>, changing: &Changing) -> Result<Room> {
    let today = changing.today(work);
    let at = work.at;
    let used = store::pass::last_use_before(work.db(), &changing.pass, at)?;
    let starts = changing.refuse_waiting()?;
    Ok(Room {
        today,
        used_today: used.is_some_and(|used| changing.zone.date_of(used) >= today),
        first: changing.zone.date_of(starts),
        end: changing.pass.ends.map(|end| changing.zone.date_of(end)),
    })
}

/// How many days and times the rules still allow.
fn left(rules: Option<&FreezeRules>, made: &[Freeze]) -> (Option<i64>, Option<i64>) {
    let (times, days) = freeze::counted(made);
    let left = |most: Option<i32>, used: i64| most.map(|most| i64::from(most).saturating_sub(used).max(0));
    (left(rules.and_then(|rules| rules.days), days), left(rules.and_then(|rules| rules.times), times))
}

/// What a new freeze has beside its days.
struct Made {
    reason: Option<String>,
    group: Option<GroupId>,
    free: bool,
}

/// A freeze that was added, and all of its pass with it.
struct Added {
    freeze: FreezeId,
    all: Vec<Freeze>,
}

/// Adds a freeze to a pass and moves its end.
fn add(
    work: &mut Work<'_>,
    changing: &mut Changing,
    mut all: Vec<Freeze>,
    days: Days,
    made: Made,
) -> Result<Added> {
    let freeze = Freeze {
        freeze: work.id()?,
        pass: changing.pass.pass,
        from: days.from,
        until: days.until,
        ended: None,
        free: made.free,
        reason: made.reason,
        made: work.at,
        operator: work.call.by,
        group: made.group,
    };
    let id = freeze.freeze;
    work.add(Change::Freeze(freeze.clone()));
    all.push(freeze);
    changing.pass.freeze_on(&all, changing.zone)?;
    Ok(Added { freeze: id, all })
}

pub(crate) fn unfreeze(work: &mut Work<'_>, request: PassUnfreeze) -> Result<PassUnfrozen> {
    let reason = super::pass_course::reason(request.reason.as_ref())?;
    let mut changing = Changing::named(work, request.pass, request.expected_version)?;
    changing.refuse_ended(work)?;
    let today = changing.today(work);
    let all = store::pass::freezes(work.db(), request.pass)?;
    let index = match request.freeze {
        Some(id) => {
            input::id(id, "freeze")?;
            let found = all.iter().position(|freeze| freeze.freeze == id);
            found.ok_or_else(|| Error::field(Reason::FreezeNotFound, "freeze"))?
        }
        None => running(&all, today).ok_or_else(|| Error::field(Reason::NotFrozen, "pass"))?,
    };
    let ended = end(work, &mut changing, all, index, today)?;
    let pass = changing.write(work, PassAct::Unfreeze, reason)?;
    Ok(PassUnfrozen {
        pass: pass.pass,
        version: pass.version,
        freeze: ended.freeze,
        ended: ended.on,
        days_back: ended.days_back,
        ends: pass.ends,
    })
}

/// The freeze that covers a day.
fn running(all: &[Freeze], day: Date) -> Option<usize> {
    all.iter().position(|freeze| freeze.days().is_some_and(|days| days.from <= day && day < days.until))
}

/// A freeze that was ended.
struct Ended {
    freeze: FreezeId,
    on: Date,
    days_back: i64,
}

/// Ends one of the freezes of a pass on a day, or calls it off if it has not begun by then.
fn end(
    work: &mut Work<'_>,
    changing: &mut Changing,
    mut all: Vec<Freeze>,
    index: usize,
    today: Date,
) -> Result<Ended> {
    let one = all.get_mut(index).ok_or(Reason::Internal)?;
    let days = one.days().filter(|days| today < days.until);
    let days = days.ok_or_else(|| Error::field(Reason::NotFrozen, "freeze"))?;
    let on = days.from.max(today);
    one.ended = Some(on);
    let freeze = one.freeze;
    work.add(Change::Freeze(one.clone()));
    let days_back = changing.pass.freeze_on(&all, changing.zone)?.saturating_neg();
    if changing.pass.ends.is_some_and(|end| end <= work.at) {
        // Somebody had moved the end to before the freeze was over: the pass ends with today.
        changing.pass.ends = Some(carnet_domain::course::end_of_day(changing.zone, work.at)?);
    }
    Ok(Ended { freeze, on, days_back })
}

/// Ends the freeze that a visit at the time of the operation falls into, if there is one.
pub(crate) fn end_by_visit(work: &mut Work<'_>, pass: PassId) -> Result<()> {
    let pass = store::pass::get(work.db(), pass)?.ok_or(Reason::Internal)?;
    let mut changing = Changing::of(work, pass)?;
    let today = changing.today(work);
    let all = store::pass::freezes(work.db(), changing.pass.pass)?;
    let Some(index) = running(&all, today) else { return Ok(()) };
    end(work, &mut changing, all, index, today)?;
    changing.write(work, PassAct::Visit, None)?;
    Ok(())
}

pub(crate) fn freeze_all(work: &mut Work<'_>, request: PassFreezeAll) -> Result<PassesFrozen> {
    let reason = input::text(&request.reason, "reason", 200)?;
    let limit = input::range(request.limit.unwrap_or(limits::FREEZE_ALL), "limit", 1, limits::FREEZE_ALL)?;
    if let Some(after) = request.after {
        input::id(after, "after")?;
    }
    if let Some(plan) = request.plan {
        input::id(plan, "plan")?;
        if !work.config.plans.contains_key(&plan) {
            return Err(Error::field(Reason::PlanNotFound, "plan"));
        }
    }
    let (venue, zone) = {
        let venue = work.venue()?;
        (venue.venue, venue.time_zone)
    };
    let asked = Days { from: request.from, until: request.until };
    let today = zone.date_of(work.at);
    let any = Room { today, used_today: false, first: today, end: None };
    freeze::check(None, &[], asked, &any, true)?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let after = asked.instants(zone)?.from.max(work.at);
    let (from, fetch) = (request.after, i64::from(limit).saturating_add(1));
    let mut found = store::pass::with_end(work.db(), venue, after, from, request.plan, fetch)?;
    let all = All { venue, plan: request.plan, after };
    let more = found.len() > size;
    found.truncate(size);
    let last = found.last().map(|pass| pass.pass);
    let mut count = 0_i64;
    for pass in found {
        if !all.moves(work, &pass)? && freeze_with_all(work, pass, asked, &reason)? {
            count = count.saturating_add(1);
        }
    }
    Ok(PassesFrozen { count, last, more })
}

/// Which passes a venue freezes.
struct All {
    venue: VenueId,
    plan: Option<PlanId>,
    after: Instant,
}

impl All {
    /// Whether a pass waits for the end of another one that is frozen: it begins later then, and is not frozen by itself.
    fn moves(&self, work: &mut Work<'_>, pass: &Pass) -> Result<bool> {
        let Some(previous) = pass.previous.filter(|_| pass.starts.is_some_and(|start| work.at < start))
        else {
            return Ok(false);
        };
        let previous = store::pass::get(work.db(), previous)?;
        Ok(previous.is_some_and(|previous| {
            let is_one = previous.venue == self.venue && self.plan.is_none_or(|plan| plan == previous.plan);
            let lives =
                previous.status == PassStatus::Open && previous.ends.is_some_and(|end| self.after < end);
            is_one && lives && super::pass_course::waits_for(pass, &previous, work.at)
        }))
    }
}

/// Freezes the days of one pass that are not frozen yet; false where none are left.
fn freeze_with_all(work: &mut Work<'_>, pass: Pass, asked: Days, reason: &str) -> Result<bool> {
    let mut changing = Changing::of(work, pass)?;
    let room = room(work, &changing)?;
    let Some(asked) = room.share(asked) else { return Ok(false) };
    let mut all = store::pass::freezes(work.db(), changing.pass.pass)?;
    let parts = freeze::uncovered(&all, asked);
    for part in &parts {
        let made = Made { reason: Some(reason.to_owned()), group: None, free: true };
        all = add(work, &mut changing, all, *part, made)?.all;
    }
    if parts.is_empty() {
        return Ok(false);
    }
    changing.write(work, PassAct::FreezeAll, Some(reason.to_owned()))?;
    Ok(true)
}
