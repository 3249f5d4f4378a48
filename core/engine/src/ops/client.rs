//! Clients.

use super::client_fields::{NewEmail, NewPhone, NotificationsSet, fill, refuse_lacking};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::{Work, next_version, refuse_both, refuse_stale};
use carnet_domain::client::{Client, ClientField, ClientKind, ExternalId, Sex};
use carnet_domain::consent::Consent;
use carnet_domain::contact::{Email, Phone, search_key};
use carnet_domain::file::Photo;
use carnet_domain::household::Household;
use carnet_domain::profile::{Address, Language, Notifications};
use carnet_domain::{ClientId, Date, Error, Instant, Reason, Result, record, request};

request! {
    /// Adds a client. Any field may be empty.
    #[derive(Default)]
    pub struct ClientAdd {
        /// Person or company. A person if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub kind: Option<ClientKind>,
        /// First name, up to 100 characters.
        #[schemars(length(min = 1, max = 100))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub first_name: Option<String>,
        /// Last name or name of the company, up to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub last_name: Option<String>,
        /// Phone number in any spelling; the venue's country is meant where it names none.
        #[schemars(length(min = 1, max = 40))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub phone: Option<String>,
        /// E-mail address.
        #[schemars(length(min = 1, max = 254))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub email: Option<String>,
        /// Sex.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub sex: Option<Sex>,
        /// Date of birth, not after the day of the operation.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub birth_date: Option<Date>,
        /// Notes for the reception, up to 4000 characters.
        #[schemars(length(min = 1, max = 4000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub notes: Option<String>,
        /// The language that the client is written to in.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub language: Option<Language>,
        /// Where the client heard of the venue, up to 64 characters.
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub source: Option<String>,
        /// Postal addresses.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 10))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub addresses: Vec<Address>,
        /// Further phone numbers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 10))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub phones: Vec<NewPhone>,
        /// Further e-mail addresses.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 10))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub emails: Vec<NewEmail>,
        /// The company that the client belongs to.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub company: Option<ClientId>,
        /// Which messages the client gets; what is not named stays.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub notifications: Option<NotificationsSet>,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }

    /// What to set.
    #[derive(Default)]
    pub struct ClientSet {
        /// First name, up to 100 characters.
        #[schemars(length(min = 1, max = 100))]
        pub first_name: Option<String>,
        /// Last name or name of the company, up to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub last_name: Option<String>,
        /// Phone number in any spelling.
        #[schemars(length(min = 1, max = 40))]
        pub phone: Option<String>,
        /// E-mail address.
        #[schemars(length(min = 1, max = 254))]
        pub email: Option<String>,
        /// Sex.
        pub sex: Option<Sex>,
        /// Date of birth.
        pub birth_date: Option<Date>,
        /// Notes for the reception, up to 4000 characters.
        #[schemars(length(min = 1, max = 4000))]
        pub notes: Option<String>,
        /// The language that the client is written to in.
        pub language: Option<Language>,
        /// Where the client heard of the venue, up to 64 characters.
        #[schemars(length(min = 1, max = 64))]
        pub source: Option<String>,
        /// Postal addresses, replacing the old ones.
        #[schemars(length(max = 10))]
        pub addresses: Option<Vec<Address>>,
        /// Further phone numbers, replacing the old ones.
        #[schemars(length(max = 10))]
        pub phones: Option<Vec<NewPhone>>,
        /// Further e-mail addresses, replacing the old ones.
        #[schemars(length(max = 10))]
        pub emails: Option<Vec<NewEmail>>,
        /// The company that the client belongs to.
        pub company: Option<ClientId>,
        /// Which messages the client gets; what is not named stays.
        pub notifications: Option<NotificationsSet>,
        /// Keys in other systems, replacing the old ones.
        #[schemars(length(max = 16))]
        pub external_ids: Option<Vec<ExternalId>>,
        /// Archived clients are kept but can do nothing.
        pub archived: Option<bool>,
    }

    /// Sets or clears fields of a client.
    pub struct ClientChange {
        /// The client.
        pub client: ClientId,
        /// What to set.
        #[serde(default)]
        pub set: ClientSet,
        /// What to clear.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub clear: Vec<ClientField>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        pub expected_version: Option<i64>,
    }

    /// Attaches a tag to a client.
    pub struct ClientTag {
        /// The client.
        pub client: ClientId,
        /// The tag, 1 to 64 characters; spaces at the ends and letter case do not matter.
        #[schemars(length(min = 1, max = 64))]
        pub tag: String,
    }

    /// Returns one client.
    pub struct ClientGet {
        /// The client.
        pub client: ClientId,
    }

    /// Finds clients by one thing known about them: give exactly one of the first five fields.
    #[derive(Default)]
    pub struct ClientFind {
        /// The beginning of first or last name, or of both in any order, in any alphabet.
        #[schemars(length(min = 1, max = 100))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub name: Option<String>,
        /// Phone number in any spelling.
        #[schemars(length(min = 1, max = 40))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub phone: Option<String>,
        /// E-mail address in any letter case.
        #[schemars(length(min = 1, max = 254))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub email: Option<String>,
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub card: Option<String>,
        /// The key in another system.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub external_id: Option<ExternalId>,
        /// Says too who of them holds a package that can be used.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub passes: bool,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A client was added.
    pub struct ClientAdded {
        /// Its id.
        pub client: ClientId,
        /// Its version.
        pub version: i64,
    }

    /// A client was changed.
    pub struct ClientChanged {
        /// Its id.
        pub client: ClientId,
        /// Its new version.
        pub version: i64,
    }

    /// A tag was attached to a client.
    pub struct ClientTagged {
        /// Its id.
        pub client: ClientId,
        /// All its tags, in order.
        pub tags: Vec<String>,
    }

    /// One client.
    pub struct ClientGot {
        /// All its fields.
        pub client: Client,
        /// What holds of what it agreed to: of each kind the last that was said.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub consents: Vec<Consent>,
        /// Its photo, without the bytes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub photo: Option<Photo>,
        /// The household that it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub household: Option<Household>,
        /// When it took an invitation to an online account up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub activated: Option<Instant>,
    }

    /// The clients found.
    pub struct ClientFound {
        /// In the order of last name, first name, id.
        pub clients: Vec<Client>,
        /// True where more than `limit` match.
        pub more: bool,
        /// Who of them holds a pass that can be used now, where that was asked for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub with_pass: Vec<ClientId>,
    }
}

impl ClientAdd {
    /// The same as what to set of an empty client.
    fn into_set(self) -> (Option<ClientKind>, ClientSet) {
        let set = ClientSet {
            first_name: self.first_name,
            last_name: self.last_name,
            phone: self.phone,
            email: self.email,
            sex: self.sex,
            birth_date: self.birth_date,
            notes: self.notes,
            language: self.language,
            source: self.source,
            addresses: (!self.addresses.is_empty()).then_some(self.addresses),
            phones: (!self.phones.is_empty()).then_some(self.phones),
            emails: (!self.emails.is_empty()).then_some(self.emails),
            company: self.company,
            notifications: self.notifications,
            external_ids: (!self.external_ids.is_empty()).then_some(self.external_ids),
            archived: None,
        };
        (self.kind, set)
    }
}

pub(crate) fn add(work: &mut Work<'_>, request: ClientAdd) -> Result<ClientAdded> {
    let (kind, set) = request.into_set();
    let mut client = blank(work, kind);
    fill(work, &mut client, &set, "")?;
    refuse_lacking(work, &client, "")?;
    client.client = work.id()?;
    let added = ClientAdded { client: client.client, version: 1 };
    work.add(Change::Client(client));
    Ok(added)
}

/// A client of whom nothing is known, and who has no id yet.
pub(super) fn blank(work: &Work<'_>, kind: Option<ClientKind>) -> Client {
    Client {
        client: ClientId(0),
        version: 1,
        kind: kind.unwrap_or(ClientKind::Person),
        first_name: None,
        last_name: None,
        phone: None,
        email: None,
        sex: None,
        birth_date: None,
        notes: None,
        notes_by: None,
        notes_at: None,
        language: None,
        source: None,
        addresses: Vec::new(),
        phones: Vec::new(),
        emails: Vec::new(),
        company: None,
        notifications: Notifications::default(),
        external_ids: Vec::new(),
        venue: work.venue,
        archived: false,
        created: work.at,
    }
}

/// Reads a client that a request names.
pub(crate) fn existing(work: &mut Work<'_>, id: ClientId) -> Result<Client> {
    input::id(id, "client")?;
    store::client::get(work.db(), id)?.ok_or_else(|| Error::field(Reason::ClientNotFound, "client"))
}

/// The same, and refuses an archived one.
pub(crate) fn active(work: &mut Work<'_>, id: ClientId) -> Result<Client> {
    let client = existing(work, id)?;
    if client.archived { Err(Error::field(Reason::ClientArchived, "client")) } else { Ok(client) }
}

pub(crate) fn change(work: &mut Work<'_>, request: ClientChange) -> Result<ClientChanged> {
    let before = existing(work, request.client)?;
    refuse_older(work, request.expected_version, &before)?;
    let mut client = before.clone();
    clear(&mut client, &request.set, &request.clear)?;
    fill(work, &mut client, &request.set, "set.")?;
    refuse_lacking(work, &client, "set.")?;
    changed(work, &before, client)
}

/// Makes the next version of a client.
pub(super) fn changed(work: &mut Work<'_>, before: &Client, mut client: Client) -> Result<ClientChanged> {
    client.version = next_version(before.version)?;
    let changed = ClientChanged { client: client.client, version: client.version };
    let fields = before.differs(&client).into_iter().map(str::to_owned).collect();
    work.add(Change::ClientEdited { client: client.client, version: client.version, fields });
    work.add(Change::Client(client));
    Ok(changed)
}

/// Refuses a version that is not the one stored, and says which fields were changed since; never to what.
pub(super) fn refuse_older(work: &mut Work<'_>, expected: Option<i64>, found: &Client) -> Result<()> {
    let Err(error) = refuse_stale(expected, found.version) else { return Ok(()) };
    match expected {
        Some(expected) if error.reason() == Reason::StaleVersion && expected < found.version => {
            let fields = store::client::edited_since(work.db(), found.client, expected)?;
            Err(error.with("changed", fields.join(", ")))
        }
        _ => Err(error),
    }
}

/// Clears what a request names, and refuses what it sets too.
pub(super) fn clear(client: &mut Client, set: &ClientSet, fields: &[ClientField]) -> Result<()> {
    for (index, field) in fields.iter().enumerate() {
        let also_set = match field {
            ClientField::FirstName => set.first_name.is_some(),
            ClientField::LastName => set.last_name.is_some(),
            ClientField::Phone => set.phone.is_some(),
            ClientField::Email => set.email.is_some(),
            ClientField::Sex => set.sex.is_some(),
            ClientField::BirthDate => set.birth_date.is_some(),
            ClientField::Notes => set.notes.is_some(),
            ClientField::ExternalIds => set.external_ids.is_some(),
            ClientField::Language => set.language.is_some(),
            ClientField::Source => set.source.is_some(),
            ClientField::Addresses => set.addresses.is_some(),
            ClientField::Phones => set.phones.is_some(),
            ClientField::Emails => set.emails.is_some(),
            ClientField::Company => set.company.is_some(),
            ClientField::Notifications => set.notifications.is_some(),
        };
        refuse_both(also_set, index)?;
        client.clear(*field);
    }
    Ok(())
}

pub(crate) fn tag(work: &mut Work<'_>, request: ClientTag) -> Result<ClientTagged> {
    // Lower-cased first: it may grow by that.
    let tag = input::text(&request.tag.to_lowercase(), "tag", 64)?;
    let client = active(work, request.client)?.client;
    let tags = with_tag(store::client::tags(work.db(), client)?, &tag)?;
    work.add(Change::ClientTagged { client, tag });
    Ok(ClientTagged { client, tags })
}

/// The tags of a client, in order, and one more.
fn with_tag(mut tags: Vec<String>, tag: &str) -> Result<Vec<String>> {
    let Err(place) = tags.binary_search_by(|other| other.as_str().cmp(tag)) else {
        return Err(Error::field(Reason::AlreadyExists, "tag"));
    };
    if tags.len() >= input::limits::TAGS {
        return Err(Error::field(Reason::TooLong, "tag").with("max", input::limits::TAGS));
    }
    tags.insert(place, tag.to_owned());
    Ok(tags)
}

pub(crate) fn get(work: &mut Work<'_>, request: ClientGet) -> Result<ClientGot> {
    let client = existing(work, request.client)?;
    let consents = store::profile::consents_now(work.db(), client.client)?;
    let photo = store::profile::photo(work.db(), client.client)?;
    let household = store::profile::household_of(work.db(), client.client)?;
    let activated = store::message::activated(work.db(), client.client)?;
    Ok(ClientGot { client, consents, photo, household, activated })
}

pub(crate) fn find(work: &mut Work<'_>, request: ClientFind) -> Result<ClientFound> {
    let limit = input::page(request.limit, 50)?;
    let given = [
        request.name.is_some(),
        request.phone.is_some(),
        request.email.is_some(),
        request.card.is_some(),
        request.external_id.is_some(),
    ];
    match given.iter().filter(|given| **given).count() {
        1 => {}
        0 => return Err(Error::field(Reason::Required, "name")),
        _ => return Err(Error::new(Reason::Contradiction).with("give", "exactly one")),
    }
    let ids = matching(work, &request)?;
    let mut clients = Vec::new();
    for id in ids {
        clients.extend(store::client::get(work.db(), id)?);
    }
    if let Some(name) = &request.name {
        let wanted = search_key(name);
        clients.retain(|client| all_words_begin(&search_key(&client.full_name()), &wanted));
    }
    let key = |client: &Client| {
        let word = |name: &Option<String>| search_key(name.as_deref().unwrap_or_default());
        (word(&client.last_name), word(&client.first_name), client.client)
    };
    clients.sort_by_cached_key(key);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = clients.len() > limit;
    clients.truncate(limit);
    let ids: Vec<ClientId> = clients.iter().map(|client| client.client).collect();
    let with_pass = if request.passes { with_pass(work, &ids)? } else { Vec::new() };
    Ok(ClientFound { clients, more, with_pass })
}

/// Who of these clients holds a pass that can be used now, in their order.
pub(super) fn with_pass(work: &mut Work<'_>, clients: &[ClientId]) -> Result<Vec<ClientId>> {
    let holders = super::catalogue::holders(work, clients)?;
    Ok(clients.iter().copied().filter(|id| holders.contains(id)).collect())
}

/// The ids of clients that may match; names are compared once more by the caller.
fn matching(work: &mut Work<'_>, request: &ClientFind) -> Result<Vec<ClientId>> {
    const MOST: i64 = 2001;
    let query = if let Some(name) = &request.name {
        let key = search_key(&input::text(name, "name", 100)?);
        let mut words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
        // The longest words narrow the search most.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        match store::client::by_words(&words, MOST) {
            Some(query) => query,
            None => return Ok(Vec::new()),
        }
    } else if let Some(phone) = &request.phone {
        let country =
            work.venue.and_then(|id| work.config.venues.get(&id)).and_then(|v| v.country.as_deref());
        let text = input::text(phone, "phone", 40)?;
        let phone = Phone::parse(&text, country).map_err(|_| Error::field(Reason::BadPhone, "phone"))?;
        store::client::by_phone(phone.as_str(), MOST)
    } else if let Some(email) = &request.email {
        let text = input::text(email, "email", 254)?;
        let email: Email = text.parse().map_err(|_| Error::field(Reason::BadEmail, "email"))?;
        store::client::by_email(&email.key(), MOST)
    } else if let Some(uid) = &request.card {
        let uid = super::card::uid(uid, "card")?;
        return Ok(store::card::get(work.db(), &uid)?.map(|card| card.client).into_iter().collect());
    } else if let Some(external) = &request.external_id {
        store::config::external_id_owner("client", &input::external_id(external, "external_id")?)
    } else {
        return Ok(Vec::new());
    };
    work.connection.rows(query)?.iter_mut().map(|row| row.id()).collect()
}

/// Whether every wanted word is the beginning of another word of the name.
fn all_words_begin(name: &str, wanted: &str) -> bool {
    let mut left: Vec<&str> = name.split(' ').collect();
    let mut words: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.into_iter().all(|word| {
        let place = left.iter().position(|candidate| candidate.starts_with(word));
        place.map(|place| left.swap_remove(place)).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_at_most_100_tags() {
        let tags: Vec<String> = (0..99).map(|number| format!("tag {number:02}")).collect();
        let full = with_tag(tags, "a").expect("the hundredth");
        assert_eq!(full.len(), 100);
        assert_eq!(full.first().map(String::as_str), Some("a"));
        let refused = |tag| with_tag(full.clone(), tag).expect_err("refused");
        assert_eq!(refused("b"), Error::field(Reason::TooLong, "tag").with("max", 100));
        assert_eq!(refused("a"), Error::field(Reason::AlreadyExists, "tag"));
    }
}
