//! What every change of a sold pass has in common: the value that its old course has earned, its lots, its history.

use super::pass_sell::Payment;
use crate::books::Group;
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::{Work, next_version, refuse_stale};
use carnet_domain::account::{Counter, TransferReason};
use carnet_domain::calendar::Zone;
use carnet_domain::life::{PassAct, PassEvent, PassTerms};
use carnet_domain::lots::Lot;
use carnet_domain::pass::{Pass, PassStatus};
use carnet_domain::plan::PlanTag;
use carnet_domain::renewal::Old;
use carnet_domain::{Date, Error, GroupId, Instant, Money, PassId, Reason, Result};

/// A pass that is being changed: as it was, and as it is going to be.
pub(crate) struct Changing {
    pub before: Pass,
    pub pass: Pass,
    pub zone: Zone,
    /// When the venue that sold it last closed a day.
    pub closed: Option<Instant>,
    group: Option<Group>,
}

impl Changing {
    /// A pass that a request of the desk names: open, of this venue, in the version that was read.
    pub fn named(work: &mut Work<'_>, id: PassId, expected: Option<i64>) -> Result<Self> {
        let pass = super::pass::existing(work, id)?;
        refuse_stale(expected, pass.version)?;
        if pass.status != PassStatus::Open {
            return Err(Error::field(Reason::PassClosed, "pass").with("status", pass.status));
        }
        if work.venue()?.venue != pass.venue {
            return Err(Error::field(Reason::Contradiction, "venue").with("sold_at", pass.venue));
        }
        Self::of(work, pass)
    }

    /// A pass as it was read. One that waited for its first use until its latest start has started.
    pub fn of(work: &mut Work<'_>, before: Pass) -> Result<Self> {
        let zone = work.zone_of(before.venue)?;
        let closed = store::journal::clock(work.db(), before.venue)?.last_closed_at;
        let mut pass = before.clone();
        if pass.starts.is_none() {
            (pass.starts, pass.ends) = pass.span_at(work.at, zone)?;
        }
        Ok(Self { before, pass, zone, closed, group: None })
    }

    /// The transfers of this change.
    pub fn group(&mut self, work: &mut Work<'_>) -> Result<Group> {
        if let Some(group) = self.group {
            return Ok(group);
        }
        let group = self.new_group(work)?;
        self.group = Some(group);
        Ok(group)
    }

    fn new_group(&self, work: &mut Work<'_>) -> Result<Group> {
        let mut group = Group::new(work)?;
        group.venue = self.before.venue;
        group.client = Some(self.before.client);
        (group.pass, group.plan) = (Some(self.before.pass), Some(self.before.plan));
        Ok(group)
    }

    /// The id of the transfers, if there are any.
    pub fn group_id(&self) -> Option<GroupId> {
        self.group.map(|group| group.group)
    }

    /// The local day of the request.
    pub fn today(&self, work: &Work<'_>) -> Date {
        self.zone.date_of(work.at)
    }

    /// Refuses a pass that has not begun and waits for its first use: it has no course yet.
    pub fn refuse_waiting(&self) -> Result<Instant> {
        let waits = || Error::field(Reason::NotAllowed, "pass").with("state", "not_started");
        self.pass.starts.ok_or_else(waits)
    }

    /// Refuses a pass whose time is over.
    pub fn refuse_ended(&self, work: &Work<'_>) -> Result<()> {
        match self.pass.ends.filter(|end| *end <= work.at) {
            Some(end) => Err(Error::field(Reason::PassEnded, "pass").with("ended", end)),
            None => Ok(()),
        }
    }

    /// Posts what the pass has earned under its old course and not posted yet, and returns all that it has earned.
    pub fn settle(&mut self, work: &mut Work<'_>) -> Result<i64> {
        let (at, closed, zone) = (work.at, self.closed, self.zone);
        let part = self.pass.go_on_from(&self.before, at, closed, zone)?;
        if part > 0 {
            let (reason, part) =
                (TransferReason::TimeRecognition, Money::new(part, self.pass.value.currency()));
            self.group(work)?.between(work, reason, part, Counter::DeferredRevenue, Counter::Revenue)?;
        }
        self.pass.posted_by_time(closed, zone)
    }

    /// Writes the pass as it is now, with what follows from a change of its course: the value earned, the time of its
    /// lots, the renewal that waits for its end.
    pub fn write(mut self, work: &mut Work<'_>, act: PassAct, reason: Option<String>) -> Result<Pass> {
        let (before, pass) = (&self.before, &self.pass);
        let moved = before.ends != pass.ends || before.starts != pass.starts;
        if moved || before.frozen != pass.frozen {
            self.settle(work)?;
        }
        if moved {
            self.move_lots(work)?;
            self.move_renewal(work, act, reason.clone())?;
        }
        self.record(work, act, reason)
    }

    /// Writes the pass and what was done to it.
    pub fn record(mut self, work: &mut Work<'_>, act: PassAct, reason: Option<String>) -> Result<Pass> {
        self.pass.version = next_version(self.before.version)?;
        work.add(Change::Pass(self.pass.clone()));
        note(work, Some(&self.before), &self.pass, act, reason);
        Ok(self.pass)
    }

    /// Lots that could be used until the old end can be used until the new one. One that lapsed stays lapsed.
    fn move_lots(&self, work: &mut Work<'_>) -> Result<()> {
        let Some(expires) = self.pass.ends else { return Ok(()) };
        let old = if self.before.starts.is_some() { self.before.ends } else { None };
        for lot in lots(work, &self.before)? {
            if lot.expires == old {
                work.add(Change::LotExpires { lot: lot.lot, expires });
            }
        }
        Ok(())
    }

    /// A renewal that was to begin at the old end begins at the new one, while it has not begun; and so does the one after it.
    fn move_renewal(&self, work: &mut Work<'_>, act: PassAct, reason: Option<String>) -> Result<()> {
        let (Some(id), Some(ends)) = (self.pass.next, self.pass.ends) else { return Ok(()) };
        let Some(next) =
            store::pass::get(work.db(), id)?.filter(|next| waits_for(next, &self.before, work.at))
        else {
            return Ok(());
        };
        let freezes = store::pass::freezes(work.db(), id)?;
        let mut next = Self::of(work, next)?;
        let old = Old { ends, anchor: self.pass.anchor, term: self.pass.term };
        next.pass.follow(old, &freezes, next.zone)?;
        next.write(work, act, reason)?;
        Ok(())
    }
}

/// Whether a renewal begins at the end of another pass, and moves with it.
pub(crate) fn waits_for(next: &Pass, pass: &Pass, at: Instant) -> bool {
    let has_not_begun = next.starts.is_some_and(|start| at < start);
    pass.next == Some(next.pass)
        && next.status == PassStatus::Open
        && has_not_begun
        && next.starts == pass.ends
}

/// Adds a line to the history of a pass. A pass that is new was nothing before.
pub(crate) fn note(
    work: &mut Work<'_>,
    before: Option<&Pass>,
    pass: &Pass,
    act: PassAct,
    reason: Option<String>,
) {
    let event = PassEvent {
        pass: pass.pass,
        line: PassEvent::line_of(pass.version, act),
        version: pass.version,
        at: work.at,
        act,
        operator: work.call.by,
        reason,
        before: before.map(PassTerms::from),
        after: PassTerms::from(pass),
    };
    work.add(Change::PassEvent(event));
}

/// The lots of a pass, none for time. Holds on them whose time is over are written down as such.
pub(crate) fn lots(work: &mut Work<'_>, pass: &Pass) -> Result<Vec<Lot>> {
    let Some(account) = pass.account else { return Ok(Vec::new()) };
    let at = work.at;
    let mut lots = store::account::all_lots(work.db(), account)?;
    if lots.iter().any(|lot| store::hold::is_stale(lot, at)) {
        crate::holds::write_down(work, &[account])?;
        store::hold::recount(work.db(), &mut lots, at)?;
    }
    Ok(lots)
}

/// Refuses a pass of which something is held: what is held cannot move.
pub(crate) fn refuse_held(lots: &[Lot]) -> Result<()> {
    match lots.iter().find(|lot| lot.held > 0) {
        Some(lot) => Err(Error::field(Reason::Contradiction, "pass").with("held", lot.held)),
        None => Ok(()),
    }
}

/// The value of a pass that is still owed, net of tax, once `earned` was posted for a time pass.
pub(crate) fn owed(pass: &Pass, lots: &[Lot], earned: i64) -> Money {
    let owed = match pass.kind {
        PlanTag::Time => pass.value.minor().saturating_sub(earned).max(0),
        _ => lots.iter().map(Lot::owed).fold(0, i64::saturating_add),
    };
    Money::new(owed, pass.value.currency())
}

/// A fee that was taken, tax included, and its transfers: a group of its own, so that it can be reversed by itself.
pub(crate) struct Fee {
    pub paid: Money,
    pub group: Option<GroupId>,
}

/// Takes a fee: revenue net of tax, and the tax. With `any`, staff decide how much of it is paid.
pub(crate) fn take_fee(
    work: &mut Work<'_>,
    changing: &Changing,
    fee: Option<Money>,
    payments: &[Payment],
    any: bool,
) -> Result<Fee> {
    let currency = changing.pass.price.currency();
    let mut due = fee.unwrap_or(Money::zero(currency));
    if any {
        due = Money::zero(due.currency());
        for payment in payments.iter().take(16) {
            due = due.checked_add(payment.amount).map_err(|error| error.or_field("payments"))?;
        }
    }
    super::pass_sell::check_payments(payments, due)?;
    if due.minor() == 0 {
        return Ok(Fee { paid: due, group: None });
    }
    let group = changing.new_group(work)?;
    let net = due.net_of_tax(changing.pass.tax)?;
    let into = (TransferReason::Fee, Counter::Revenue);
    super::pass_sell::post_payments(work, &group, payments, (net, due), into)?;
    work.add(Change::Spent { client: changing.before.client, amount: due });
    Ok(Fee { paid: due, group: Some(group.group) })
}

/// Why something was done, for people: 1 to 200 characters.
pub(crate) fn reason(text: Option<&String>) -> Result<Option<String>> {
    input::opt_text(text, "reason", 200)
}
