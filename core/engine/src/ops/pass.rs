//! Passes: one, and lists.

use carnet_domain::account::Unit;
use carnet_domain::lots::Lot;
use carnet_domain::pass::{Pass, PassState};
use carnet_domain::{ClientId, Instant, Money, PassId, PlanId, record, request};

request! {
    /// Returns one pass with its state and rest.
    pub struct PassGet {
        /// The pass.
        pub pass: PassId,
    }

    /// Lists passes, newest first, or by their end where `ends_before` is given.
    #[derive(Default)]
    pub struct PassList {
        /// Only those of this client.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// Only those of this plan.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub plan: Option<PlanId>,
        /// Only those that can be used at the time of the request and end before this instant.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub ends_before: Option<Instant>,
        /// The last pass of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<PassId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A pass with what it is at the time of the request.
    pub struct PassView {
        /// What was sold.
        pub pass: Pass,
        /// Its state.
        pub state: PassState,
        /// What its account counts; none for a time pass.
        #[schemars(with = "Option<String>")]
        pub unit: Option<Unit>,
        /// What is left, in the unit: `7` visits, `70.00` credit.
        pub rest: Option<String>,
        /// The value recognised so far, net of tax.
        pub recognised: Money,
        /// The value still owed, net of tax.
        pub owed: Money,
        /// Its lots.
        pub lots: Vec<Lot>,
    }

    /// A page of passes.
    pub struct PassListed {
        /// The passes.
        pub passes: Vec<PassView>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }
}
