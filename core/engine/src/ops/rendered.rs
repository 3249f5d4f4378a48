//! Services rendered, apart from services sold.

use crate::store;
use crate::work::Work;
use carnet_domain::{Error, Instant, Money, Reason, Result, ServiceId, VenueId, record, request};

request! {
    /// Services rendered in a period: visits for a service, uses at a till, bookings attended.
    pub struct ReportServices {
        /// From this instant on.
        pub from: Instant,
        /// Before this instant.
        pub to: Instant,
    }
}

record! {
    /// How often a service was rendered.
    pub struct ServiceRendered {
        /// The service.
        pub service: ServiceId,
        /// Its name now.
        pub name: Option<String>,
        /// Visits for it that began in the period.
        pub visits: i64,
        /// Uses of passes for it without a visit or a booking.
        pub uses: i64,
        /// Bookings of it that began in the period and were attended.
        pub bookings: i64,
        /// All of these.
        pub count: i64,
        /// The value that their uses earned, net of tax, less what was reversed. A time pass earns by its days: nothing here.
        pub value: Money,
    }

    /// Services rendered in a period.
    pub struct ServicesRendered {
        /// The venue.
        pub venue: VenueId,
        /// By service, the most frequent first.
        pub services: Vec<ServiceRendered>,
        /// All of them.
        pub count: i64,
        /// The value that they earned, net of tax.
        pub value: Money,
    }
}

pub(crate) fn services(work: &mut Work<'_>, request: ReportServices) -> Result<ServicesRendered> {
    let ReportServices { from, to } = request;
    if to < from {
        return Err(Error::field(Reason::EndBeforeStart, "to"));
    }
    let venue = work.venue()?;
    let (id, currency) = (venue.venue, venue.currency);
    let (mut total, mut value) = (0_i64, Money::zero(currency));
    let mut services = Vec::new();
    for row in store::report::rendered(work.db(), id, (from, to), currency)? {
        let count = row.visits.saturating_add(row.uses).saturating_add(row.bookings);
        let earned = Money::new(row.value, currency);
        total = total.saturating_add(count);
        value = value.checked_add(earned)?;
        services.push(ServiceRendered {
            service: row.service,
            name: work.config.services.get(&row.service).map(|service| service.name.clone()),
            visits: row.visits,
            uses: row.uses,
            bookings: row.bookings,
            count,
            value: earned,
        });
    }
    services.sort_by_key(|row| (std::cmp::Reverse(row.count), row.service));
    Ok(ServicesRendered { venue: id, services, count: total, value })
}
