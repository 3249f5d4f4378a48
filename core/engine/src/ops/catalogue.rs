//! The catalogue of clients, page by page.

use crate::input;
use crate::journal::{hex, unhex};
use crate::store;
use crate::store::catalogue::{Filter, Listed, Place};
use crate::work::Work;
use carnet_domain::catalogue::ClientSort;
use carnet_domain::client::ClientKind;
use carnet_domain::contact::{Email, Phone};
use carnet_domain::{ClientId, Date, Error, Instant, Reason, Result, VenueId, ZoneId, record, request};
use std::collections::BTreeSet;

request! {
    /// Lists clients in an order, those that every filter given lets through. What is not asked for does not matter.
    #[derive(Default)]
    pub struct ClientList {
        /// In which order; by name if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub sort: Option<ClientSort>,
        /// Only persons, or only companies.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub kind: Option<ClientKind>,
        /// Only archived clients, or only the others.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub archived: Option<bool>,
        /// Only who holds a pass that can be used now, one included that waits for its first use; or only who does not.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub with_pass: Option<bool>,
        /// Only who owes something on a money account, or only who does not.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub in_debt: Option<bool>,
        /// Only who has neither phone nor e-mail, or only who has one.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub without_contact: Option<bool>,
        /// Only who has this tag; letter case does not matter.
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub tag: Option<String>,
        /// Only whom this venue met first.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub met_by: Option<VenueId>,
        /// Only who was born in this month, 1 to 12.
        #[schemars(range(min = 1, max = 12))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub born_in_month: Option<i32>,
        /// What the page before gave as `next`. The order must be the same; whoever is added meanwhile moves nobody else.
        #[schemars(length(min = 1, max = 600))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<String>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A client as the catalogue shows them.
    pub struct ListedClient {
        /// The client.
        pub client: ClientId,
        /// Person or company.
        pub kind: ClientKind,
        /// First and last name.
        pub name: String,
        /// Phone number, E.164.
        pub phone: Option<Phone>,
        /// E-mail address.
        pub email: Option<Email>,
        /// Date of birth.
        pub birth_date: Option<Date>,
        /// The venue that met the client first.
        pub venue: Option<VenueId>,
        /// Whether the client is archived.
        pub archived: bool,
        /// When the client was added.
        pub added: Instant,
        /// How many visits there were in all.
        pub visits: i64,
        /// When the last visit began.
        pub last_visit: Option<Instant>,
        /// Whether something is owed on a money account.
        pub in_debt: bool,
        /// Whether a pass can be used now, those included that wait for their first use.
        pub with_pass: bool,
    }

    /// A page of the catalogue.
    pub struct ClientListed {
        /// The clients in the order asked for.
        pub clients: Vec<ListedClient>,
        /// Where more follow: what the next page is asked for with, as `after`. Holds a part of a name.
        pub next: Option<String>,
    }
}

/// A place in one order as text that says nothing to the host.
fn cursor(sort: ClientSort, place: &Place) -> String {
    hex(format!("{sort} {} {}", place.client, place.key).as_bytes())
}

/// The place of a cursor made for the same order.
fn place(sort: ClientSort, after: &str) -> Result<Place> {
    let wrong = || Error::field(Reason::BadFormat, "after");
    let after = input::text(after, "after", 600)?;
    let bytes = unhex(&after).ok_or_else(wrong)?;
    let text = String::from_utf8(bytes).map_err(|_| wrong())?;
    let mut parts = text.splitn(3, ' ');
    let (of, client, key) = (parts.next(), parts.next(), parts.next());
    let client = client.and_then(|client| client.parse().ok()).ok_or_else(wrong)?;
    let key = key.ok_or_else(wrong)?.to_owned();
    if of != Some(sort.as_str()) {
        let is_another = of.and_then(ClientSort::from_text).is_some();
        return Err(if is_another { Error::field(Reason::Contradiction, "after") } else { wrong() });
    }
    if sort != ClientSort::Name && key.parse::<i64>().is_err() {
        return Err(wrong());
    }
    Ok(Place { key, client })
}

fn filter(work: &Work<'_>, request: &ClientList) -> Result<Filter> {
    let month = request.born_in_month.map(|month| input::range(month, "born_in_month", 1, 12)).transpose()?;
    let venue = request.met_by.map(|venue| input::id(venue, "met_by")).transpose()?;
    if venue.is_some_and(|venue| !work.config.venues.contains_key(&venue)) {
        return Err(Error::field(Reason::VenueNotFound, "met_by"));
    }
    let tag = request.tag.as_ref().map(|tag| tag.to_lowercase());
    Ok(Filter {
        kind: request.kind,
        archived: request.archived,
        venue,
        born_in: month,
        without_contact: request.without_contact,
        in_debt: request.in_debt,
        tag: input::opt_text(tag.as_ref(), "tag", 64)?,
        with_pass_after: (request.with_pass == Some(true)).then_some(work.at),
    })
}

pub(crate) fn list(work: &mut Work<'_>, request: ClientList) -> Result<ClientListed> {
    let limit = input::page(request.limit, 50)?;
    let sort = request.sort.unwrap_or(ClientSort::Name);
    let mut after = match &request.after {
        Some(after) => place(sort, after)?,
        None => Place::first(sort),
    };
    let filter = filter(work, &request)?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut clients: Vec<(Listed, bool)> = Vec::new();
    // Whether a pass can be used no column tells: as many pages are read as it takes.
    loop {
        let found = store::catalogue::page(work.db(), sort, &after, &filter, limit.saturating_add(1))?;
        let is_last = found.len() <= size;
        if let Some(last) = found.last() {
            after = last.place.clone();
        }
        let ids: Vec<ClientId> = found.iter().map(|listed| listed.client).collect();
        let holders = holders(work, &ids)?;
        let told = found.into_iter().map(|listed| {
            let holds = holders.contains(&listed.client);
            (listed, holds)
        });
        clients.extend(told.filter(|(_, holds)| request.with_pass.is_none_or(|asked| asked == *holds)));
        if is_last || clients.len() > size {
            break;
        }
    }
    let more = clients.len() > size;
    clients.truncate(size);
    let next = clients.last().filter(|_| more).map(|(listed, _)| cursor(sort, &listed.place));
    Ok(ClientListed { clients: clients.into_iter().map(shown).collect(), next })
}

fn shown((listed, with_pass): (Listed, bool)) -> ListedClient {
    let parts: Vec<String> = [listed.first_name, listed.last_name].into_iter().flatten().collect();
    ListedClient {
        client: listed.client,
        kind: listed.kind,
        name: parts.join(" "),
        phone: listed.phone,
        email: listed.email,
        birth_date: listed.birth_date,
        venue: listed.venue,
        archived: listed.archived,
        added: listed.created,
        visits: listed.visits,
        last_visit: listed.last_visit,
        in_debt: listed.in_debt,
        with_pass,
    }
}

/// Who of these clients holds a pass that can be used now.
pub(super) fn holders(work: &mut Work<'_>, clients: &[ClientId]) -> Result<BTreeSet<ClientId>> {
    let at = work.at;
    let zone = work.venue().map_or(ZoneId(0), |venue| venue.zone);
    let mut holders = BTreeSet::new();
    for mut facts in store::access::facts_of(work.db(), clients, zone, at)? {
        store::access::recount(work.db(), &mut facts, at)?;
        for held in &facts.passes {
            let zone = work.zone_of(held.pass.venue)?;
            let deleted = work.config.plans.get(&held.pass.plan).is_none_or(|plan| plan.deleted);
            let rest = held.pass.account.map(|_| carnet_domain::lots::available(&held.lots, at));
            let state = held.pass.state_at(at, zone, rest, deleted)?;
            if state.is_usable(held.pass.starts) {
                holders.insert(facts.client);
                break;
            }
        }
    }
    Ok(holders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_in_its_own_order_only() {
        let at = Place { key: "archer ann".to_owned(), client: 7 };
        let text = cursor(ClientSort::Name, &at);
        assert!(text.bytes().all(|byte| byte.is_ascii_hexdigit()), "{text}");
        assert_eq!(place(ClientSort::Name, &text), Ok(at));
        let refused = |sort, text: &str| place(sort, text).expect_err("refused").reason();
        assert_eq!(refused(ClientSort::Added, &text), Reason::Contradiction);
        let named = |text: &str| cursor(ClientSort::Added, &Place { key: text.to_owned(), client: 7 });
        assert_eq!(place(ClientSort::Added, &named("-5")).expect("a number").key, "-5");
        for wrong in
            [named("x"), named(""), "zz".to_owned(), "00".to_owned(), hex(b"name 7"), hex(b"other 7 x")]
        {
            assert_eq!(refused(ClientSort::Added, &wrong), Reason::BadFormat, "{wrong}");
        }
    }
}
