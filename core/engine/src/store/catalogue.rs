//! The catalogue of clients.

use super::value::{Connection, Query, Row, query};
use carnet_domain::catalogue::{ClientSort, name_key};
use carnet_domain::client::{Client, ClientKind};
use carnet_domain::contact::{Email, Phone};
use carnet_domain::ids::Id;
use carnet_domain::{ClientId, Date, Instant, Result, VenueId};

/// What is left out is not asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub kind: Option<ClientKind>,
    pub archived: Option<bool>,
    pub venue: Option<VenueId>,
    /// 1 to 12.
    pub born_in: Option<i32>,
    pub without_contact: Option<bool>,
    pub in_debt: Option<bool>,
    pub tag: Option<String>,
    /// Only who holds a pass that nobody has closed and that ends after an instant.
    pub with_pass_after: Option<Instant>,
}

/// Where a page begins: the key of the last client before it, and the client. Instants are written as microseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub key: String,
    pub client: i64,
}

impl Place {
    /// Before everybody.
    pub fn first(sort: ClientSort) -> Self {
        match sort {
            ClientSort::Name => Self { key: String::new(), client: 0 },
            ClientSort::Added | ClientSort::LastVisit => Self { key: i64::MAX.to_string(), client: i64::MAX },
        }
    }
}

/// One client of the catalogue.
pub(crate) struct Listed {
    pub client: ClientId,
    pub kind: ClientKind,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub birth_date: Option<Date>,
    pub venue: Option<VenueId>,
    pub archived: bool,
    pub created: Instant,
    pub visits: i64,
    pub last_visit: Option<Instant>,
    pub in_debt: bool,
    pub place: Place,
}

fn columns(row: &mut Row) -> Result<Listed> {
    let client: ClientId = row.id()?;
    Ok(Listed {
        client,
        kind: row.word(ClientKind::from_text)?,
        first_name: row.opt_text()?,
        last_name: row.opt_text()?,
        phone: row.opt_parsed()?,
        email: row.opt_parsed()?,
        birth_date: row.opt_parsed()?,
        venue: row.opt_id()?,
        archived: row.flag()?,
        created: row.instant()?,
        visits: row.int()?,
        last_visit: row.opt_instant()?,
        in_debt: row.flag()?,
        place: Place { key: row.text()?, client: client.get() },
    })
}

/// A page of the catalogue, after a place.
pub(crate) fn page(
    connection: &mut dyn Connection,
    sort: ClientSort,
    after: &Place,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<Listed>> {
    let flag = |asked: Option<bool>| asked.map_or(-1, i64::from);
    let kind = filter.kind.map_or("", ClientKind::as_str);
    let venue = filter.venue.map_or(0, Id::get);
    let month = filter.born_in.map_or_else(String::new, |month| format!("{month:02}"));
    let (archived, without) = (flag(filter.archived), flag(filter.without_contact));
    let (in_debt, tag) = (flag(filter.in_debt), filter.tag.as_deref().unwrap_or(""));
    let (held, since) = (filter.with_pass_after.is_some(), filter.with_pass_after.unwrap_or(Instant::MIN));
    macro_rules! listed {
        ($file:literal, $key:expr) => {
            query!(
                $file,
                $key,
                after.client,
                kind,
                archived,
                venue,
                month,
                without,
                in_debt,
                tag,
                held,
                since,
                limit
            )
        };
    }
    let number = || after.key.parse::<i64>().map_err(|_| Row::wrong());
    let query = match sort {
        ClientSort::Name => listed!("catalogue/by_name.sql", &after.key),
        ClientSort::Added => listed!("catalogue/by_added.sql", number()?),
        ClientSort::LastVisit => listed!("catalogue/by_visit.sql", number()?),
    };
    connection.rows(query)?.iter_mut().map(columns).collect()
}

/// Stores the place of a client in the order of names.
pub(crate) fn put(client: &Client) -> Query {
    let key = name_key(client.first_name.as_deref(), client.last_name.as_deref());
    query!("catalogue/name_put.sql", client.client, key)
}
