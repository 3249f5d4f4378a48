//! Accounts of clients: top-up, charge, statement.

use carnet_domain::account::{PaymentMethod, TransferReason, Unit};
use carnet_domain::lots::Take;
use carnet_domain::{AccountId, ClientId, Currency, GroupId, Instant, LotId, Money, Percent, ServiceId, TransferId, record, request};

request! {
    /// Puts money on a client's account, which is opened with the first top-up.
    pub struct AccountTopUp {
        /// The client.
        pub client: ClientId,
        /// How much is paid, more than nothing.
        pub amount: Money,
        /// With what; not from an account.
        pub method: PaymentMethod,
        /// How much is given on top, at the venue's cost.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub bonus: Option<Money>,
        /// The instant from which this money cannot be used any more. Never if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expires: Option<Instant>,
    }

    /// Pays from a client's account: an amount, or the price of a service.
    pub struct AccountCharge {
        /// The client.
        pub client: ClientId,
        /// How much, tax included. The price of the service if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub amount: Option<Money>,
        /// What is paid.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub service: Option<ServiceId>,
        /// The tax contained. That of the service, or none, if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub tax: Option<Percent>,
    }

    /// Lists the movements of an account with a running balance, by value time.
    /// Give the account, or the client and where needed the currency.
    #[derive(Default)]
    pub struct AccountStatement {
        /// The account.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub account: Option<AccountId>,
        /// The client whose money account is meant.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// The currency of that account; the venue's if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub currency: Option<Currency>,
        /// From this instant on.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub from: Option<Instant>,
        /// Before this instant.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub to: Option<Instant>,
        /// How many movements at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// Money moved on an account.
    pub struct AccountMoved {
        /// The account.
        pub account: AccountId,
        /// The transfers.
        pub group: GroupId,
        /// The lot granted by a top-up.
        pub lot: Option<LotId>,
        /// The lots used by a charge.
        pub lots: Vec<Take>,
        /// What can be spent after it.
        pub balance: Money,
    }

    /// One movement of an account.
    pub struct StatementLine {
        /// The transfer.
        pub transfer: TransferId,
        /// Its value time.
        pub at: Instant,
        /// Why.
        pub reason: TransferReason,
        /// How much, in the unit; negative for what left the account.
        pub amount: String,
        /// The balance after it.
        pub balance: String,
        /// The lots it used.
        pub lots: Vec<Take>,
    }

    /// The movements of an account.
    pub struct Statement {
        /// The account.
        pub account: AccountId,
        /// What it counts.
        #[schemars(with = "String")]
        pub unit: Unit,
        /// The balance before the first line.
        pub opening: String,
        /// By value time, then in the order of entry.
        pub lines: Vec<StatementLine>,
        /// The balance after the last line.
        pub closing: String,
        /// True where more follow; ask again with `from` of the last line.
        pub more: bool,
    }
}
