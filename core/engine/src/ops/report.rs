//! Reports: what a manager wants to see.

use carnet_domain::account::PaymentMethod;
use carnet_domain::{Instant, Money, PlanId, VenueId, record, request};

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
        /// For passes, top-ups included, less refunds.
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
        /// Sold over all time, net of tax.
        pub sold: Money,
        /// Given so far.
        pub recognised: Money,
        /// Lapsed so far.
        pub breakage: Money,
        /// Refunded so far, net of tax.
        pub refunded: Money,
        /// Still owed. `sold = recognised + breakage + refunded + owed`.
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
