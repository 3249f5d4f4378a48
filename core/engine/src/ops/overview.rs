//! Everything about a client in one reply, for the desk.

use super::pass::PassView;
use carnet_domain::client::{Card, Client};
use carnet_domain::visit::Visit;
use carnet_domain::{AccountId, ClientId, Instant, Money, record, request};

request! {
    /// Everything about a client in one reply.
    pub struct ClientOverview {
        /// The client.
        pub client: ClientId,
    }
}

record! {
    /// The balance of one money account.
    pub struct Balance {
        /// The account.
        pub account: AccountId,
        /// What can be spent.
        pub balance: Money,
    }

    /// Everything about a client.
    pub struct Overview {
        /// Who it is.
        pub client: Client,
        /// First and last name.
        pub name: String,
        /// Age in years at the time of the request.
        pub age: Option<i32>,
        /// Whether a pass can be used now.
        pub has_active_pass: bool,
        /// The passes, newest first, up to 50.
        pub passes: Vec<PassView>,
        /// The money accounts.
        pub balances: Vec<Balance>,
        /// The cards.
        pub cards: Vec<Card>,
        /// The visit that has not ended.
        pub inside: Option<Visit>,
        /// The last visits, newest first, up to 10.
        pub visits: Vec<Visit>,
        /// How many visits there were in all.
        pub visit_count: i64,
        /// When the last visit began.
        pub last_visit: Option<Instant>,
        /// What was paid in all, by currency.
        pub spent: Vec<Money>,
    }
}
