//! The books of a venue over a period.

use crate::store;
use crate::store::report::Owing;
use crate::work::Work;
use carnet_domain::account::Counter;
use carnet_domain::{Currency, Date, Error, Money, PlanId, Reason, Result, VenueId, record, request};
use std::collections::BTreeMap;

request! {
    /// The books of a venue over a period of business dates, as they were posted: a period whose days are closed never changes.
    /// What time passes have earned since the last close is not in them yet.
    pub struct ReportBooks {
        /// From this business date on.
        pub from: Date,
        /// Before this business date.
        pub to: Date,
    }
}

record! {
    /// What is owed for passes, net of tax: before, what moved it, and after.
    /// `before + sold + taken_over = recognised + breakage + refunded + handed_over + after`.
    pub struct OwedBooks {
        /// Owed when the period began.
        pub before: Money,
        /// Sold, less sales that were reversed.
        pub sold: Money,
        /// Taken over from other passes.
        pub taken_over: Money,
        /// Given.
        pub recognised: Money,
        /// Lapsed.
        pub breakage: Money,
        /// Refunded.
        pub refunded: Money,
        /// Handed over to other passes.
        pub handed_over: Money,
        /// Owed when the period ended.
        pub after: Money,
    }

    /// What is owed for the passes of one plan.
    pub struct PlanBooks {
        /// The plan.
        pub plan: PlanId,
        /// Its name now.
        pub name: Option<String>,
        /// What is owed.
        pub owed: OwedBooks,
    }

    /// One counter-account of the venue.
    pub struct CounterBooks {
        /// Which one.
        pub counter: Counter,
        /// Its balance when the period began. Tills, costs, corrections and opening balances count what they were debited,
        /// all others what they were credited.
        pub before: Money,
        /// How it changed.
        pub change: Money,
        /// Its balance when the period ended.
        pub after: Money,
    }

    /// The money on accounts of clients, what is owed on them taken off.
    pub struct AccountBooks {
        /// When the period began.
        pub before: Money,
        /// How it changed.
        pub change: Money,
        /// When the period ended.
        pub after: Money,
    }

    /// The books of a venue.
    pub struct Books {
        /// The venue.
        pub venue: VenueId,
        /// By plan, in the order of their ids.
        pub plans: Vec<PlanBooks>,
        /// All plans together. Its `after` is the balance of deferred revenue.
        pub owed: OwedBooks,
        /// The counter-accounts with anything on them: tills, revenue, breakage, the cost of bonuses, tax payable, opening
        /// balances, corrections.
        pub counters: Vec<CounterBooks>,
        /// The money on accounts of clients.
        pub accounts: AccountBooks,
    }
}

/// Whether a counter-account counts what it was debited.
const fn counts_debits(counter: Counter) -> bool {
    match counter {
        Counter::Cash | Counter::CardTerminal | Counter::Bank => true,
        Counter::PromotionCost | Counter::OpeningBalance | Counter::Adjustment => true,
        Counter::DeferredRevenue | Counter::Revenue | Counter::Breakage | Counter::TaxPayable => false,
        Counter::Exchange | Counter::Issued | Counter::Used | Counter::Forfeited => false,
    }
}

impl OwedBooks {
    fn new(currency: Currency) -> Self {
        let nothing = Money::zero(currency);
        Self {
            before: nothing,
            sold: nothing,
            taken_over: nothing,
            recognised: nothing,
            breakage: nothing,
            refunded: nothing,
            handed_over: nothing,
            after: nothing,
        }
    }

    /// Adds what was posted before the period and in it.
    fn add(&mut self, what: Owing, before: i64, within: i64) -> Result<()> {
        let currency = self.before.currency();
        let (before, within) = (Money::new(before, currency), Money::new(within, currency));
        let (row, is_owed) = match what {
            Owing::Sold => (&mut self.sold, true),
            Owing::TakenOver => (&mut self.taken_over, true),
            Owing::Recognised => (&mut self.recognised, false),
            Owing::Breakage => (&mut self.breakage, false),
            Owing::Refunded => (&mut self.refunded, false),
            Owing::HandedOver => (&mut self.handed_over, false),
        };
        *row = row.checked_add(within)?;
        let both = before.checked_add(within)?;
        if is_owed {
            (self.before, self.after) = (self.before.checked_add(before)?, self.after.checked_add(both)?);
        } else {
            (self.before, self.after) = (self.before.checked_sub(before)?, self.after.checked_sub(both)?);
        }
        Ok(())
    }
}

pub(crate) fn books(work: &mut Work<'_>, request: ReportBooks) -> Result<Books> {
    if request.to < request.from {
        return Err(Error::field(Reason::EndBeforeStart, "to"));
    }
    let period = Some((request.from, request.to));
    let venue = work.venue()?;
    let (id, currency) = (venue.venue, venue.currency);
    let mut owed = OwedBooks::new(currency);
    let mut plans: BTreeMap<PlanId, OwedBooks> = BTreeMap::new();
    for (plan, what, before, within) in store::report::books(work.db(), id, period, currency)? {
        owed.add(what, before, within)?;
        plans.entry(plan).or_insert_with(|| OwedBooks::new(currency)).add(what, before, within)?;
    }
    let config = &work.config;
    let named = |(plan, owed)| {
        let name = config.plans.get(&plan).and_then(|plan| plan.name.clone());
        PlanBooks { plan, name, owed }
    };
    let plans = plans.into_iter().map(named).collect();
    let mut counters = Vec::new();
    let nothing = Money::zero(currency);
    let mut accounts = AccountBooks { before: nothing, change: nothing, after: nothing };
    for (counter, before, change) in store::report::counters(work.db(), id, period, currency)? {
        let sign = if counter.is_some_and(counts_debits) { -1 } else { 1 };
        let signed = |amount: i64| Money::new(amount.saturating_mul(sign), currency);
        let (before, change) = (signed(before), signed(change));
        let after = before.checked_add(change)?;
        match counter {
            Some(counter) => counters.push(CounterBooks { counter, before, change, after }),
            None => accounts = AccountBooks { before, change, after },
        }
    }
    Ok(Books { venue: id, plans, owed, counters, accounts })
}
