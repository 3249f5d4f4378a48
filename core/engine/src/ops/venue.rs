//! Venues.

use crate::changes::Change;
use crate::input;
use crate::work::{Work, next_version, refuse_both, refuse_stale};
use carnet_domain::calendar::Zone;
use carnet_domain::client::{ClientField, ExternalId};
use carnet_domain::profile::Language;
use carnet_domain::switches::{self, Switch};
use carnet_domain::venue::{AntiPassback, Venue};
use carnet_domain::{Currency, Error, Reason, Result, ServiceId, VenueId, ZoneId, record, request, words};

request! {
    /// Adds a venue, its default zone and its counter-accounts.
    pub struct VenueAdd {
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: String,
        /// The zone of its days and hours, such as `Europe/Bucharest`.
        pub time_zone: Zone,
        /// The currency of its books.
        pub currency: Currency,
        /// The country of phone numbers given without one: two letters of ISO 3166.
        #[schemars(length(min = 2, max = 2))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub country: Option<String>,
        /// What happens to a client who enters twice. `off` if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub anti_passback: Option<AntiPassback>,
        /// A re-entry this soon after the exit costs nothing, minutes, 0 to 1440.
        #[schemars(range(min = 0, max = 1440))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reentry_grace_minutes: Option<i32>,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }

    /// What to set.
    #[derive(Default)]
    pub struct VenueSet {
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: Option<String>,
        /// The country of phone numbers given without one.
        #[schemars(length(min = 2, max = 2))]
        pub country: Option<String>,
        /// What happens to a client who enters twice.
        pub anti_passback: Option<AntiPassback>,
        /// A re-entry this soon after the exit costs nothing, minutes, 0 to 1440.
        #[schemars(range(min = 0, max = 1440))]
        pub reentry_grace_minutes: Option<i32>,
        /// The service that an entry through the door is, where the request names none.
        pub entry_service: Option<ServiceId>,
        /// What must be known of a client who is added or changed here, in place of what was asked before.
        #[schemars(length(max = 15))]
        pub mandatory: Option<Vec<ClientField>>,
        /// The language of messages to clients of whom none is known.
        pub language: Option<Language>,
        /// What is switched off, in place of what was off before; cleared, everything is on.
        #[schemars(length(max = 4))]
        pub switched_off: Option<Vec<Switch>>,
        /// `tick` reminds clients of a pass that can be used on so many days after today, or fewer: 0 to 366. 0 for never.
        #[schemars(range(min = 0, max = 366))]
        pub reminder_days: Option<i32>,
    }

    /// Changes a venue. Zone and currency stay: the books rest on them.
    pub struct VenueChange {
        /// The venue.
        pub venue: VenueId,
        /// What to set.
        #[serde(default)]
        pub set: VenueSet,
        /// What to clear.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub clear: Vec<VenueField>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        pub expected_version: Option<i64>,
    }

    /// Lists the venues.
    pub struct VenueList {}
}

words! {
    /// A field of a venue that can be cleared.
    pub enum VenueField {
        /// The country of phone numbers.
        Country "country",
        /// The service of the door.
        EntryService "entry_service",
        /// What must be known of a client.
        Mandatory "mandatory",
        /// The language of messages.
        Language "language",
        /// What is switched off: everything is on again.
        SwitchedOff "switched_off",
    }
}

record! {
    /// A venue was added.
    pub struct VenueAdded {
        /// Its id.
        pub venue: VenueId,
        /// The zone that its door leads to.
        pub zone: ZoneId,
        /// Its version.
        pub version: i64,
    }

    /// A venue was changed.
    pub struct VenueChanged {
        /// Its id.
        pub venue: VenueId,
        /// Its new version.
        pub version: i64,
    }

    /// The venues.
    pub struct VenueListed {
        /// In the order of their ids.
        pub venues: Vec<Venue>,
    }
}

pub(crate) fn add(work: &mut Work<'_>, request: VenueAdd) -> Result<VenueAdded> {
    let name = input::text(&request.name, "name", 200)?;
    let country = country(request.country.as_ref(), "country")?;
    let grace = input::range(request.reentry_grace_minutes.unwrap_or(0), "reentry_grace_minutes", 0, 1440)?;
    let external_ids = input::external_ids(&request.external_ids, "external_ids")?;
    work.refuse_taken::<VenueId>(None, &external_ids, "external_ids")?;
    let venue = Venue {
        venue: work.id()?,
        version: 1,
        name,
        time_zone: request.time_zone,
        currency: request.currency,
        country,
        zone: work.id()?,
        anti_passback: request.anti_passback.unwrap_or(AntiPassback::Off),
        reentry_grace_minutes: grace,
        entry_service: None,
        mandatory: Vec::new(),
        language: None,
        switched_off: Vec::new(),
        reminder_days: 0,
        external_ids,
    };
    let added = VenueAdded { venue: venue.venue, zone: venue.zone, version: 1 };
    work.add(Change::Venue(venue));
    Ok(added)
}

/// Checks a country: two letters that phone numbers are known for.
fn country(value: Option<&String>, field: &str) -> Result<Option<String>> {
    let Some(value) = value else { return Ok(None) };
    let checked = input::text(value, field, 2)?.to_ascii_uppercase();
    if carnet_domain::contact::is_country(&checked) {
        Ok(Some(checked))
    } else {
        Err(Error::field(Reason::UnknownValue, field))
    }
}

pub(crate) fn change(work: &mut Work<'_>, request: VenueChange) -> Result<VenueChanged> {
    input::id(request.venue, "venue")?;
    let found = work.config.venues.get(&request.venue).cloned();
    let mut venue = found.ok_or_else(|| Error::field(Reason::VenueNotFound, "venue"))?;
    refuse_stale(request.expected_version, venue.version)?;
    let VenueSet {
        name,
        country: new_country,
        anti_passback,
        reentry_grace_minutes,
        entry_service,
        mandatory,
        language,
        switched_off,
        reminder_days,
    } = request.set;
    if let Some(name) = name {
        venue.name = input::text(&name, "set.name", 200)?;
    }
    if let Some(country) = country(new_country.as_ref(), "set.country")? {
        venue.country = Some(country);
    }
    venue.anti_passback = anti_passback.unwrap_or(venue.anti_passback);
    if let Some(minutes) = reentry_grace_minutes {
        venue.reentry_grace_minutes = input::range(minutes, "set.reentry_grace_minutes", 0, 1440)?;
    }
    if let Some(service) = entry_service {
        if !work.config.services.contains_key(&input::id(service, "set.entry_service")?) {
            return Err(Error::field(Reason::ServiceNotFound, "set.entry_service"));
        }
        venue.entry_service = Some(service);
    }
    if let Some(mandatory) = &mandatory {
        input::list(mandatory, "set.mandatory", ClientField::ALL.len())?;
        venue.mandatory.clone_from(mandatory);
    }
    if let Some(days) = reminder_days {
        venue.reminder_days = input::range(days, "set.reminder_days", 0, 366)?;
    }
    if let Some(off) = &switched_off {
        input::list(off, "set.switched_off", Switch::ALL.len())?;
        venue.switched_off = switches::in_order(off);
    }
    for (index, field) in request.clear.iter().enumerate() {
        let set = match field {
            VenueField::Country => new_country.is_some(),
            VenueField::EntryService => entry_service.is_some(),
            VenueField::Mandatory => mandatory.is_some(),
            VenueField::Language => language.is_some(),
            VenueField::SwitchedOff => switched_off.is_some(),
        };
        refuse_both(set, index)?;
        match field {
            VenueField::Country => venue.country = None,
            VenueField::EntryService => venue.entry_service = None,
            VenueField::Mandatory => venue.mandatory.clear(),
            VenueField::Language => venue.language = None,
            VenueField::SwitchedOff => venue.switched_off.clear(),
        }
    }
    venue.language = language.or(venue.language);
    venue.version = next_version(venue.version)?;
    let changed = VenueChanged { venue: venue.venue, version: venue.version };
    work.add(Change::Venue(venue));
    Ok(changed)
}

pub(crate) fn list(work: &mut Work<'_>, _: VenueList) -> Result<VenueListed> {
    Ok(VenueListed { venues: work.config.venues.values().cloned().collect() })
}
