//! Reports: what a manager wants to see.

use crate::store;
use crate::store::report::Owing;
use crate::work::Work;
use carnet_domain::account::{PaymentMethod, TransferReason};
use carnet_domain::{Error, Instant, Money, PlanId, Reason, Result, VenueId, record, request};
use std::collections::{BTreeMap, BTreeSet};

request! {
    /// Sales of a period by plan and by method of payment.
    pub struct ReportSales {
        /// From this instant on.
        pub from: Instant,
        /// Before this instant.
        pub to: Instant,
    }

    /// Visits of a period by weekday and hour of the venue's zone.
    pub struct ReportVisits {
        /// From this instant on.
        pub from: Instant,
        /// Before this instant.
        pub to: Instant,
    }

    /// What the venue still owes at the time of the request.
    #[derive(Default)]
    pub struct ReportOwed {}
}

record! {
    /// The sales of one plan.
    pub struct PlanSales {
        /// The plan.
        pub plan: PlanId,
        /// Its name now.
        pub name: Option<String>,
        /// How many passes were sold.
        pub count: i64,
        /// For how much, tax included.
        pub total: Money,
    }

    /// What was paid in one way.
    pub struct MethodTotal {
        /// The way.
        pub method: PaymentMethod,
        /// For passes, fees and top-ups included, less refunds.
        pub total: Money,
    }

    /// Sales of a period.
    pub struct Sales {
        /// The venue.
        pub venue: VenueId,
        /// By plan, the largest first.
        pub plans: Vec<PlanSales>,
        /// By method of payment.
        pub methods: Vec<MethodTotal>,
        /// Passes sold.
        pub count: i64,
        /// Passes sold, tax included.
        pub total: Money,
        /// Put on accounts.
        pub top_ups: Money,
    }

    /// Visits that began in one hour of a weekday.
    pub struct HourVisits {
        /// 1 for Monday to 7 for Sunday.
        pub weekday: i32,
        /// 0 to 23.
        pub hour: i32,
        /// How many.
        pub count: i64,
    }

    /// Visits of a period.
    pub struct Visits {
        /// The venue.
        pub venue: VenueId,
        /// Hours with visits, in order.
        pub hours: Vec<HourVisits>,
        /// Visits in all.
        pub count: i64,
        /// Clients who came.
        pub clients: i64,
        /// Attempts that were refused.
        pub refused: i64,
    }

    /// What is owed for the passes of one plan.
    pub struct PlanOwed {
        /// The plan.
        pub plan: PlanId,
        /// Its name now.
        pub name: Option<String>,
        /// How many passes still owe something.
        pub count: i64,
        /// Sold over all time, net of tax, less what was taken back.
        pub sold: Money,
        /// Taken over from other passes.
        pub taken_over: Money,
        /// Given so far.
        pub recognised: Money,
        /// Lapsed so far.
        pub breakage: Money,
        /// Refunded so far, net of tax.
        pub refunded: Money,
        /// Handed over to other passes: to another client, or into a pass of another plan.
        pub handed_over: Money,
        /// Still owed. `sold + taken_over = recognised + breakage + refunded + handed_over + owed`.
        pub owed: Money,
    }

    /// What the venue still owes.
    pub struct Owed {
        /// The venue.
        pub venue: VenueId,
        /// By plan, the largest first.
        pub plans: Vec<PlanOwed>,
        /// For passes in all, net of tax.
        pub passes: Money,
        /// Money on accounts that can be spent.
        pub accounts: Money,
        /// Tax collected and not handed on.
        pub tax_payable: Money,
    }
}

fn period(from: Instant, to: Instant) -> Result<(Instant, Instant)> {
    if to < from { Err(Error::field(Reason::EndBeforeStart, "to")) } else { Ok((from, to)) }
}

pub(crate) fn sales(work: &mut Work<'_>, request: ReportSales) -> Result<Sales> {
    let period = period(request.from, request.to)?;
    let venue = work.venue()?;
    let (id, currency) = (venue.venue, venue.currency);
    let mut plans = Vec::new();
    let (mut count, mut total) = (0_i64, Money::zero(currency));
    for (plan, sold, minor) in store::report::sales(work.db(), id, period, currency)? {
        let name = work.config.plans.get(&plan).and_then(|plan| plan.name.clone());
        let sum = Money::new(minor, currency);
        count = count.saturating_add(sold);
        total = total.checked_add(sum)?;
        plans.push(PlanSales { plan, name, count: sold, total: sum });
    }
    let mut methods = Vec::new();
    let mut top_ups = Money::zero(currency);
    for method in PaymentMethod::ALL {
        let mut sum = Money::zero(currency);
        for (counter, reason, minor) in store::report::tills(work.db(), id, period, currency)? {
            if counter == method.counter() {
                sum = sum.checked_add(Money::new(minor, currency))?;
                if reason == TransferReason::TopUp {
                    top_ups = top_ups.checked_add(Money::new(minor, currency))?;
                }
            }
        }
        if sum.minor() != 0 {
            methods.push(MethodTotal { method: *method, total: sum });
        }
    }
    Ok(Sales { venue: id, plans, methods, count, total, top_ups })
}

pub(crate) fn visits(work: &mut Work<'_>, request: ReportVisits) -> Result<Visits> {
    let (from, to) = period(request.from, request.to)?;
    let venue = work.venue()?;
    let (id, zone) = (venue.venue, venue.time_zone);
    let mut hours: BTreeMap<(i32, i32), i64> = BTreeMap::new();
    let mut clients = BTreeSet::new();
    let mut count = 0_i64;
    for (entered, client) in store::report::visits(work.db(), id, from, to)? {
        let weekday = i32::try_from(zone.weekday_of(entered).number_from_monday()).unwrap_or(0);
        let hour = i32::try_from(zone.hour_of(entered)).unwrap_or(0);
        let cell = hours.entry((weekday, hour)).or_default();
        *cell = cell.saturating_add(1);
        clients.insert(client);
        count = count.saturating_add(1);
    }
    let hours =
        hours.into_iter().map(|((weekday, hour), count)| HourVisits { weekday, hour, count }).collect();
    Ok(Visits {
        venue: id,
        hours,
        count,
        clients: i64::try_from(clients.len()).unwrap_or(i64::MAX),
        refused: store::report::refused(work.db(), id, from, to)?,
    })
}

pub(crate) fn owed(work: &mut Work<'_>, _: ReportOwed) -> Result<Owed> {
    let venue = work.venue()?;
    let (id, currency, zone) = (venue.venue, venue.currency, venue.time_zone);
    let at = work.at;
    work.clock = store::journal::clock(work.db(), id)?;
    let nothing = Money::zero(currency);
    let mut plans: BTreeMap<PlanId, PlanOwed> = BTreeMap::new();
    let config = std::sync::Arc::clone(&work.config);
    let mut row = |plan: PlanId, change: &mut dyn FnMut(&mut PlanOwed) -> Result<()>| {
        let name = config.plans.get(&plan).and_then(|plan| plan.name.clone());
        change(plans.entry(plan).or_insert(PlanOwed {
            plan,
            name,
            count: 0,
            sold: nothing,
            taken_over: nothing,
            recognised: nothing,
            breakage: nothing,
            refunded: nothing,
            handed_over: nothing,
            owed: nothing,
        }))
    };
    for (plan, what, minor, _) in store::report::books(work.db(), id, None, currency)? {
        let money = Money::new(minor, currency);
        row(plan, &mut |row| {
            let sum = match what {
                Owing::Sold => &mut row.sold,
                Owing::TakenOver => &mut row.taken_over,
                Owing::Recognised => &mut row.recognised,
                Owing::Breakage => &mut row.breakage,
                Owing::Refunded => &mut row.refunded,
                Owing::HandedOver => &mut row.handed_over,
            };
            *sum = sum.checked_add(money)?;
            Ok(())
        })?;
    }
    // Posted at the close of a day, but computed to any instant.
    for ((plan, code), money) in super::day::earned_since_close(work, id, zone)? {
        if code == currency.code() {
            row(plan, &mut |row| {
                row.recognised = row.recognised.checked_add(money)?;
                Ok(())
            })?;
        }
    }
    let mut counts = store::report::open_passes(work.db(), id, currency)?;
    for pass in store::day::time_passes(work.db(), id, at)? {
        if pass.value.currency() == currency && pass.earned_by_time(at, zone)? < pass.value.minor() {
            counts.push((pass.plan, 1));
        }
    }
    for (plan, count) in counts {
        row(plan, &mut |row| {
            row.count = row.count.saturating_add(count);
            Ok(())
        })?;
    }
    let mut total = nothing;
    for row in plans.values_mut() {
        let given = row.recognised.checked_add(row.breakage)?.checked_add(row.refunded)?;
        let given = given.checked_add(row.handed_over)?;
        row.owed = row.sold.checked_add(row.taken_over)?.checked_sub(given)?;
        total = total.checked_add(row.owed)?;
    }
    let mut plans: Vec<PlanOwed> = plans.into_values().collect();
    plans.sort_by_key(|row| (std::cmp::Reverse(row.owed.minor()), row.plan));
    Ok(Owed {
        venue: id,
        plans,
        passes: total,
        accounts: Money::new(store::report::on_accounts(work.db(), id, currency, at)?, currency),
        tax_payable: Money::new(store::report::tax_payable(work.db(), id, currency)?, currency),
    })
}
