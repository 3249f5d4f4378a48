//! A use of a pass: what it takes, what it earns, and the row that is counted.

use crate::books::{Group, Movement};
use crate::changes::Change;
use crate::store;
use crate::work::Work;
use carnet_domain::account::{Counter, Party, TransferReason, Unit};
use carnet_domain::decision::HeldPass;
use carnet_domain::lots::Take;
use carnet_domain::plan::PlanTag;
use carnet_domain::usage::PassUse;
use carnet_domain::{
    BookingId, ClientId, GroupId, Instant, Money, Reason, Result, ServiceId, UseId, VenueId, VisitId,
};

/// A use that was decided.
pub(crate) struct Use<'a> {
    pub client: ClientId,
    pub held: &'a HeldPass,
    pub takes: &'a [Take],
    pub service: Option<ServiceId>,
    /// Where the service is rendered.
    pub venue: VenueId,
    /// When the service is rendered.
    pub at: Instant,
    pub quantity: i32,
    pub visit: Option<VisitId>,
    pub booking: Option<BookingId>,
}

/// What a use left behind.
#[derive(Default)]
pub(crate) struct Used {
    /// Its transfers; none where it moved nothing and nobody counts.
    pub group: Option<GroupId>,
    /// The row that is counted.
    pub pass_use: Option<UseId>,
}

/// Writes the start of a pass that waited for its first use.
pub(crate) fn start_with_first_use(work: &mut Work<'_>, held: &HeldPass, at: Instant) -> Result<()> {
    if held.pass.starts.is_some() {
        return Ok(());
    }
    // The door knows less of a pass than its books need.
    let pass = store::pass::get(work.db(), held.pass.pass)?.ok_or(Reason::Internal)?;
    let zone = work.zone_of(pass.venue)?;
    let start = match pass.span_at(at, zone)? {
        (Some(start), _) => start,
        (None, _) => at,
    };
    super::day::write_start(work, pass, &held.lots, start)
}

/// Takes the visit or credit, and posts the use and the value it earns. The books are those of the venue that sold.
///
/// The use itself is written down where it can be asked for again: it was booked, the till made it, or a rule counts.
pub(crate) fn consume(work: &mut Work<'_>, used: &Use<'_>) -> Result<Used> {
    let Use { client, held, takes, .. } = *used;
    let is_counted = used.visit.is_none() || held.pass.usage.counts();
    if held.pass.account.is_none() && !is_counted {
        return Ok(Used::default());
    }
    let mut group = Group::new(work)?;
    group.venue = held.pass.venue;
    (group.client, group.pass) = (Some(client), Some(held.pass.pass));
    (group.plan, group.visit) = (Some(held.pass.plan), used.visit);
    let amount = takes.iter().map(|taken| taken.amount).fold(0, i64::saturating_add);
    if let Some(account) = held.pass.account {
        let unit = match held.pass.kind {
            PlanTag::Credit => Unit::Credit(held.pass.currency),
            _ => Unit::Visits,
        };
        let movement = Movement {
            reason: TransferReason::Use,
            unit,
            amount,
            debit: Party::Account(account),
            credit: Party::Counter(Counter::Used),
        };
        group.post(work, movement, takes.to_vec())?;
        let earned = takes.iter().map(|taken| taken.recognised).fold(0, i64::saturating_add);
        let earned = Money::new(earned, held.pass.currency);
        group.between(
            work,
            TransferReason::Recognition,
            earned,
            Counter::DeferredRevenue,
            Counter::Revenue,
        )?;
        crate::books::change_lots(work, &held.lots, takes)?;
    }
    let pass_use = if is_counted { Some(count(work, used, &group, amount)?) } else { None };
    Ok(Used { group: (is_counted || amount > 0).then_some(group.group), pass_use })
}

fn count(work: &mut Work<'_>, used: &Use<'_>, group: &Group, amount: i64) -> Result<UseId> {
    let row = PassUse {
        pass_use: work.id()?,
        pass: used.held.pass.pass,
        client: used.client,
        venue: used.venue,
        service: used.service,
        at: used.at,
        made: work.entered(),
        visit: used.visit,
        booking: used.booking,
        group: group.group,
        amount,
        quantity: used.quantity,
        back: 0,
        reversed: None,
    };
    let id = row.pass_use;
    work.add(Change::Use(row));
    Ok(id)
}
