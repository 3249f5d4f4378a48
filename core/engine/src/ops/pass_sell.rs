//! The sale of a pass.

use carnet_domain::account::PaymentMethod;
use carnet_domain::client::ExternalId;
use carnet_domain::pass::PassState;
use carnet_domain::plan::{Channel, StartChoice, Validity};
use carnet_domain::{AccountId, ClientId, GroupId, Instant, LotId, Money, PassId, Percent, PlanId, choice, record, request};

request! {
    /// What a client pays, in one way.
    pub struct Payment {
        /// With what.
        pub method: PaymentMethod,
        /// How much, more than nothing.
        pub amount: Money,
    }

    /// A lower price, and why.
    pub struct Discount {
        /// How much lower.
        pub by: DiscountBy,
        /// Why, 1 to 200 characters. Kept in the journal: no personal data.
        #[schemars(length(min = 1, max = 200))]
        pub reason: String,
    }

    /// Sells a plan to a client.
    pub struct PassSell {
        /// Who will hold it.
        pub client: ClientId,
        /// The plan.
        pub plan: PlanId,
        /// Another validity than the plan's, for this pass only.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub validity: Option<Validity>,
        /// Another start than the plan's.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub start: Option<StartChoice>,
        /// Another price than the plan's, tax included.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub price: Option<Money>,
        /// A lower price, and why.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub discount: Option<Discount>,
        /// What is paid; adds up to the price.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub payments: Vec<Payment>,
        /// Through which channel. The desk if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub channel: Option<Channel>,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }
}

choice! {
    /// How much lower a price is.
    pub enum DiscountBy {
        /// By a part of it, up to 100.
        Percent(Percent),
        /// By an amount, not more than the price.
        Amount(Money),
    }
}

record! {
    /// A pass was sold.
    pub struct PassSold {
        /// Its id.
        pub pass: PassId,
        /// Its state at the sale.
        pub state: PassState,
        /// Its first instant; none until the first use.
        pub starts: Option<Instant>,
        /// The instant at which it has ended; none for ever, or until the first use.
        pub ends: Option<Instant>,
        /// The price before the discount, tax included.
        pub list_price: Money,
        /// The price paid, tax included.
        pub price: Money,
        /// The part of it that is tax.
        pub tax: Money,
        /// The account of its visits or credit.
        pub account: Option<AccountId>,
        /// The lot granted.
        pub lot: Option<LotId>,
        /// The transfers of the sale.
        pub group: GroupId,
    }
}
