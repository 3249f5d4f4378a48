//! Double entry: accounts, units, counter-accounts and transfers.

use crate::error::{Error, Reason};
use crate::ids::{AccountId, ClientId, GroupId, LotId, PassId, PlanId, TransferId, VenueId, VisitId};
use crate::lots::Take;
use crate::money::{Currency, Money};
use crate::time::{Date, Instant};
use std::fmt;
use std::str::FromStr;

/// What an account counts. In JSON and in the store a word: `EUR`, `visits`, `credit:EUR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Minor units of a currency.
    Money(Currency),
    /// Visits of a pass.
    Visits,
    /// Credit of a pass, in minor units of the currency of the prices it pays.
    Credit(Currency),
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(currency) => write!(f, "{currency}"),
            Self::Visits => f.write_str("visits"),
            Self::Credit(currency) => write!(f, "credit:{currency}"),
        }
    }
}

impl FromStr for Unit {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.strip_prefix("credit:") {
            Some(code) => code.parse().map(Self::Credit),
            None if text == "visits" => Ok(Self::Visits),
            None => text.parse().map(Self::Money),
        }
    }
}

impl Unit {
    /// How many decimal digits an amount in this unit has.
    #[must_use]
    pub fn exponent(self) -> u32 {
        match self {
            Self::Money(currency) | Self::Credit(currency) => currency.exponent(),
            Self::Visits => 0,
        }
    }

    /// Reads an amount in this unit as people write it.
    ///
    /// # Errors
    /// `bad_format`, `too_many_digits` or `out_of_range`, without a field.
    pub fn read(self, text: &str) -> Result<i64, Error> {
        if let Self::Money(currency) | Self::Credit(currency) = self {
            return Money::parse(text, currency).map(Money::minor).map_err(|error| error.reason().into());
        }
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || text.len() > 32 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Reason::BadFormat.into());
        }
        text.parse().map_err(|_| Reason::OutOfRange.into())
    }

    /// An amount in this unit as people write it: `12.50`, `7`.
    #[must_use]
    pub fn write(self, amount: i64) -> String {
        rust_decimal::Decimal::new(amount, self.exponent()).to_string()
    }
}

impl serde::Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Unit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::from_text(deserializer)
    }
}

impl schemars::JsonSchema for Unit {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AccountUnit".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "A currency, `visits`, or `credit:` and a currency." })
    }
}

words! {
    /// The accounts of a venue that face those of clients and passes. Their balances are computed, never stored.
    pub enum Counter {
        /// The till.
        Cash "cash",
        /// The card terminal.
        CardTerminal "card_terminal",
        /// Bank transfers received.
        Bank "bank",
        /// Value sold and not yet given.
        DeferredRevenue "deferred_revenue",
        /// Value given.
        Revenue "revenue",
        /// Value that expired or was forfeited.
        Breakage "breakage",
        /// Value given for nothing.
        PromotionCost "promotion_cost",
        /// Tax owed to the state.
        TaxPayable "tax_payable",
        /// Balances brought from an older system.
        OpeningBalance "opening_balance",
        /// Visits and credit put into passes.
        Issued "issued",
        /// Visits and credit taken by uses.
        Used "used",
        /// Visits and credit that expired or were cancelled.
        Forfeited "forfeited",
        /// What was corrected by hand.
        Adjustment "adjustment",
        /// Value on its way from one pass to another: always zero.
        Exchange "exchange",
    }
    /// What a client pays with.
    pub enum PaymentMethod {
        /// Coins and notes.
        Cash "cash",
        /// A bank card at the terminal.
        Card "card",
        /// A bank transfer.
        Bank "bank",
        /// The client's own prepaid account.
        Account "account",
    }
    /// Why a transfer was made.
    pub enum TransferReason {
        /// A pass was sold: the part net of tax.
        Sale "sale",
        /// The tax of a sale or charge.
        Tax "tax",
        /// Visits or credit of a pass that was sold.
        Grant "grant",
        /// Money put on an account.
        TopUp "top_up",
        /// Money given with a top-up.
        Bonus "bonus",
        /// A service paid from an account.
        Charge "charge",
        /// A visit or credit used.
        Use "use",
        /// Value earned by a use.
        Recognition "recognition",
        /// Value earned by time, posted at the close of a day.
        TimeRecognition "time_recognition",
        /// Value that lapsed.
        Breakage "breakage",
        /// Visits or credit that lapsed.
        Forfeit "forfeit",
        /// Money given back.
        Refund "refund",
        /// Tax of money given back.
        TaxRefund "tax_refund",
        /// A fee, for a freeze or a transfer.
        Fee "fee",
        /// Visits or credit given to another client, or taken over by another pass.
        Handover "handover",
        /// The value of a pass that another one takes over.
        Credit "credit",
        /// A correction by hand.
        Adjustment "adjustment",
        /// What another transfer moved, moved back.
        Reversal "reversal",
        /// Brought from an older system.
        Opening "opening",
    }
}

impl PaymentMethod {
    /// The counter-account that receives it; none for the client's own account.
    #[must_use]
    pub const fn counter(self) -> Option<Counter> {
        match self {
            Self::Cash => Some(Counter::Cash),
            Self::Card => Some(Counter::CardTerminal),
            Self::Bank => Some(Counter::Bank),
            Self::Account => None,
        }
    }
}

choice! {
    /// One side of a transfer.
    pub enum Party {
        /// An account of a client or pass.
        Account(AccountId),
        /// A counter-account of the transfer's venue.
        Counter(Counter),
    }
}

record! {
    /// A balance in one unit, of a client (money) or of a pass (visits, credit).
    pub struct Account {
        /// The id.
        pub account: AccountId,
        /// The client it belongs to.
        pub client: ClientId,
        /// The venue that opened it; its books carry the balance.
        pub venue: VenueId,
        /// The pass it belongs to; none for the client's money.
        pub pass: Option<PassId>,
        /// What it counts.
        #[schemars(with = "String")]
        pub unit: Unit,
        /// How far it may be used beyond what is on it, in the unit. 0 for not at all.
        #[serde(default)]
        pub debt_limit: i64,
        /// How far it is used beyond what was on it, in the unit. The next grant pays it.
        #[serde(default)]
        pub debt: i64,
    }

    /// A movement between two accounts of one unit: debits one, credits the other.
    pub struct Transfer {
        /// The id.
        pub transfer: TransferId,
        /// What belongs together: all transfers of one sale.
        pub group: GroupId,
        /// Its value time.
        pub at: Instant,
        /// The venue whose books it is in.
        pub venue: VenueId,
        /// The business date it is posted to.
        pub business_date: Date,
        /// What it counts.
        #[schemars(with = "String")]
        pub unit: Unit,
        /// How much, never negative.
        pub amount: i64,
        /// The account debited.
        pub debit: Party,
        /// The account credited.
        pub credit: Party,
        /// Why.
        pub reason: TransferReason,
        /// The client it concerns.
        pub client: Option<ClientId>,
        /// The pass it concerns.
        pub pass: Option<PassId>,
        /// The plan of that pass, or of all passes summed up in it.
        pub plan: Option<PlanId>,
        /// The visit it concerns.
        pub visit: Option<VisitId>,
        /// The lots it used, in the order of use. Of a reversal: those it gave back to.
        pub lots: Vec<Take>,
        /// The lot it granted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lot: Option<LotId>,
        /// The transfer that it reverses, whole or in part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reverses: Option<TransferId>,
    }
}
