//! The fields of a client, as a request gives them: checked, and put into the client.

use super::client::ClientSet;
use crate::input::{self, limits};
use crate::store;
use crate::work::Work;
use carnet_domain::calendar::Zone;
use carnet_domain::client::{Client, ClientKind, ExternalId};
use carnet_domain::contact::{Email, Phone};
use carnet_domain::profile::{Address, ContactEmail, ContactPhone};
use carnet_domain::{ClientId, Date, Error, Reason, Result, request};

request! {
    /// A further phone number.
    pub struct NewPhone {
        /// Whose or which it is: `work`, `mother`. 1 to 64 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub label: Option<String>,
        /// The number in any spelling; the venue's country is meant where it names none.
        #[schemars(length(min = 1, max = 40))]
        pub number: String,
    }

    /// A further e-mail address.
    pub struct NewEmail {
        /// Whose or which it is. 1 to 64 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub label: Option<String>,
        /// The address.
        #[schemars(length(min = 1, max = 254))]
        pub address: String,
    }

    /// Which messages a client gets, switched on or off.
    #[derive(Default)]
    pub struct NotificationsSet {
        /// By e-mail.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub email: Option<bool>,
        /// By SMS.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub sms: Option<bool>,
        /// To a device of the client.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub push: Option<bool>,
        /// An e-mail about each order.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub order_email: Option<bool>,
    }
}

/// Puts what is set into a client. `prefix` stands before the names of fields in errors.
pub(super) fn fill(work: &mut Work<'_>, client: &mut Client, set: &ClientSet, prefix: &str) -> Result<()> {
    let field = |name: &str| format!("{prefix}{name}");
    fill_person(work, client, set, &field)?;
    fill_contacts(work, client, set, &field)?;
    if let Some(addresses) = &set.addresses {
        client.addresses = checked_addresses(addresses, &field("addresses"))?;
    }
    if let Some(source) = input::opt_text(set.source.as_ref(), &field("source"), 64)? {
        client.source = Some(source);
    }
    if let Some(company) = set.company {
        client.company = Some(checked_company(work, client, company, &field("company"))?);
    }
    if let Some(given) = &set.notifications {
        let now = &mut client.notifications;
        now.email = given.email.unwrap_or(now.email);
        now.sms = given.sms.unwrap_or(now.sms);
        now.push = given.push.unwrap_or(now.push);
        now.order_email = given.order_email.unwrap_or(now.order_email);
    }
    if let Some(given) = &set.external_ids {
        let mut external_ids = input::external_ids(given, &field("external_ids"))?;
        let of = (client.client.0 != 0).then_some(client.client);
        work.refuse_taken(of, &external_ids, &field("external_ids"))?;
        in_order(&mut external_ids);
        client.external_ids = external_ids;
    }
    client.archived = set.archived.unwrap_or(client.archived);
    Ok(())
}

/// The order in which they are read again, so that the same keys are the same list.
pub(super) fn in_order(external_ids: &mut [ExternalId]) {
    external_ids.sort_by(|a, b| (&a.system, &a.value).cmp(&(&b.system, &b.value)));
}

/// Who the client is, and the notes with who wrote them and when.
fn fill_person(
    work: &Work<'_>,
    client: &mut Client,
    set: &ClientSet,
    field: &dyn Fn(&str) -> String,
) -> Result<()> {
    let first_name = input::opt_text(set.first_name.as_ref(), &field("first_name"), 100)?;
    let last_name = input::opt_text(set.last_name.as_ref(), &field("last_name"), 200)?;
    let notes = input::opt_text(set.notes.as_ref(), &field("notes"), 4000)?;
    if let Some(birth_date) = set.birth_date {
        client.birth_date = Some(checked_birth(work, birth_date, &field("birth_date"))?);
    }
    client.first_name = first_name.or(client.first_name.take());
    client.last_name = last_name.or(client.last_name.take());
    client.sex = set.sex.or(client.sex);
    client.language = set.language.clone().or(client.language.take());
    if notes.is_some() && notes != client.notes {
        (client.notes, client.notes_by, client.notes_at) = (notes, work.call.by, Some(work.at));
    }
    Ok(())
}

fn checked_birth(work: &Work<'_>, birth: Date, field: &str) -> Result<Date> {
    let zone = work.venue().map_or(Zone::UTC, |venue| venue.time_zone);
    let oldest = Date::from_ymd_opt(1850, 1, 1).unwrap_or_default();
    if birth > zone.date_of(work.at) || birth < oldest {
        return Err(Error::field(Reason::OutOfRange, field));
    }
    Ok(birth)
}

/// By which phones and e-mail addresses the client is reached: each of them once.
fn fill_contacts(
    work: &Work<'_>,
    client: &mut Client,
    set: &ClientSet,
    field: &dyn Fn(&str) -> String,
) -> Result<()> {
    if let Some(phone) = &set.phone {
        client.phone = Some(checked_phone(work, phone, &field("phone"))?);
    }
    if let Some(email) = &set.email {
        client.email = Some(checked_email(email, &field("email"))?);
    }
    if let Some(given) = &set.phones {
        input::list(given, &field("phones"), limits::CONTACTS)?;
        client.phones = given
            .iter()
            .enumerate()
            .map(|(index, phone)| {
                let here = |name: &str| format!("{}.{index}.{name}", field("phones"));
                let label = input::opt_text(phone.label.as_ref(), &here("label"), 64)?;
                Ok(ContactPhone { label, number: checked_phone(work, &phone.number, &here("number"))? })
            })
            .collect::<Result<_>>()?;
    }
    if let Some(given) = &set.emails {
        input::list(given, &field("emails"), limits::CONTACTS)?;
        client.emails = given
            .iter()
            .enumerate()
            .map(|(index, email)| {
                let here = |name: &str| format!("{}.{index}.{name}", field("emails"));
                let label = input::opt_text(email.label.as_ref(), &here("label"), 64)?;
                Ok(ContactEmail { label, address: checked_email(&email.address, &here("address"))? })
            })
            .collect::<Result<_>>()?;
    }
    // Looked at whenever one of them is new: what became the first must not stay among the others.
    if set.phone.is_some() || set.phones.is_some() {
        let numbers = client.phones.iter().map(|phone| phone.number.as_str().to_owned());
        let first = client.phone.as_ref().map(|phone| phone.as_str().to_owned());
        refuse_twice(first, numbers, |index| format!("{}.{index}.number", field("phones")))?;
    }
    if set.email.is_some() || set.emails.is_some() {
        let addresses = client.emails.iter().map(|email| email.address.key());
        let first = client.email.as_ref().map(Email::key);
        refuse_twice(first, addresses, |index| format!("{}.{index}.address", field("emails")))?;
    }
    Ok(())
}

fn refuse_twice(
    first: Option<String>,
    others: impl Iterator<Item = String>,
    field: impl Fn(usize) -> String,
) -> Result<()> {
    let mut seen: Vec<String> = first.into_iter().collect();
    for (index, other) in others.enumerate() {
        if seen.contains(&other) {
            return Err(Error::field(Reason::AlreadyExists, field(index)));
        }
        seen.push(other);
    }
    Ok(())
}

/// Reads a phone number; one without a country is one of the venue's.
pub(super) fn checked_phone(work: &Work<'_>, text: &str, field: &str) -> Result<Phone> {
    let country = work.venue().ok().and_then(|venue| venue.country.as_deref());
    let text = input::text(text, field, 40)?;
    Phone::parse(&text, country).map_err(|_| Error::field(Reason::BadPhone, field))
}

/// Reads an e-mail address.
pub(super) fn checked_email(text: &str, field: &str) -> Result<Email> {
    input::text(text, field, 254)?.parse().map_err(|_| Error::field(Reason::BadEmail, field))
}

fn checked_addresses(given: &[Address], field: &str) -> Result<Vec<Address>> {
    input::list(given, field, limits::CONTACTS)?;
    let checked = given.iter().enumerate().map(|(index, address)| {
        let here = |name: &str| format!("{field}.{index}.{name}");
        let Address { label, country, region, city, postal_code, street } = address;
        let checked = Address {
            label: input::opt_text(label.as_ref(), &here("label"), 64)?,
            country: country.clone(),
            region: input::opt_text(region.as_ref(), &here("region"), 200)?,
            city: input::opt_text(city.as_ref(), &here("city"), 200)?,
            postal_code: input::opt_text(postal_code.as_ref(), &here("postal_code"), 20)?,
            street: input::opt_text(street.as_ref(), &here("street"), 400)?,
        };
        let parts = [&checked.region, &checked.city, &checked.postal_code, &checked.street];
        if checked.country.is_none() && parts.into_iter().all(Option::is_none) {
            return Err(Error::field(Reason::Empty, format!("{field}.{index}")));
        }
        Ok(checked)
    });
    checked.collect()
}

/// The company that a client is to belong to: one that is there, and that belongs to nobody itself.
fn checked_company(work: &mut Work<'_>, client: &Client, company: ClientId, field: &str) -> Result<ClientId> {
    let found = store::client::get(work.db(), input::id(company, field)?)?;
    let found = found.ok_or_else(|| Error::field(Reason::ClientNotFound, field))?;
    if found.archived {
        return Err(Error::field(Reason::ClientArchived, field));
    }
    if found.kind != ClientKind::Company || found.client == client.client {
        return Err(Error::field(Reason::NotACompany, field));
    }
    Ok(company)
}

/// Refuses a client of whom the venue wants to know more. One that is put away needs nothing.
pub(super) fn refuse_lacking(work: &Work<'_>, client: &Client, prefix: &str) -> Result<()> {
    let Ok(venue) = work.venue() else { return Ok(()) };
    match client.lacks(&venue.mandatory) {
        Some(field) if !client.archived => Err(Error::field(Reason::Required, format!("{prefix}{field}"))),
        _ => Ok(()),
    }
}
