//! Who the client is: the person or company, and the cards that identify them.

use crate::contact::{Email, Phone};
use crate::ids::{CardId, ClientId, OperatorId, VenueId};
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
    }

    /// A member of staff or a device that acts.
    pub struct Operator {
        /// The id.
        pub operator: OperatorId,
        /// Grows by one with every change.
        pub version: i64,
        /// The name shown in the journal.
        pub name: String,
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
}
