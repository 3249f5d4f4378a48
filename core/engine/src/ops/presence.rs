//! Who was there, and how often clients come.

use super::access::{grace_since, reentry_grace};
use crate::input;
use crate::store;
use crate::store::access::Who;
use crate::store::desk::Whose;
use crate::work::Work;
use carnet_domain::frequency::{self, Stay, WEEK};
use carnet_domain::{
    ClientId, Error, Instant, PassId, Reason, Result, VenueId, VisitId, ZoneId, record, request,
};
use std::collections::BTreeMap;

request! {
    /// Who was there in an interval: of the venue, or whether one client was, at any venue. A visit that has not ended counts from
    /// its beginning on.
    pub struct PresenceBetween {
        /// Only this client, at all venues.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// From this instant on.
        pub from: Instant,
        /// Before this instant, which is after `from`.
        pub until: Instant,
        /// The last visit of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<VisitId>,
        /// How many visits at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }

    /// How often a client came in the weeks before the time of the request, at all venues.
    pub struct ClientFrequency {
        /// The client.
        pub client: ClientId,
        /// How many weeks of 168 hours, 1 to 520.
        #[schemars(range(min = 1, max = 520))]
        pub weeks: i32,
    }

    /// Ranks the clients of a venue by how often they came in a period.
    pub struct ReportFrequency {
        /// From this instant on.
        pub from: Instant,
        /// Before this instant, which is after `from`.
        pub to: Instant,
        /// How many clients at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A visit that was in the interval.
    pub struct PresentVisit {
        /// The client.
        pub client: ClientId,
        /// First and last name.
        pub name: String,
        /// The visit.
        pub visit: VisitId,
        /// Where.
        pub venue: VenueId,
        /// When it began.
        pub entered: Instant,
        /// When it ended; none while inside.
        pub exited: Option<Instant>,
        /// The pass that paid.
        pub pass: Option<PassId>,
    }

    /// Who was there.
    pub struct PresentBetween {
        /// Whether the client was there, or anybody.
        pub was_in: bool,
        /// How many clients were.
        pub clients: i64,
        /// Their visits, by their beginning.
        pub visits: Vec<PresentVisit>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }

    /// How often a client came.
    pub struct Frequency {
        /// The client.
        pub client: ClientId,
        /// From this instant on.
        pub from: Instant,
        /// Before this instant.
        pub to: Instant,
        /// How many visits began; a re-entry within the grace of the venue counts with the visit before.
        pub visits: i64,
        /// How many a week, decimal text with one digit: `2.0`.
        pub per_week: String,
    }

    /// A client's place in the ranking.
    pub struct FrequencyRank {
        /// 1 for the first; who came as often has the same, and the next rank counts all before it.
        pub rank: i64,
        /// The client.
        pub client: ClientId,
        /// First and last name.
        pub name: String,
        /// How many visits began; a re-entry within grace counts with the visit before.
        pub visits: i64,
        /// How many a week, decimal text with one digit.
        pub per_week: String,
    }

    /// The ranking.
    pub struct FrequencyRanking {
        /// The venue.
        pub venue: VenueId,
        /// The most frequent first; equal ones in the order of their ids.
        pub clients: Vec<FrequencyRank>,
        /// How many clients came in all.
        pub count: i64,
        /// Their visits in all.
        pub visits: i64,
    }
}

pub(crate) fn between(work: &mut Work<'_>, request: PresenceBetween) -> Result<PresentBetween> {
    let limit = input::page(request.limit, 100)?;
    if request.until <= request.from {
        return Err(Error::field(Reason::EndBeforeStart, "until"));
    }
    let whose = match request.client {
        Some(client) => Whose::Client(super::client::existing(work, client)?.client),
        None => Whose::Venue(work.venue()?.venue),
    };
    let after = match request.after {
        Some(id) => {
            input::id(id, "after")?;
            let visit = store::visit::get(work.db(), id)?;
            let visit = visit.ok_or_else(|| Error::field(Reason::VisitNotFound, "after"))?;
            (visit.entered, visit.visit.0)
        }
        None => (Instant::MIN, 0),
    };
    let interval = (request.from, request.until);
    let (clients, mut found) =
        store::desk::presence(work.db(), &whose, interval, after, limit.saturating_add(1))?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    let shown = |stayed: store::desk::Stayed| PresentVisit {
        client: stayed.client,
        name: store::desk::joined(stayed.first_name, stayed.last_name),
        visit: stayed.visit,
        venue: stayed.venue,
        entered: stayed.entered,
        exited: stayed.exited,
        pass: stayed.pass,
    };
    let visits = found.into_iter().map(shown).collect();
    Ok(PresentBetween { was_in: clients > 0, clients, visits, more })
}

/// A visit with the grace of its venue.
fn stay(work: &Work<'_>, found: &store::desk::Stay) -> Stay {
    let grace = work.config.venues.get(&found.venue).map_or(0, reentry_grace);
    Stay { zone: found.zone, entered: found.entered, exited: found.exited, grace }
}

pub(crate) fn of_client(work: &mut Work<'_>, request: ClientFrequency) -> Result<Frequency> {
    let weeks = i64::from(input::range(request.weeks, "weeks", 1, 520)?);
    let client = super::client::existing(work, request.client)?.client;
    let (to, length) = (work.at, WEEK.saturating_mul(weeks));
    let from = to.plus_micros(length.saturating_neg()).unwrap_or(Instant::MIN);
    // Who came back within grace goes on with a visit of before.
    let longest = work.config.venues.values().map(reentry_grace).max().unwrap_or(0);
    let ended_after = grace_since(longest, from);
    let found = store::desk::stays_of(work.db(), client, (from, to), ended_after)?;
    let stays: Vec<Stay> = found.iter().map(|found| stay(work, found)).collect();
    let visits = frequency::visits(&stays, from);
    Ok(Frequency { client, from, to, visits, per_week: frequency::per_week(visits, length)? })
}

/// What each client did at a venue in a period, with the exits shortly before it that somebody may have come back from.
fn stays_by_client(work: &mut Work<'_>, period: (Instant, Instant)) -> Result<BTreeMap<ClientId, Vec<Stay>>> {
    let (venue, grace) = {
        let venue = work.venue()?;
        (venue.venue, reentry_grace(venue))
    };
    let mut by_client: BTreeMap<ClientId, Vec<Stay>> = BTreeMap::new();
    for found in store::desk::stays_at(work.db(), venue, period)? {
        let one = stay(work, &found);
        by_client.entry(found.client).or_default().push(one);
    }
    let within = period.0.plus_micros(grace).unwrap_or(Instant::FOREVER);
    let early = |(client, stays): (&ClientId, &Vec<Stay>)| {
        let first = stays.iter().filter(|stay| stay.entered < within).min_by_key(|stay| stay.entered)?;
        Some((*client, first.zone, first.entered))
    };
    let asked: Vec<(ClientId, ZoneId, Instant)> = by_client.iter().filter_map(early).collect();
    let queries: Vec<_> = asked
        .iter()
        .map(|(client, zone, entered)| {
            let since = grace_since(grace, *entered);
            store::access::last_exit_query(&Who::Client(*client), *zone, since, *entered)
        })
        .collect();
    for ((client, zone, _), rows) in asked.into_iter().zip(work.db().batch(&queries)?) {
        let exited = rows.into_iter().next().map(|mut row| row.opt_instant()).transpose()?.flatten();
        if let Some(exit) = exited {
            let before = Stay { zone, entered: Instant::MIN, exited: Some(exit), grace };
            by_client.entry(client).or_default().push(before);
        }
    }
    Ok(by_client)
}

pub(crate) fn ranking(work: &mut Work<'_>, request: ReportFrequency) -> Result<FrequencyRanking> {
    let limit = input::page(request.limit, 50)?;
    let (from, to) = (request.from, request.to);
    if to <= from {
        return Err(Error::field(Reason::EndBeforeStart, "to"));
    }
    let length = to.micros().saturating_sub(from.micros());
    let by_client = stays_by_client(work, (from, to))?;
    let counted = by_client.iter().map(|(client, stays)| (*client, frequency::visits(stays, from)));
    let counts: Vec<(ClientId, i64)> = counted.filter(|(_, visits)| *visits > 0).collect();
    let count = i64::try_from(counts.len()).unwrap_or(i64::MAX);
    let visits = counts.iter().map(|(_, visits)| *visits).fold(0, i64::saturating_add);
    let mut ranked = frequency::ranking(counts);
    ranked.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let ids: Vec<ClientId> = ranked.iter().map(|one| one.client).collect();
    let names = store::desk::names(work.db(), &ids)?;
    let mut clients = Vec::new();
    for (one, name) in ranked.into_iter().zip(names) {
        let per_week = frequency::per_week(one.count, length)?;
        clients.push(FrequencyRank { rank: one.rank, client: one.client, name, visits: one.count, per_week });
    }
    Ok(FrequencyRanking { venue: work.venue()?.venue, clients, count, visits })
}
