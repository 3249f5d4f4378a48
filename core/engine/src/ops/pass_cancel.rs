//! The cancellation of a pass.

use super::pass_sell::Payment;
use carnet_domain::{GroupId, Money, PassId, record, request};

request! {
    /// Cancels a pass; refunds what is asked for, the rest of its value lapses.
    pub struct PassCancel {
        /// The pass.
        pub pass: PassId,
        /// Why, 1 to 200 characters. Kept in the journal: no personal data.
        #[schemars(length(min = 1, max = 200))]
        pub reason: String,
        /// What is given back, tax included; not more than the value still owed with its tax.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub refund: Option<Payment>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }
}

record! {
    /// A pass was cancelled.
    pub struct PassCancelled {
        /// Its id.
        pub pass: PassId,
        /// Its new version.
        pub version: i64,
        /// The value recognised over its life, net of tax.
        pub recognised: Money,
        /// What was given back, tax included.
        pub refunded: Money,
        /// The value that lapsed, net of tax.
        pub lapsed: Money,
        /// The transfers of the cancellation.
        pub group: GroupId,
    }
}
