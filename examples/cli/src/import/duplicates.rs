//! Who is the same: by phone, e-mail, or name and birth date; in the table and in the store.

use crate::exit::Outcome;
use crate::session::Session;
use carnet::Code;
use carnet::domain::client::Client;
use carnet::domain::contact::{Phone, search_key};
use carnet::ops::client::ClientFind;
use carnet::ops::venue::VenueList;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// By what two are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// The phone number.
    Phone,
    /// The e-mail address.
    Email,
    /// First and last name and the birth date.
    Person,
}

impl By {
    /// The text that names it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Phone => "import-same-phone",
            Self::Email => "import-same-email",
            Self::Person => "import-same-person",
        }
    }
}

/// Somebody who is the same.
#[derive(Debug)]
pub enum Same {
    /// An earlier row of the table.
    Row(usize, By),
    /// A client of the store.
    Client(Box<Client>, By),
}

/// What was seen so far.
pub struct Seen {
    country: Option<String>,
    rows: HashMap<(By, String), usize>,
}

impl Seen {
    /// Nothing yet; numbers without a country are of the venue's.
    pub fn new(session: &Session) -> Outcome<Self> {
        let venues = session.engine.venue_list(&session.call, VenueList {})?.venues;
        let named = venues.iter().find(|venue| session.call.venue.is_none_or(|id| id == venue.venue));
        Ok(Self { country: named.and_then(|venue| venue.country.clone()), rows: HashMap::new() })
    }

    /// By what a client can be known, in one spelling.
    fn keys(&self, fields: &Map<String, Value>) -> Vec<(By, String)> {
        let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
        let mut keys = Vec::new();
        if let Ok(phone) = Phone::parse(text("phone"), self.country.as_deref()) {
            keys.push((By::Phone, phone.as_str().to_owned()));
        }
        if !text("email").is_empty() {
            keys.push((By::Email, text("email").to_lowercase()));
        }
        let name = words(&format!("{} {}", text("first_name"), text("last_name")));
        if !name.is_empty() && !text("birth_date").is_empty() {
            keys.push((By::Person, format!("{name} {}", text("birth_date"))));
        }
        keys
    }

    /// Somebody who is the same as this client: an earlier row, or a client of the store.
    pub fn find(&self, session: &Session, fields: &Map<String, Value>) -> Outcome<Option<Same>> {
        let keys = self.keys(fields);
        for key in &keys {
            if let Some(row) = self.rows.get(key) {
                return Ok(Some(Same::Row(*row, key.0)));
            }
        }
        for (by, key) in &keys {
            if let Some(client) = in_store(session, *by, key, fields)? {
                return Ok(Some(Same::Client(Box::new(client), *by)));
            }
        }
        Ok(None)
    }

    /// Remembers a row.
    pub fn note(&mut self, row: usize, fields: &Map<String, Value>) {
        for key in self.keys(fields) {
            self.rows.entry(key).or_insert(row);
        }
    }
}

/// The words of a name in one spelling and order.
fn words(name: &str) -> String {
    let key = search_key(name);
    let mut words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

fn in_store(session: &Session, by: By, key: &str, fields: &Map<String, Value>) -> Outcome<Option<Client>> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let name = format!("{} {}", text("first_name"), text("last_name"));
    let request = match by {
        By::Phone => ClientFind { phone: Some(key.to_owned()), ..ClientFind::default() },
        By::Email => ClientFind { email: Some(key.to_owned()), ..ClientFind::default() },
        By::Person => {
            ClientFind { name: Some(name.trim().to_owned()), limit: Some(1000), ..ClientFind::default() }
        }
    };
    let found = match session.engine.client_find(&session.call, request) {
        // The engine says so of the row itself.
        Err(error) if error.code() == Code::InvalidInput => return Ok(None),
        found => found?.clients,
    };
    let wanted = words(&name);
    let is_same = |client: &Client| {
        let born = client.birth_date.map(|date| date.to_string());
        by != By::Person
            || (words(&client.full_name()) == wanted && born.as_deref() == Some(text("birth_date")))
    };
    Ok(found.into_iter().find(|client| !client.archived && is_same(client)))
}
