//! Clients.

use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::{Work, next_version, refuse_both, refuse_stale};
use carnet_domain::calendar::Zone;
use carnet_domain::client::{Client, ClientKind, ExternalId, Sex};
use carnet_domain::contact::{Email, Phone, search_key};
use carnet_domain::{ClientId, Date, Error, Reason, Result, record, request, words};

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

words! {
    /// A field of a client that can be cleared.
    pub enum ClientField {
        /// First name.
        FirstName "first_name",
        /// Last name.
        LastName "last_name",
        /// Phone number.
        Phone "phone",
        /// E-mail address.
        Email "email",
        /// Sex.
        Sex "sex",
        /// Date of birth.
        BirthDate "birth_date",
        /// Notes.
        Notes "notes",
        /// Keys in other systems.
        ExternalIds "external_ids",
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

/// What is asked of a phone number, an e-mail address and a birth date, in a request to add or change.
struct Contact<'a> {
    phone: Option<&'a String>,
    email: Option<&'a String>,
    birth_date: Option<Date>,
    prefix: &'a str,
}

fn contact(work: &Work<'_>, given: &Contact<'_>) -> Result<(Option<Phone>, Option<Email>)> {
    let field = |name: &str| format!("{}{name}", given.prefix);
    let country =
        work.venue.and_then(|id| work.config.venues.get(&id)).and_then(|venue| venue.country.as_deref());
    let phone = input::opt_text(given.phone, &field("phone"), 40)?
        .map(|text| Phone::parse(&text, country).map_err(|_| Error::field(Reason::BadPhone, field("phone"))))
        .transpose()?;
    let email = input::opt_text(given.email, &field("email"), 254)?
        .map(|text| text.parse::<Email>().map_err(|_| Error::field(Reason::BadEmail, field("email"))))
        .transpose()?;
    let zone =
        work.venue.and_then(|id| work.config.venues.get(&id)).map_or(Zone::UTC, |venue| venue.time_zone);
    if let Some(birth) = given.birth_date {
        let oldest = Date::from_ymd_opt(1850, 1, 1).unwrap_or_default();
        if birth > zone.date_of(work.at) || birth < oldest {
            return Err(Error::field(Reason::OutOfRange, field("birth_date")));
        }
    }
    Ok((phone, email))
}

pub(crate) fn add(work: &mut Work<'_>, request: ClientAdd) -> Result<ClientAdded> {
    let first_name = input::opt_text(request.first_name.as_ref(), "first_name", 100)?;
    let last_name = input::opt_text(request.last_name.as_ref(), "last_name", 200)?;
    let notes = input::opt_text(request.notes.as_ref(), "notes", 4000)?;
    let (phone, email) = contact(
        work,
        &Contact {
            phone: request.phone.as_ref(),
            email: request.email.as_ref(),
            birth_date: request.birth_date,
            prefix: "",
        },
    )?;
    let external_ids = input::external_ids(&request.external_ids, "external_ids")?;
    work.refuse_taken::<ClientId>(None, &external_ids, "external_ids")?;
    let client = Client {
        client: work.id()?,
        version: 1,
        kind: request.kind.unwrap_or(ClientKind::Person),
        first_name,
        last_name,
        phone,
        email,
        sex: request.sex,
        birth_date: request.birth_date,
        notes,
        external_ids,
        venue: work.venue,
        archived: false,
        created: work.at,
    };
    let added = ClientAdded { client: client.client, version: 1 };
    work.add(Change::Client(client));
    Ok(added)
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
    let mut client = existing(work, request.client)?;
    refuse_stale(request.expected_version, client.version)?;
    let set = request.set;
    for (index, field) in request.clear.iter().enumerate() {
        clear(&mut client, &set, *field, index)?;
    }
    let given = Contact {
        phone: set.phone.as_ref(),
        email: set.email.as_ref(),
        birth_date: set.birth_date,
        prefix: "set.",
    };
    let (phone, email) = contact(work, &given)?;
    let first_name = input::opt_text(set.first_name.as_ref(), "set.first_name", 100)?;
    let last_name = input::opt_text(set.last_name.as_ref(), "set.last_name", 200)?;
    let notes = input::opt_text(set.notes.as_ref(), "set.notes", 4000)?;
    if let Some(given) = &set.external_ids {
        let external_ids = input::external_ids(given, "set.external_ids")?;
        work.refuse_taken(Some(client.client), &external_ids, "set.external_ids")?;
        client.external_ids = external_ids;
    }
    client.first_name = first_name.or(client.first_name);
    client.last_name = last_name.or(client.last_name);
    client.phone = phone.or(client.phone);
    client.email = email.or(client.email);
    client.sex = set.sex.or(client.sex);
    client.birth_date = set.birth_date.or(client.birth_date);
    client.notes = notes.or(client.notes);
    client.archived = set.archived.unwrap_or(client.archived);
    client.version = next_version(client.version)?;
    let changed = ClientChanged { client: client.client, version: client.version };
    work.add(Change::Client(client));
    Ok(changed)
}

fn clear(client: &mut Client, set: &ClientSet, field: ClientField, index: usize) -> Result<()> {
    let also_set = match field {
        ClientField::FirstName => {
            client.first_name = None;
            set.first_name.is_some()
        }
        ClientField::LastName => {
            client.last_name = None;
            set.last_name.is_some()
        }
        ClientField::Phone => {
            client.phone = None;
            set.phone.is_some()
        }
        ClientField::Email => {
            client.email = None;
            set.email.is_some()
        }
        ClientField::Sex => {
            client.sex = None;
            set.sex.is_some()
        }
        ClientField::BirthDate => {
            client.birth_date = None;
            set.birth_date.is_some()
        }
        ClientField::Notes => {
            client.notes = None;
            set.notes.is_some()
        }
        ClientField::ExternalIds => {
            client.external_ids.clear();
            set.external_ids.is_some()
        }
    };
    refuse_both(also_set, index)
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
    Ok(ClientGot { client: existing(work, request.client)? })
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
    let with_pass = if request.passes { with_pass(work, &clients)? } else { Vec::new() };
    Ok(ClientFound { clients, more, with_pass })
}

/// Who of these clients holds a pass that can be used now, in their order.
fn with_pass(work: &mut Work<'_>, clients: &[Client]) -> Result<Vec<ClientId>> {
    let ids: Vec<ClientId> = clients.iter().map(|client| client.client).collect();
    let holders = super::catalogue::holders(work, &ids)?;
    Ok(ids.into_iter().filter(|id| holders.contains(id)).collect())
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
