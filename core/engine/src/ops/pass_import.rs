//! Running passes of an older system, taken over against the opening balance.

use super::opening;
use super::pass_sell::{self, NewPass, Placed, Price, SaleCovers};
use crate::books::{Group, Movement};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::account::{Account, Counter, Party, TransferReason, Unit};
use carnet_domain::calendar::{self, Zone};
use carnet_domain::client::ExternalId;
use carnet_domain::course::{end_of_day, move_days};
use carnet_domain::life::PassAct;
use carnet_domain::lots::{Lot, Origin};
use carnet_domain::opening::{Opening, OpeningKind, owed_of_days, owed_of_rest, price_of};
use carnet_domain::pass::{Pass, PassState};
use carnet_domain::plan::{
    Plan, PlanKind, PlanTag, Span, StartChoice, Validity, end_of_validity, span_of_sale,
};
use carnet_domain::{
    AccountId, ClientId, Date, Error, GroupId, Instant, LotId, Money, PassId, PlanId, Reason, Result, record,
    request,
};

request! {
    /// Takes a running pass over from an older system: what is left on it, until when it can be used, and what it is still
    /// worth, against the opening balance of the venue. It is no sale: nobody paid anything. From then on it lives like any
    /// other pass of its plan. The same key again does nothing and says so.
    pub struct PassImport {
        /// Who holds it.
        pub client: ClientId,
        /// The plan whose rules, services and tax it gets; also one that is not for sale.
        pub plan: PlanId,
        /// Its key in the older system. It stands for this pass for ever, and is one of its external ids.
        pub external_id: ExternalId,
        /// Another name than the plan's, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub name: Option<String>,
        /// How many visits are left, 1 to 100 000. For a plan of visits.
        #[schemars(range(min = 1, max = 100_000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub visits: Option<i64>,
        /// How much credit is left. For a plan of credit.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub credit: Option<Money>,
        /// What was paid for it, tax included. The price of the plan if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub price: Option<Money>,
        /// The value still owed, net of tax; not more than the price has. If left out: the part of the price that belongs to
        /// the visits or credit left of what the plan gives, or to the days that have not begun.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub owed: Option<Money>,
        /// The day on which it was sold, not after today. Its first day, or today, if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub sold: Option<Date>,
        /// Its first day. If left out it waits for its first use.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub starts: Option<Date>,
        /// Of a pass that waits: it starts on this day at the latest, today or later.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub latest_start: Option<Date>,
        /// Its last day, with what freezes have moved it by. If left out: as the plan says from its first day, and the frozen
        /// days more.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub through: Option<Date>,
        /// How many days it was frozen so far, 0 to 3660: they count against the allowance of the plan.
        #[schemars(range(min = 0, max = 3660))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub frozen_days: Option<i32>,
        /// How many times it was frozen so far, 0 to 100: they count against the allowance of the plan.
        #[schemars(range(min = 0, max = 100))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub frozen_times: Option<i32>,
        /// Whether it renews by itself. As the plan says if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub auto_renew: Option<bool>,
        /// Notes for the reception, 1 to 2000 characters.
        #[schemars(length(min = 1, max = 2000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub notes: Option<String>,
    }
}

record! {
    /// A pass was taken over.
    pub struct PassImported {
        /// Its id.
        pub pass: PassId,
        /// It had been taken over before: nothing was done.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub repeated: bool,
        /// Its state now.
        pub state: PassState,
        /// Its first instant; none until the first use.
        pub starts: Option<Instant>,
        /// The instant at which it has ended; none for ever, or until the first use.
        pub ends: Option<Instant>,
        /// What it was worth when it was taken over, tax included.
        pub price: Money,
        /// The same net of tax: the value that was still owed.
        pub owed: Money,
        /// The account of its visits or credit.
        pub account: Option<AccountId>,
        /// The lot of what was left.
        pub lot: Option<LotId>,
        /// The transfers.
        pub group: GroupId,
    }
}

/// What is left on a pass: nothing is counted of a pass of time.
#[derive(Clone, Copy)]
struct Rest {
    unit: Unit,
    amount: i64,
    /// What the plan gives.
    whole: i64,
}

pub(crate) fn import(work: &mut Work<'_>, mut request: PassImport) -> Result<PassImported> {
    request.external_id = input::external_id(&request.external_id, "external_id")?;
    let notes = input::opt_text(request.notes.take().as_ref(), "notes", 2000)?;
    let name = input::opt_text(request.name.as_ref(), "name", 200)?;
    input::id(request.client, "client")?;
    let plan = plan(work, request.plan)?;
    let rest = rest(&request, &plan.kind)?;
    check_ranges(&request, &plan)?;
    let content = opening::content(work, "pass.import", &request)?;
    if let Some(found) = opening::taken_over(work, OpeningKind::Pass, &request.external_id, &content)? {
        return again(work, &found);
    }
    if plan.deleted {
        return Err(Error::field(Reason::PlanDeleted, "plan"));
    }
    let client = super::client::active(work, request.client)?.client;
    let external_ids = vec![request.external_id.clone()];
    work.refuse_taken::<PassId>(None, &external_ids, "external_id")
        .map_err(|error| Error::field(error.reason(), "external_id"))?;
    let zone = work.venue()?.time_zone;
    let validity = request.through.map(Validity::Through).or_else(|| plan.kind.validity().cloned());
    let span = span(work, &request, &plan, validity.as_ref(), zone)?;
    let sold = sold(work, &request, zone)?;
    let owed = owed(work, &request, &plan, rest, &span, zone)?;
    let price = price_of(owed, request.price.unwrap_or(plan.price), plan.tax)?;
    let new = NewPass {
        client,
        // A renewal lasts as long as the plan says; only what has no period ends on its day.
        validity: if span.starts.is_some() { plan.kind.validity().cloned().or(validity) } else { validity },
        span,
        price: Price { list: price, paid: price, net: owed, tax: price.checked_sub(owed)?, rate: plan.tax },
        payments: &[],
        credited: None,
        external_ids,
        covers: SaleCovers::NewOnly,
        place: Placed {
            anchor: span.starts.map(|start| zone.date_of(start)),
            auto_renew: request.auto_renew,
            notes,
            ..Placed::default()
        },
    };
    let mut pass = pass_sell::pass_of(work, &plan, &new)?;
    pass.sold = sold;
    pass.name = name.or(pass.name);
    let frozen = (request.frozen_days.unwrap_or(0), request.frozen_times.unwrap_or(0));
    pass.life.freeze = pass.life.freeze.map(|rules| rules.less(frozen.0, frozen.1));
    go_on(work, &mut pass, zone)?;
    let made = Made { request: &request, rest, content, price: request.price.unwrap_or(plan.price) };
    write(work, pass, made, zone)
}

/// A plan, for sale or not.
fn plan(work: &Work<'_>, id: PlanId) -> Result<Plan> {
    input::id(id, "plan")?;
    work.config.plans.get(&id).cloned().ok_or_else(|| Error::field(Reason::PlanNotFound, "plan"))
}

/// What is left, in the unit of the plan.
fn rest(request: &PassImport, kind: &PlanKind) -> Result<Option<Rest>> {
    let not_with = |field: &str| Error::field(Reason::NotWithPlanKind, field);
    if request.visits.is_some() && kind.tag() != PlanTag::Visits {
        return Err(not_with("visits"));
    }
    if request.credit.is_some() && kind.tag() != PlanTag::Credit {
        return Err(not_with("credit"));
    }
    match kind {
        PlanKind::Time { .. } => Ok(None),
        PlanKind::Visits { visits: whole, .. } => {
            let visits = request.visits.ok_or_else(|| Error::field(Reason::Required, "visits"))?;
            let amount = input::range(visits, "visits", 1, 100_000)?;
            Ok(Some(Rest { unit: Unit::Visits, amount, whole: *whole }))
        }
        PlanKind::Credit { credit: whole, .. } => {
            let credit = request.credit.ok_or_else(|| Error::field(Reason::Required, "credit"))?;
            let credit = input::positive(credit, "credit")?;
            if credit.currency() != whole.currency() {
                return Err(Error::field(Reason::CurrencyMismatch, "credit"));
            }
            let unit = Unit::Credit(credit.currency());
            Ok(Some(Rest { unit, amount: credit.minor(), whole: whole.minor() }))
        }
    }
}

fn check_ranges(request: &PassImport, plan: &Plan) -> Result<()> {
    request.frozen_days.map(|days| input::range(days, "frozen_days", 0, 3660)).transpose()?;
    request.frozen_times.map(|times| input::range(times, "frozen_times", 0, 100)).transpose()?;
    for (money, field) in [(request.price, "price"), (request.owed, "owed")] {
        let Some(money) = money else { continue };
        input::not_negative(money, field)?;
        if money.currency() != plan.price.currency() {
            return Err(Error::field(Reason::CurrencyMismatch, field));
        }
    }
    if request.starts.is_some() && request.latest_start.is_some() {
        return Err(Error::field(Reason::Contradiction, "latest_start"));
    }
    Ok(())
}

/// When it begins and ends.
fn span(
    work: &Work<'_>,
    request: &PassImport,
    plan: &Plan,
    validity: Option<&Validity>,
    zone: Zone,
) -> Result<Span> {
    let at = work.at;
    let span = match request.starts {
        Some(first) => {
            let ends = match (request.through, validity) {
                (Some(last), _) if last < first => {
                    return Err(Error::field(Reason::EndBeforeStart, "through"));
                }
                (Some(last), _) => Some(calendar::end_of_last_day(last, zone)?),
                (None, Some(validity)) => {
                    let ends = end_of_validity(validity, first, zone).map_err(|e| e.or_field("starts"))?;
                    Some(move_days(zone, ends, request.frozen_days.unwrap_or(0).into())?)
                }
                (None, None) => None,
            };
            Span { starts: Some(zone.start_of(first)?), latest_start: None, ends }
        }
        None => {
            let latest = request.latest_start;
            if latest.is_some_and(|latest| latest < zone.date_of(at)) {
                return Err(Error::field(Reason::InThePast, "latest_start"));
            }
            if request.frozen_days.is_some_and(|days| days > 0) {
                return Err(Error::field(Reason::Contradiction, "frozen_days"));
            }
            let choice = StartChoice::OnFirstUse { latest };
            span_of_sale(&plan.start, Some(&choice), validity, at, zone)
                .map_err(|error| error.or_field("through"))?
        }
    };
    match span.ends.filter(|end| *end <= at) {
        Some(end) => Err(Error::field(Reason::PassEnded, "through").with("ended", end)),
        None => Ok(span),
    }
}

/// When it was sold.
fn sold(work: &Work<'_>, request: &PassImport, zone: Zone) -> Result<Instant> {
    let today = zone.date_of(work.at);
    if request.sold.is_some_and(|sold| sold > today) {
        return Err(Error::field(Reason::OutOfRange, "sold").with("max", today));
    }
    let day = request.sold.or(request.starts).unwrap_or(today).min(today);
    Ok(zone.start_of(day)?.min(work.at))
}

/// The value still owed, as it was told or from what is left.
fn owed(
    work: &Work<'_>,
    request: &PassImport,
    plan: &Plan,
    rest: Option<Rest>,
    span: &Span,
    zone: Zone,
) -> Result<Money> {
    let value = request.price.unwrap_or(plan.price).net_of_tax(plan.tax)?;
    if let Some(owed) = request.owed {
        if request.price.is_some() && owed.minor() > value.minor() {
            return Err(Error::field(Reason::OutOfRange, "owed.amount").with("max", value));
        }
        return Ok(owed);
    }
    match (rest, span.starts, span.ends) {
        (Some(rest), ..) => owed_of_rest(value, rest.amount, rest.whole),
        (None, Some(starts), Some(ends)) => {
            let frozen = request.frozen_days.unwrap_or(0).into();
            owed_of_days(value, (starts, ends), work.at, frozen, zone)
        }
        _ => Ok(value),
    }
}

/// A pass of time that has begun goes on: what is still owed is earned over the days after this one, or after the day that
/// was closed last.
fn go_on(work: &Work<'_>, pass: &mut Pass, zone: Zone) -> Result<()> {
    let begun = pass.starts.is_some_and(|start| start <= work.at);
    if pass.kind == PlanTag::Time && begun {
        let last = work.clock.last_closed_at.map_or(work.at, |closed| closed.max(work.at));
        let until = end_of_day(zone, last)?;
        pass.recognised = Some(Money::zero(pass.value.currency()));
        pass.recognised_until = Some(pass.ends.map_or(until, |end| end.min(until)));
    }
    Ok(())
}

/// What is written down beside the pass.
struct Made<'a> {
    request: &'a PassImport,
    rest: Option<Rest>,
    content: String,
    price: Money,
}

/// Writes the pass with its account and lot, what is owed for it, and where it came from.
fn write(work: &mut Work<'_>, mut pass: Pass, made: Made<'_>, zone: Zone) -> Result<PassImported> {
    let mut group = Group::new(work)?;
    (group.client, group.pass, group.plan) = (Some(pass.client), Some(pass.pass), Some(pass.plan));
    let granted = made.rest.map(|rest| (rest.unit, rest.amount, pass.pass));
    let account = pass_sell::open_account(work, &pass, granted)?;
    pass.account = account.as_ref().map(|account| account.account);
    // The pass before its lot and transfers: they refer to its account, and the account to it.
    work.add(Change::Pass(pass.clone()));
    super::pass_course::note(work, None, &pass, PassAct::Import, None);
    let lot = grant(work, &group, &pass, account.as_ref(), made.rest)?;
    let reason = TransferReason::Opening;
    group.between(work, reason, pass.value, Counter::OpeningBalance, Counter::DeferredRevenue)?;
    let opening = Opening {
        kind: OpeningKind::Pass,
        external_id: made.request.external_id.clone(),
        content: made.content,
        venue: pass.venue,
        client: pass.client,
        pass: Some(pass.pass),
        account: pass.account,
        lot,
        group: group.group,
        unit: made.rest.map(|rest| rest.unit),
        rest: made.rest.map_or(0, |rest| rest.amount),
        owed: pass.value,
        price: Some(made.price),
    };
    work.add(Change::Opening(opening));
    let state = pass.state_at(work.at, zone, made.rest.map(|rest| rest.amount), false)?;
    Ok(PassImported {
        pass: pass.pass,
        repeated: false,
        state,
        starts: pass.starts,
        ends: pass.ends,
        price: pass.price,
        owed: pass.value,
        account: pass.account,
        lot,
        group: group.group,
    })
}

/// Grants what is left, with the value still owed for it.
fn grant(
    work: &mut Work<'_>,
    group: &Group,
    pass: &Pass,
    account: Option<&Account>,
    rest: Option<Rest>,
) -> Result<Option<LotId>> {
    let (Some(account), Some(rest)) = (account, rest) else { return Ok(None) };
    let expires = if pass.starts.is_some() { pass.ends } else { None };
    let lot = super::account::money_lot(work, account.account, rest.amount, Origin::Paid, expires)?;
    let effective = pass.starts.unwrap_or(work.at).min(work.at);
    let lot = Lot { effective, value: pass.value.minor(), ..lot };
    work.add(Change::Lot(lot.clone()));
    let movement = Movement {
        reason: TransferReason::Opening,
        unit: rest.unit,
        amount: rest.amount,
        debit: Party::Counter(Counter::Issued),
        credit: Party::Account(account.account),
    };
    group.grant(work, movement, lot.lot)?;
    Ok(Some(lot.lot))
}

/// What was taken over before, as it is now.
fn again(work: &mut Work<'_>, found: &Opening) -> Result<PassImported> {
    let id = found.pass.ok_or(Reason::Corrupt)?;
    let pass = store::pass::get(work.db(), id)?.ok_or(Reason::Corrupt)?;
    let view = super::pass::view(work, pass)?;
    Ok(PassImported {
        pass: id,
        repeated: true,
        state: view.state,
        starts: view.pass.starts,
        ends: view.pass.ends,
        price: view.pass.price,
        owed: found.owed,
        account: found.account,
        lot: found.lot,
        group: found.group,
    })
}
