//! What may be done with a pass after its sale: the rules that a plan gives its passes at the desk.

use crate::error::{Error, Reason, Result};
use crate::ids::{ClientId, FreezeId, GroupId, OperatorId, PassId};
use crate::money::{Currency, Money};
use crate::pass::{Pass, PassStatus};
use crate::time::{Date, Instant};

words! {
    /// When a booking takes its visit or credit.
    pub enum ChargeAt {
        /// When the booking is made.
        Booking "booking",
        /// When it is attended.
        Attendance "attendance",
    }
    /// What was done to a pass.
    pub enum PassAct {
        /// It was sold.
        Sell "sell",
        /// It waited for its first use, and has started.
        Start "start",
        /// It was frozen, or a freeze was planned.
        Freeze "freeze",
        /// It was frozen with all passes of its venue.
        FreezeAll "freeze_all",
        /// A freeze was ended early or called off.
        Unfreeze "unfreeze",
        /// A visit ended its freeze.
        Visit "visit",
        /// Its end was moved on.
        Extend "extend",
        /// Its end, notes or automatic renewal were changed.
        Change "change",
        /// It was renewed by another pass.
        Renew "renew",
        /// The payment of its renewal failed.
        RenewalFailed "renewal_failed",
        /// It was given to another client. The history of the pass that goes on begins with this.
        Transfer "transfer",
        /// It was changed for a pass of another plan.
        Replace "replace",
        /// It was cancelled.
        Cancel "cancel",
        /// It was cancelled for its end.
        CancelAtEnd "cancel_at_end",
        /// Its sale was reversed, or a reversal gave back to it what can be used beyond its end.
        Reverse "reverse",
        /// It came from an older system.
        Import "import",
    }
}

request! {
    /// Whether and how long a pass may be frozen. Without it, a pass cannot be frozen by its rules.
    #[derive(Default, Eq)]
    pub struct FreezeRules {
        /// How many days in all, 1 to 3660. Any number if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = 3660))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub days: Option<i32>,
        /// How many times, 1 to 100. Any number if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = 100))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub times: Option<i32>,
        /// At least this many days at a time, 1 to 3660.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 1, max = 3660))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub shortest: Option<i32>,
        /// What one freeze costs, tax included.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub fee: Option<Money>,
        /// A visit during a freeze is admitted and ends it. Otherwise it is refused.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub ends_by_visit: bool,
    }

    /// That a pass may be given to another client, and at what price. Without it, it cannot by its rules.
    #[derive(Default, Eq)]
    pub struct TransferRules {
        /// What it costs, tax included.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub fee: Option<Money>,
    }

    /// How a pass is renewed.
    #[derive(Default, Eq)]
    pub struct RenewalRules {
        /// Its passes renew by themselves unless that is switched off: they are in the list of what is due.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub automatic: bool,
        /// A renewal this many days after the end still begins at the old end, 0 to 366.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 0, max = 366))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub grace_days: Option<i32>,
        /// An automatic renewal is due this many days before the end, 0 to 366.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 0, max = 366))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub due_days: Option<i32>,
    }

    /// What may be done with a pass after its sale.
    #[derive(Default, Eq)]
    pub struct LifeRules {
        /// Whether and how long it may be frozen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub freeze: Option<FreezeRules>,
        /// Whether it may be given to another client.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub transfer: Option<TransferRules>,
        /// How it is renewed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub renewal: Option<RenewalRules>,
        /// What a reversal gives back after the end can be used for this many days more, 0 to 366. Otherwise it is back, and ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(range(min = 0, max = 366))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reversal_grace_days: Option<i32>,
        /// When a booking takes its visit or credit. When it is made if left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub charge_at: Option<ChargeAt>,
    }
}

record! {
    /// A stretch of time in which a pass is frozen: whole days of the venue's zone, half-open.
    #[derive(Copy, Eq)]
    pub struct Frozen {
        /// Its first instant.
        pub from: Instant,
        /// The instant at which it has ended.
        pub until: Instant,
    }

    /// That the payment of an automatic renewal has failed.
    #[derive(Copy, Eq)]
    pub struct Dunning {
        /// How often it failed.
        pub failures: i32,
        /// When it failed first.
        pub since: Instant,
        /// When it is to be tried again.
        pub next: Option<Instant>,
    }

    /// One freeze in the history of a pass.
    pub struct Freeze {
        /// The id.
        pub freeze: FreezeId,
        /// The pass.
        pub pass: PassId,
        /// Its first day.
        pub from: Date,
        /// The day on which it is over, as it was asked for.
        pub until: Date,
        /// The day on which it was over in truth, where it was ended early; the first day if it was called off.
        pub ended: Option<Date>,
        /// The venue did it to all its passes: it costs nothing and counts against no allowance.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub free: bool,
        /// Why, for people.
        pub reason: Option<String>,
        /// When it was entered.
        pub made: Instant,
        /// Who entered it.
        pub operator: Option<OperatorId>,
        /// The transfers of its fee.
        pub group: Option<GroupId>,
    }
}

record! {
    /// What can change of a pass.
    pub struct PassTerms {
        /// Who holds it.
        pub client: ClientId,
        /// What the desk did to it.
        pub status: PassStatus,
        /// Its first instant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub starts: Option<Instant>,
        /// The instant at which it has ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ends: Option<Instant>,
        /// When it is frozen.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub frozen: Vec<Frozen>,
        /// Whether it renews by itself.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub auto_renew: bool,
        /// Whether it was cancelled for its end.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub cancel_at_end: bool,
        /// That the payment of its renewal has failed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dunning: Option<Dunning>,
        /// The pass that renews it, or takes over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<PassId>,
        /// Notes for the reception.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub notes: Option<String>,
    }

    /// One thing that was done to a pass, with what it was before and after.
    pub struct PassEvent {
        /// The pass.
        pub pass: PassId,
        /// Its place in the history of the pass: they grow, and have gaps.
        #[serde(default)]
        pub line: i64,
        /// The version that this made; of a start by first use, which makes none, the version that started.
        pub version: i64,
        /// When.
        pub at: Instant,
        /// What was done.
        pub act: PassAct,
        /// Who did it.
        pub operator: Option<OperatorId>,
        /// Why, for people.
        pub reason: Option<String>,
        /// What it was before; nothing where it began.
        pub before: Option<PassTerms>,
        /// What it was after.
        pub after: PassTerms,
    }
}

impl LifeRules {
    /// Checks days, times and fees.
    ///
    /// # Errors
    /// `out_of_range` with the field, relative to the rules: `freeze.days`; `currency_mismatch` where a fee is not in the
    /// currency of the plan's price.
    pub fn validate(&self, currency: Currency) -> Result<()> {
        let within = |value: Option<i32>, field: &str, min: i32, max: i32| match value {
            Some(value) if value < min || value > max => {
                Err(Error::field(Reason::OutOfRange, field).with("min", min).with("max", max))
            }
            _ => Ok(()),
        };
        let fee = |fee: Option<Money>, field: &str| match fee {
            Some(fee) if fee.minor() < 0 => {
                Err(Error::field(Reason::OutOfRange, format!("{field}.amount")).with("min", 0))
            }
            Some(fee) if fee.currency() != currency => Err(Error::field(Reason::CurrencyMismatch, field)),
            _ => Ok(()),
        };
        if let Some(freeze) = &self.freeze {
            within(freeze.days, "freeze.days", 1, 3660)?;
            within(freeze.times, "freeze.times", 1, 100)?;
            within(freeze.shortest, "freeze.shortest", 1, 3660)?;
            fee(freeze.fee, "freeze.fee")?;
        }
        if let Some(transfer) = &self.transfer {
            fee(transfer.fee, "transfer.fee")?;
        }
        if let Some(renewal) = &self.renewal {
            within(renewal.grace_days, "renewal.grace_days", 0, 366)?;
            within(renewal.due_days, "renewal.due_days", 0, 366)?;
        }
        within(self.reversal_grace_days, "reversal_grace_days", 0, 366)
    }
}

impl PassEvent {
    /// The line of what was done to a pass in this version. A start by first use comes after what made the version.
    #[must_use]
    pub const fn line_of(version: i64, act: PassAct) -> i64 {
        let after = if matches!(act, PassAct::Start) { 1 } else { 0 };
        version.saturating_mul(2).saturating_add(after)
    }
}

impl From<&Pass> for PassTerms {
    fn from(pass: &Pass) -> Self {
        Self {
            client: pass.client,
            status: pass.status,
            starts: pass.starts,
            ends: pass.ends,
            frozen: pass.frozen.clone(),
            auto_renew: pass.auto_renew,
            cancel_at_end: pass.cancel_at_end,
            dunning: pass.dunning,
            next: pass.next,
            notes: pass.notes.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
