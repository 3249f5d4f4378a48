//! Clients.

use carnet_domain::client::{Client, ClientKind, ExternalId, Sex};
use carnet_domain::{ClientId, Date, record, request, words};

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
    }
}
