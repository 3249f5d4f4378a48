//! The business day of a venue.

use carnet_domain::{Date, GroupId, Money, VenueId, record, request};

request! {
    /// Opens the business day of a venue.
    #[derive(Default)]
    pub struct DayOpen {
        /// The business date. The date in the venue's zone if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub date: Option<Date>,
    }

    /// Closes the open business day: posts value earned by time and value that expired.
    #[derive(Default)]
    pub struct DayClose {}
}

record! {
    /// A business day was opened.
    pub struct DayOpened {
        /// The venue.
        pub venue: VenueId,
        /// The business date.
        pub date: Date,
    }

    /// A business day was closed.
    pub struct DayClosed {
        /// The venue.
        pub venue: VenueId,
        /// The business date.
        pub date: Date,
        /// Value of time passes earned since the last close, net of tax.
        pub recognised: Money,
        /// Value that expired since the last close, net of tax.
        pub breakage: Money,
        /// The transfers of the close.
        pub group: Option<GroupId>,
    }
}
