//! How one operation is carried out: envelope, key, clock, facts and rules, changes, journal.

use crate::call::Call;
use crate::canonical::Json;
use crate::clocks::Clocks;
use crate::ids::Ids;
use crate::input;
use crate::journal::{self, Sealed};
use crate::operation::Operation;
use crate::store::config::Config;
use crate::store::journal as stored;
use crate::store::journal::{Tip, VenueClock};
use crate::store::value::Connection;
use crate::work::Work;
use carnet_domain::{Error, Instant, Reason, Result, VenueId};
use std::sync::Arc;

/// How an operation was carried out; its reply is with itself.
#[derive(Debug, Clone)]
pub(crate) struct Done {
    /// The reply in its canonical form, where it was made for the journal.
    pub json: Option<Json>,
    pub at: Instant,
    /// The position of its journal entry; none for a read and a dry run.
    pub position: Option<i64>,
    /// The first reply again, under the same key.
    pub replayed: bool,
}

/// Whether a door decides about the clock by itself: fail closed, with a reason of its own.
fn is_door(name: &str) -> bool {
    name == "access.enter" || name == "access.decide"
}

/// Checks what can be checked before anything is read.
pub(crate) fn precheck(name: &str, call: &Call) -> Result<()> {
    input::call(call)?;
    if call.late.is_some() && !name.starts_with("access.") {
        return Err(Error::field(Reason::Contradiction, "late"));
    }
    Ok(())
}

/// The venue that a write belongs to.
pub(crate) fn venue_of_write(name: &str, config: &Config, call: &Call) -> Result<Option<VenueId>> {
    match name {
        // A new venue belongs to no other: its key must be found again when it is the only one.
        "venue.add" if call.venue.is_none() => Ok(None),
        _ => venue_of(config, call),
    }
}

/// Whether an operation reads the journal, which must then be sealed as far as it can be.
#[cfg(feature = "postgres")]
pub(crate) fn reads_journal(name: &str) -> bool {
    ["journal.", "changes.", "store.", "support."].iter().any(|area| name.starts_with(area))
}

/// The venue of a call: the one it names, else the only one there is.
fn venue_of(config: &Config, call: &Call) -> Result<Option<VenueId>> {
    match call.venue {
        Some(venue) if config.venues.contains_key(&venue) => Ok(Some(venue)),
        Some(_) => Err(Error::field(Reason::VenueNotFound, "venue")),
        None if config.venues.len() == 1 => Ok(config.venues.keys().next().copied()),
        None => Ok(None),
    }
}

fn known_operator(config: &Config, call: &Call) -> Result<()> {
    match call.by {
        Some(by) if !config.operators.contains_key(&by) => Err(Error::field(Reason::OperatorNotFound, "by")),
        _ => Ok(()),
    }
}

/// Whether the clock refuses a time: far ahead of the engine's clock, or behind what the venue has seen.
fn refused_by_clock(
    call: &Call,
    at: Instant,
    now: Instant,
    clock: &VenueClock,
    writes: bool,
) -> Option<Error> {
    let ahead = now.plus_micros(input::limits::CLOCK_AHEAD).is_ok_and(|latest| at > latest);
    let behind = clock.high_water.filter(|high| {
        writes
            && call.late.is_none()
            && at.plus_micros(input::limits::CLOCK_BEHIND).is_ok_and(|latest| latest < *high)
    });
    match behind {
        _ if ahead => Some(Error::field(Reason::Clock, "at").with("clock", now)),
        Some(high) => Some(Error::field(Reason::Clock, "at").with("high_water", high)),
        None => None,
    }
}

/// Where the journal entry of a write goes.
pub(crate) enum Journal<'a> {
    /// Sealed at once, after the tip.
    Sealed(&'a mut Tip),
    /// Written without a position, for the sealer. `last` says that the transaction ends with it.
    #[cfg(feature = "postgres")]
    Unsealed { last: bool },
    /// Written beside nobody, and sealed in the same transaction.
    #[cfg(feature = "postgres")]
    Alone(&'a mut Tip),
}

impl Journal<'_> {
    /// The position that the next entry is going to have, 0 where nobody knows.
    fn next(&self) -> i64 {
        match self {
            Self::Sealed(tip) => tip.position.saturating_add(1),
            #[cfg(feature = "postgres")]
            Self::Alone(tip) => tip.position.saturating_add(1),
            #[cfg(feature = "postgres")]
            Self::Unsealed { .. } => 0,
        }
    }
}

/// What a write needs of the writer that carries it out.
pub(crate) struct Surroundings<'a> {
    pub connection: &'a mut dyn Connection,
    pub ids: &'a mut Ids,
    pub config: Arc<Config>,
    pub journal: Journal<'a>,
    pub clocks: &'a mut Clocks,
    /// Whether to look for what lies under the keys of the call before anything else. Whoever does not decides as if they
    /// were new, finds at the commit that they are not, and must ask again after a refusal, too.
    pub looks_for_keys: bool,
    /// Set before the first statement that writes.
    pub began: &'a mut bool,
    pub now: Instant,
    pub salt: &'a dyn Fn(i64) -> Result<[u8; 32]>,
}

/// A write that was decided, with the statements that store it.
pub(crate) struct Written {
    pub done: Done,
    /// Whether it left something behind: a refusal, a dry run and a repeated key do not.
    pub stored: bool,
    pub touches_config: bool,
}

/// Carries out a write inside the open transaction. After an error nothing of it may stay: the caller sees to that.
pub(crate) fn write(around: Surroundings<'_>, call: &Call, operation: &mut dyn Operation) -> Result<Written> {
    let config = around.config;
    let venue = venue_of_write(operation.name(), &config, call)?;
    let args = journal::slim(operation.args()?)?;
    if around.looks_for_keys
        && let Some(done) = first_reply(around.connection, call, venue, &args, operation)?
    {
        if journal::is_rebuilt(operation.name()) {
            known_operator(&config, call)?;
            let mut work = looking(around.connection, config, call, done.at, venue);
            operation.run(&mut work)?;
        }
        return Ok(Written { done, stored: false, touches_config: false });
    }
    known_operator(&config, call)?;
    let clock =
        venue.map_or(Ok(VenueClock::default()), |venue| around.clocks.get(around.connection, venue))?;
    let at = call.at.unwrap_or(around.now.max(clock.high_water.unwrap_or(Instant::MIN)));
    let clock_refused = refused_by_clock(call, at, around.now, &clock, true);
    if let Some(error) = clock_refused.clone().filter(|_| !is_door(operation.name())) {
        return Err(error);
    }
    let mut work = Work {
        connection: around.connection,
        ids: Some(around.ids),
        config,
        config_seen: false,
        call,
        at,
        venue,
        clock,
        clock_refused: clock_refused.is_some(),
        changes: Vec::new(),
    };
    operation.run(&mut work)?;
    if let Some(document) = call.document.as_ref().filter(|_| !call.dry_run && !work.changes.is_empty()) {
        crate::ops::document::note(&mut work, operation.name(), document)?;
    }
    let changes = work.changes;
    if call.dry_run {
        return Ok(Written {
            done: Done { json: None, at, position: None, replayed: false },
            stored: false,
            touches_config: false,
        });
    }
    let touches_config = changes.iter().any(crate::changes::Change::touches_config);
    let moves_clock = clock_refused.is_none() && call.late.is_none();
    let shown = operation.reply()?;
    let rebuilt = journal::is_rebuilt(operation.name());
    let (shown, reply) = if rebuilt { (Some(shown), Json::null()) } else { (None, shown) };
    let payload = Sealed { op: operation.name(), call, at, venue, clock: moves_clock, args, changes, reply }
        .into_payload();
    let salt = (around.salt)(around.journal.next())?;
    *around.began = true;
    let position = apply(around.connection, around.journal, around.clocks, &payload, salt)?;
    let json = Some(shown.unwrap_or(payload.reply));
    Ok(Written { done: Done { json, at, position, replayed: false }, stored: true, touches_config })
}

/// The surroundings of an operation whose changes nobody wants.
fn looking<'a>(
    connection: &'a mut dyn Connection,
    config: Arc<Config>,
    call: &'a Call,
    at: Instant,
    venue: Option<VenueId>,
) -> Work<'a> {
    Work {
        connection,
        ids: None,
        config,
        config_seen: false,
        call,
        at,
        venue,
        clock: VenueClock::default(),
        clock_refused: false,
        changes: Vec::new(),
    }
}

/// Stores the changes and the journal entry of one operation in one batch.
pub(crate) fn apply(
    connection: &mut dyn Connection,
    journal: Journal<'_>,
    clocks: &mut Clocks,
    payload: &journal::Payload,
    salt: [u8; 32],
) -> Result<Option<i64>> {
    let mut queries = Vec::with_capacity(payload.changes.len().saturating_add(6));
    for change in &payload.changes {
        change.apply(&mut queries)?;
    }
    let keyed = payload.key.is_some() || payload.late.is_some();
    let keys = if keyed { payload.keys()? } else { Vec::new() };
    let position = match journal {
        Journal::Sealed(tip) => {
            let entry = journal::seal(tip, payload, salt)?;
            let position = entry.position;
            stored::put(entry, journal::RULES_VERSION, &mut queries);
            queries.extend(keys.into_iter().map(|(key, content)| stored::put_key(key, &content, position)));
            Some(position)
        }
        #[cfg(feature = "postgres")]
        Journal::Unsealed { last } => {
            let entry = journal::unsealed(payload, salt)?;
            stored::unsealed::put(entry, journal::RULES_VERSION, payload.clock, keys, &mut queries);
            if last {
                connection.commit_with_next();
            }
            None
        }
        #[cfg(feature = "postgres")]
        Journal::Alone(tip) => {
            let entry = journal::seal(tip, payload, salt)?;
            stored::unsealed::put(entry, journal::RULES_VERSION, payload.clock, keys, &mut queries);
            queries.push(stored::unsealed::seal_last(tip));
            Some(tip.position)
        }
    };
    connection.batch(&queries)?;
    if payload.changes.iter().any(crate::changes::Change::touches_day) {
        clocks.forget_days();
    }
    if let Some(venue) = payload.venue.filter(|_| payload.clock) {
        clocks.advance(venue, payload.at);
    }
    Ok(position)
}

/// Asks for what lies under the keys of a call.
#[cfg(feature = "postgres")]
pub(crate) fn keys_of(call: &Call, venue: Option<VenueId>) -> Vec<crate::store::value::Query> {
    let keys = journal::keys(venue, call.key.as_deref(), call.late.as_ref());
    keys.iter().map(stored::key_query).collect()
}

/// The first reply to the same key and content, if there is one.
fn first_reply(
    connection: &mut dyn Connection,
    call: &Call,
    venue: Option<VenueId>,
    args: &Json,
    operation: &mut dyn Operation,
) -> Result<Option<Done>> {
    if call.key.is_none() && call.late.is_none() {
        return Ok(None);
    }
    for key in journal::keys(venue, call.key.as_deref(), call.late.as_ref()) {
        let Some(found) = stored::key(connection, &key)? else { continue };
        let content = journal::content(operation.name(), args, venue, call.document.as_ref())?;
        if found.content != content {
            return Err(Error::field(Reason::KeyReused, if key.kind == "key" { "key" } else { "late" }));
        }
        // Nothing is erased yet, so a key without its entry is damage.
        let missing = || Error::new(Reason::Corrupt).with("what", "journal payload is missing");
        let payload = found.payload.ok_or_else(missing)?;
        let corrupt = || Error::new(Reason::Corrupt).with("what", "journal payload");
        let answer: journal::Answered = serde_json::from_str(&payload).map_err(|_| corrupt())?;
        if !journal::is_rebuilt(operation.name()) {
            operation.answered(&answer.reply).map_err(|_| corrupt())?;
        }
        return Ok(Some(Done { at: answer.at, json: None, position: found.position, replayed: true }));
    }
    Ok(None)
}

/// Whether all that an operation reads is one statement, which also says whether the configuration is the one it was
/// carried out with: a snapshot by itself, at the price of one statement in place of five.
pub(crate) fn reads_at_once(name: &str) -> bool {
    name == "access.decide"
}

/// Carries out a read outside a transaction. Nothing if no statement confirmed the configuration: then whatever came
/// out of it does not count, and it must be carried out on a snapshot.
pub(crate) fn read_at_once(
    connection: &mut dyn Connection,
    config: Arc<Config>,
    call: &Call,
    operation: &mut dyn Operation,
    now: Instant,
) -> Option<Result<Done>> {
    let mut confirmed = false;
    let result = read_with(connection, config, call, operation, now, &mut confirmed);
    confirmed.then_some(result)
}

/// Carries out a read on a snapshot.
pub(crate) fn read(
    connection: &mut dyn Connection,
    config: Arc<Config>,
    call: &Call,
    operation: &mut dyn Operation,
    now: Instant,
) -> Result<Done> {
    read_with(connection, config, call, operation, now, &mut false)
}

fn read_with(
    connection: &mut dyn Connection,
    config: Arc<Config>,
    call: &Call,
    operation: &mut dyn Operation,
    now: Instant,
    confirmed: &mut bool,
) -> Result<Done> {
    let venue = venue_of(&config, call)?;
    known_operator(&config, call)?;
    let at = call.at.unwrap_or(now);
    let clock_refused = refused_by_clock(call, at, now, &VenueClock::default(), false).is_some();
    let clock = VenueClock::default();
    let mut work = Work {
        connection,
        ids: None,
        config,
        config_seen: false,
        call,
        at,
        venue,
        clock,
        clock_refused,
        changes: Vec::new(),
    };
    let result = operation.run(&mut work);
    *confirmed = work.config_seen;
    result?;
    Ok(Done { json: None, at, position: None, replayed: false })
}
