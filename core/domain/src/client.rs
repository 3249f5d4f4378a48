//! Who the client is: the person or company, and the cards that identify them.

use crate::card::CardBlockReason;
use crate::contact::{Email, Phone};
use crate::ids::{CardId, ClientId, OperatorId, VenueId};
use crate::profile::{Address, ContactEmail, ContactPhone, Language, Notifications};
use crate::time::{Date, Instant};

words! {
    /// What a client is.
    pub enum ClientKind {
        /// A natural person.
        Person "person",
        /// A company or other legal person.
        Company "company",
    }
    /// Sex, where services or prices depend on it.
    pub enum Sex {
        /// Female.
        Female "female",
        /// Male.
        Male "male",
    }
    /// How a card is read.
    pub enum CardKind {
        /// A magnetic stripe.
        Magnetic "magnetic",
        /// A printed barcode.
        Barcode "barcode",
        /// A radio tag.
        Rfid "rfid",
        /// A QR code.
        Qr "qr",
        /// A reference to a face kept by the host.
        Face "face",
    }
    /// Whether a card opens anything.
    pub enum CardState {
        /// It does.
        Active "active",
        /// It was blocked by the desk.
        Blocked "blocked",
        /// It was reported lost.
        Lost "lost",
        /// It was given back.
        Returned "returned",
    }
}

words! {
    /// A field of a client that can be cleared, and that a venue may ask for.
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
        /// Language.
        Language "language",
        /// Where the client heard of the venue.
        Source "source",
        /// Postal addresses.
        Addresses "addresses",
        /// Further phone numbers.
        Phones "phones",
        /// Further e-mail addresses.
        Emails "emails",
        /// The company that the client belongs to.
        Company "company",
        /// Which messages the client gets: cleared, all of them.
        Notifications "notifications",
    }
}

words! {
    /// What an operator may do beyond what everybody may.
    pub enum Right {
        /// Read what is sensitive in the charts of clients.
        ReadSensitive "read_sensitive",
    }
}

request! {
    /// The key of an entity in another system: the host's, a hotel's, the old program's.
    pub struct ExternalId {
        /// The system, such as `rkeeper`. 1 to 64 characters.
        #[schemars(length(min = 1, max = 64))]
        pub system: String,
        /// The key in that system. 1 to 128 characters.
        #[schemars(length(min = 1, max = 128))]
        pub value: String,
    }
}

record! {
    /// A person or company that the venue knows. Every field but the id may be empty.
    pub struct Client {
        /// The id.
        pub client: ClientId,
        /// Grows by one with every change.
        pub version: i64,
        /// Person or company.
        pub kind: ClientKind,
        /// First name.
        pub first_name: Option<String>,
        /// Last name, or the name of the company.
        pub last_name: Option<String>,
        /// Phone number, E.164.
        pub phone: Option<Phone>,
        /// E-mail address as it was given.
        pub email: Option<Email>,
        /// Sex.
        pub sex: Option<Sex>,
        /// Date of birth.
        pub birth_date: Option<Date>,
        /// Notes for the reception.
        pub notes: Option<String>,
        /// Who wrote the notes, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub notes_by: Option<OperatorId>,
        /// When the notes were written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub notes_at: Option<Instant>,
        /// The language that the client is written to in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub language: Option<Language>,
        /// Where the client heard of the venue.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub source: Option<String>,
        /// Postal addresses.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub addresses: Vec<Address>,
        /// Further phone numbers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub phones: Vec<ContactPhone>,
        /// Further e-mail addresses.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub emails: Vec<ContactEmail>,
        /// The company that the client belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub company: Option<ClientId>,
        /// Which messages the client gets.
        #[serde(default)]
        pub notifications: Notifications,
        /// Keys in other systems.
        pub external_ids: Vec<ExternalId>,
        /// The venue that met the client first.
        pub venue: Option<VenueId>,
        /// Archived clients are kept but can do nothing.
        pub archived: bool,
        /// When the client was added.
        pub created: Instant,
    }

    /// A credential of a client.
    pub struct Card {
        /// The id.
        pub card: CardId,
        /// What the reader sends.
        pub uid: String,
        /// The client it identifies.
        pub client: ClientId,
        /// How it is read.
        pub kind: CardKind,
        /// Whether it opens anything.
        pub state: CardState,
        /// When it was issued.
        pub issued: Instant,
        /// When it was blocked, if it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub blocked: Option<Instant>,
        /// Who blocked it, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub blocked_by: Option<OperatorId>,
        /// Why it is blocked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub block_reason: Option<CardBlockReason>,
        /// What the desk wrote about that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub block_note: Option<String>,
        /// When it was given back, if it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub returned: Option<Instant>,
    }

    /// A member of staff or a device that acts.
    pub struct Operator {
        /// The id.
        pub operator: OperatorId,
        /// Grows by one with every change.
        pub version: i64,
        /// The name shown in the journal.
        pub name: String,
        /// What the operator may do beyond what everybody may.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub rights: Vec<Right>,
        /// Keys in other systems.
        pub external_ids: Vec<ExternalId>,
    }
}

impl Client {
    /// First and last name, or nothing if both are empty.
    #[must_use]
    pub fn full_name(&self) -> String {
        let parts: Vec<&str> =
            [&self.first_name, &self.last_name].into_iter().flatten().map(String::as_str).collect();
        parts.join(" ")
    }

    /// Empties a field.
    pub fn clear(&mut self, field: ClientField) {
        match field {
            ClientField::FirstName => self.first_name = None,
            ClientField::LastName => self.last_name = None,
            ClientField::Phone => self.phone = None,
            ClientField::Email => self.email = None,
            ClientField::Sex => self.sex = None,
            ClientField::BirthDate => self.birth_date = None,
            ClientField::Notes => (self.notes, self.notes_by, self.notes_at) = (None, None, None),
            ClientField::ExternalIds => self.external_ids.clear(),
            ClientField::Language => self.language = None,
            ClientField::Source => self.source = None,
            ClientField::Addresses => self.addresses.clear(),
            ClientField::Phones => self.phones.clear(),
            ClientField::Emails => self.emails.clear(),
            ClientField::Company => self.company = None,
            ClientField::Notifications => self.notifications = Notifications::default(),
        }
    }

    /// Whether a field is filled. Which messages the client gets is always known.
    #[must_use]
    pub const fn has(&self, field: ClientField) -> bool {
        match field {
            ClientField::FirstName => self.first_name.is_some(),
            ClientField::LastName => self.last_name.is_some(),
            ClientField::Phone => self.phone.is_some(),
            ClientField::Email => self.email.is_some(),
            ClientField::Sex => self.sex.is_some(),
            ClientField::BirthDate => self.birth_date.is_some(),
            ClientField::Notes => self.notes.is_some(),
            ClientField::ExternalIds => !self.external_ids.is_empty(),
            ClientField::Language => self.language.is_some(),
            ClientField::Source => self.source.is_some(),
            ClientField::Addresses => !self.addresses.is_empty(),
            ClientField::Phones => !self.phones.is_empty(),
            ClientField::Emails => !self.emails.is_empty(),
            ClientField::Company => self.company.is_some(),
            ClientField::Notifications => true,
        }
    }

    /// The first of the fields that a venue asks for and this client does not have. A company has no first name, sex or
    /// birth date, so these are not asked of it.
    #[must_use]
    pub fn lacks(&self, mandatory: &[ClientField]) -> Option<ClientField> {
        let of_persons =
            [ClientField::FirstName, ClientField::Sex, ClientField::BirthDate, ClientField::Company];
        let asked = |field: &ClientField| self.kind == ClientKind::Person || !of_persons.contains(field);
        mandatory.iter().copied().filter(asked).find(|field| !self.has(*field))
    }

    /// The names of the fields in which another state of this client differs.
    #[must_use]
    pub fn differs(&self, other: &Self) -> Vec<&'static str> {
        let same = [
            ("kind", self.kind == other.kind),
            ("first_name", self.first_name == other.first_name),
            ("last_name", self.last_name == other.last_name),
            ("phone", self.phone == other.phone),
            ("email", self.email == other.email),
            ("sex", self.sex == other.sex),
            ("birth_date", self.birth_date == other.birth_date),
            ("notes", self.notes == other.notes),
            ("external_ids", self.external_ids == other.external_ids),
            ("language", self.language == other.language),
            ("source", self.source == other.source),
            ("addresses", self.addresses == other.addresses),
            ("phones", self.phones == other.phones),
            ("emails", self.emails == other.emails),
            ("company", self.company == other.company),
            ("notifications", self.notifications == other.notifications),
            ("archived", self.archived == other.archived),
        ];
        same.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(kind: ClientKind) -> Client {
        let json = serde_json::json!({"client": 1, "version": 1, "kind": kind, "external_ids": [],
            "archived": false, "created": "2026-05-04T10:00:00Z"});
        serde_json::from_value(json).expect("a client with nothing but what it must have")
    }

    #[test]
    fn every_field_that_is_cleared_is_lacking_and_differs_by_its_name() {
        let full: Client = serde_json::from_value(serde_json::json!({
            "client": 1, "version": 1, "kind": "person", "first_name": "a", "last_name": "b",
            "phone": "+40721234567", "email": "a@example.com", "sex": "female", "birth_date": "2000-01-01",
            "notes": "n", "notes_by": 3, "notes_at": "2026-05-04T10:00:00Z", "language": "ro", "source": "s",
            "addresses": [{"city": "Cluj"}], "phones": [{"number": "+40721234568"}],
            "emails": [{"address": "b@example.com"}], "company": 2,
            "notifications": {"email": false, "sms": true, "push": true, "order_email": true},
            "external_ids": [{"system": "s", "value": "v"}], "archived": false,
            "created": "2026-05-04T10:00:00Z"}))
        .expect("a client with everything");
        for field in ClientField::ALL.iter().copied() {
            assert!(full.has(field) && full.lacks(&[field]).is_none(), "{field}");
            let mut less = full.clone();
            less.clear(field);
            assert_eq!(full.differs(&less), [field.as_str()]);
            // Which messages a client gets is known of everybody.
            assert_eq!(less.lacks(&[field]), (field != ClientField::Notifications).then_some(field));
            assert!(field != ClientField::Notes || less.notes_by.is_none() && less.notes_at.is_none());
        }
    }

    #[test]
    fn of_a_company_nobody_asks_the_sex() {
        let asked = [ClientField::Sex, ClientField::FirstName, ClientField::Phone];
        assert_eq!(client(ClientKind::Company).lacks(&asked), Some(ClientField::Phone));
        assert_eq!(client(ClientKind::Person).lacks(&asked), Some(ClientField::Sex));
    }
}
