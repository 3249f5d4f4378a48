//! What was written by the host's papers, and what it comes to.

use crate::account::{Counter, Unit};
use crate::error::{Reason, Result};
use crate::ids::{DocumentId, GroupId, OperatorId, VenueId};
use crate::time::{Date, Instant};
use std::collections::BTreeMap;

record! {
    /// One write that came with a paper of the host.
    pub struct DocumentEntry {
        /// The id: in the order of entry.
        pub document: DocumentId,
        /// The host's system.
        pub system: String,
        /// The station or till.
        pub station: Option<String>,
        /// The cashier's shift.
        pub shift: Option<String>,
        /// The host's business date.
        pub business_date: Option<Date>,
        /// The number of the bill.
        pub number: String,
        /// The line of the bill.
        pub line: Option<i32>,
        /// The operation.
        pub op: String,
        /// Its value time.
        pub at: Instant,
        /// Where.
        pub venue: Option<VenueId>,
        /// Who acted.
        pub by: Option<OperatorId>,
        /// The groups of transfers that it made.
        pub groups: Vec<GroupId>,
    }

    /// What came to a counter-account, or left it.
    pub struct CounterSum {
        /// The counter-account; none for the accounts of clients and passes, all together.
        pub counter: Option<Counter>,
        /// What is counted: a currency, `visits`, or `credit:` and a currency.
        #[schemars(with = "String")]
        pub unit: Unit,
        /// Debits less credits, in the unit: what came into a till is positive.
        pub amount: String,
    }
}

/// A transfer as far as sums ask: what it counts, from where, to where, how much. A side without a counter is an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// What it counts.
    pub unit: Unit,
    /// The counter-account debited.
    pub debit: Option<Counter>,
    /// The counter-account credited.
    pub credit: Option<Counter>,
    /// How much.
    pub amount: i64,
}

/// Debits less credits of every counter-account. Those of one unit add up to nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<(String, Option<Counter>), (Unit, i64)>);

impl Sums {
    /// Adds a transfer.
    ///
    /// # Errors
    /// `overflow`.
    pub fn add(&mut self, moved: &Moved) -> Result<()> {
        for (counter, amount) in [(moved.debit, moved.amount), (moved.credit, moved.amount.saturating_neg())]
        {
            let sum = self.0.entry((moved.unit.to_string(), counter)).or_insert((moved.unit, 0));
            sum.1 = sum.1.checked_add(amount).ok_or(Reason::Overflow)?;
        }
        Ok(())
    }

    /// What is not nothing, by unit, then the accounts before the counters.
    #[must_use]
    pub fn shown(&self) -> Vec<CounterSum> {
        let some = self.0.iter().filter(|(_, (_, amount))| *amount != 0);
        some.map(|((_, counter), (unit, amount))| CounterSum {
            counter: *counter,
            unit: *unit,
            amount: unit.write(*amount),
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debits_less_credits_add_up_to_nothing() {
        let euro = Unit::Money("EUR".parse().expect("a currency"));
        let moved = |debit, credit, amount| Moved { unit: euro, debit, credit, amount };
        let mut sums = Sums::default();
        for one in [
            moved(Some(Counter::Cash), Some(Counter::DeferredRevenue), 10_000),
            moved(Some(Counter::Cash), Some(Counter::TaxPayable), 2_000),
            moved(Some(Counter::Cash), None, 500),
            moved(Some(Counter::DeferredRevenue), Some(Counter::Cash), 1_000),
            Moved { unit: Unit::Visits, debit: Some(Counter::Issued), credit: None, amount: 10 },
        ] {
            sums.add(&one).expect("small");
        }
        let shown: Vec<_> = sums.shown().into_iter().map(|sum| (sum.counter, sum.amount)).collect();
        let of = |counter, amount: &str| (counter, amount.to_owned());
        assert_eq!(
            shown,
            [
                of(None, "-5.00"),
                of(Some(Counter::Cash), "115.00"),
                of(Some(Counter::DeferredRevenue), "-90.00"),
                of(Some(Counter::TaxPayable), "-20.00"),
                of(None, "-10"),
                of(Some(Counter::Issued), "10"),
            ]
        );
        let cents = sums.0.values().filter(|(unit, _)| *unit == euro).map(|(_, amount)| amount).sum::<i64>();
        assert_eq!(cents, 0);
    }
}
