//! The data of the demo as requests, their execution, and the comparison with what the data foresees.

use super::reports::Reports;
use crate::exec::ErrorHead;
use crate::exit::Outcome;
use crate::progress::Progress;
use carnet::domain::client::{CardKind, ClientKind, ExternalId, Sex};
use carnet::domain::{ClientId, Date};
use carnet::ops::card::CardAdd;
use carnet::ops::client::ClientAdd;
use carnet::{Engine, Error, Reason};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

const SETUP: &str = include_str!("../../data/setup.jsonl");
const CLIENTS: &str = include_str!("../../data/clients.csv");
const YEAR: &str = include_str!("../../data/year.jsonl");
const EXPECTED: &str = include_str!("../../data/expected.json");
/// When the clients of the old program are brought over.
const IMPORTED: &str = "2024-12-31T08:00:00Z";
/// How many requests share a commit.
const GROUP: usize = 256;

/// A client of the old program.
#[derive(Debug, Deserialize)]
struct Row {
    number: String,
    kind: ClientKind,
    first_name: Option<String>,
    last_name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    sex: Option<Sex>,
    birth_date: Option<Date>,
    card: Option<String>,
    notes: Option<String>,
}

/// What the demo reads in a reply.
#[derive(Debug, Deserialize)]
struct Answer {
    error: Option<ErrorHead>,
    #[serde(default)]
    replayed: bool,
    reply: Option<Reply>,
}

#[derive(Debug, Deserialize)]
struct Reply {
    client: Option<serde_json::Value>,
    decision: Option<Decision>,
}

#[derive(Debug, Deserialize)]
struct Decision {
    outcome: String,
}

/// What came of the requests.
#[derive(Debug, Default, Serialize)]
pub struct Tally {
    /// Requests of setup and import.
    pub prepared: u64,
    /// Requests of the year.
    pub operations: u64,
    /// Entries that were admitted.
    pub admitted: u64,
    /// Entries that were refused.
    pub refused: u64,
    /// Requests that got their first reply again.
    pub replayed: u64,
    /// Errors by reason.
    pub errors: BTreeMap<String, u64>,
}

impl Tally {
    /// All requests.
    pub fn done(&self) -> u64 {
        self.prepared.saturating_add(self.operations)
    }

    /// Requests answered with an error.
    pub fn failed(&self) -> u64 {
        self.errors.values().sum()
    }

    fn count(&mut self, answer: &Answer) {
        let plus_one = |number: &mut u64| *number = number.saturating_add(1);
        plus_one(&mut self.operations);
        if answer.replayed {
            plus_one(&mut self.replayed);
        }
        if let Some(error) = &answer.error {
            plus_one(self.errors.entry(error.reason.clone()).or_default());
        }
        match answer.reply.as_ref().and_then(|reply| reply.decision.as_ref()) {
            Some(decision) if decision.outcome == "admitted" => plus_one(&mut self.admitted),
            Some(_) => plus_one(&mut self.refused),
            None => {}
        }
    }
}

/// Carries out setup, import and year.
pub fn play(engine: &Engine) -> Outcome<Tally> {
    let rows = rows()?;
    let setup: Vec<Cow<[u8]>> = SETUP.lines().map(|line| line.as_bytes().into()).collect();
    let clients = rows.iter().map(add_client).collect::<Result<Vec<_>, _>>()?;
    let mut tally = Tally::default();
    let mut prepared = |requests: &[Cow<[u8]>], what| -> Outcome<Vec<Answer>> {
        tally.prepared = tally.prepared.saturating_add(u64::try_from(requests.len()).unwrap_or(0));
        execute(engine, requests, what, true)
    };
    prepared(&setup, "setup")?;
    let added = prepared(&clients, "clients")?;
    let cards: Result<Vec<_>, _> =
        rows.iter().zip(&added).filter_map(|(row, answer)| add_card(row, answer)).collect();
    prepared(&cards?, "cards")?;
    let year: Vec<Cow<[u8]>> = YEAR.lines().map(|line| line.as_bytes().into()).collect();
    for answer in execute(engine, &year, "the year", false)? {
        tally.count(&answer);
    }
    Ok(tally)
}

/// Carries out requests in groups. With `all`, an error ends it.
fn execute(engine: &Engine, requests: &[Cow<[u8]>], what: &'static str, all: bool) -> Outcome<Vec<Answer>> {
    let progress = Progress::things(u64::try_from(requests.len()).unwrap_or(0), what);
    let mut answers = Vec::with_capacity(requests.len());
    for group in requests.chunks(GROUP) {
        let lines: Vec<&[u8]> = group.iter().map(AsRef::as_ref).collect();
        for reply in engine.execute_json_group(&lines) {
            let answer: Answer = serde_json::from_str(&reply)
                .map_err(|_| Error::new(Reason::Internal).with("what", "reply"))?;
            if let (true, Some(error)) = (all, &answer.error) {
                let reason = Reason::from_text(&error.reason).unwrap_or(Reason::Internal);
                return Err(Error::new(reason).with("while", what).with("request", answers.len()).into());
            }
            answers.push(answer);
        }
        progress.advance(lines.len());
    }
    Ok(answers)
}

/// The clients of the old program.
fn rows() -> Outcome<Vec<Row>> {
    let mut reader = csv::Reader::from_reader(CLIENTS.as_bytes());
    let rows: Result<Vec<Row>, csv::Error> = reader.deserialize().collect();
    rows.map_err(|e| Error::new(Reason::BadFormat).with("file", "clients.csv").with("cause", e).into())
}

fn add_client(row: &Row) -> carnet::Result<Cow<'static, [u8]>> {
    let args = ClientAdd {
        kind: (row.kind == ClientKind::Company).then_some(ClientKind::Company),
        first_name: row.first_name.clone(),
        last_name: row.last_name.clone(),
        phone: row.phone.clone(),
        email: row.email.clone(),
        sex: row.sex,
        birth_date: row.birth_date,
        notes: row.notes.clone(),
        external_ids: vec![ExternalId { system: "club".to_owned(), value: row.number.clone() }],
        ..ClientAdd::default()
    };
    request("client.add", &args, &format!("import/{}", row.number))
}

/// The card of a client who was just added, if there is one.
fn add_card(row: &Row, added: &Answer) -> Option<carnet::Result<Cow<'static, [u8]>>> {
    let uid = row.card.clone()?;
    let client = ClientId(added.reply.as_ref()?.client.as_ref()?.as_i64()?);
    let args = CardAdd { client, uid, kind: Some(CardKind::Rfid) };
    Some(request("card.add", &args, &format!("import/{}/card", row.number)))
}

fn request<T: Serialize>(op: &str, args: &T, key: &str) -> carnet::Result<Cow<'static, [u8]>> {
    let request = serde_json::json!({ "op": op, "at": IMPORTED, "key": key, "args": args });
    serde_json::to_vec(&request).map(Cow::Owned).map_err(|_| Reason::Internal.into())
}

/// What the data foresees.
#[derive(Debug, Deserialize)]
pub struct Expected {
    operations: u64,
    admitted: u64,
    refused: u64,
    replayed: u64,
    passes: i64,
    sales_total: i64,
    inside: i64,
    on_accounts: i64,
    errors: BTreeMap<String, u64>,
    sales: BTreeMap<i64, i64>,
    owed: BTreeMap<i64, i64>,
    methods: BTreeMap<String, i64>,
}

/// What the data foresees.
pub fn expected() -> Outcome<Expected> {
    let bad = |e| Error::new(Reason::BadFormat).with("file", "expected.json").with("cause", e);
    Ok(serde_json::from_str(EXPECTED).map_err(bad)?)
}

impl Expected {
    /// What did not come as foreseen, a line each.
    pub fn compare(&self, tally: &Tally, reports: &Reports) -> Vec<String> {
        let (sales, owed) = (&reports.sales, &reports.owed);
        let by_plan = |rows: &mut dyn Iterator<Item = (i64, i64)>| rows.collect::<BTreeMap<_, _>>();
        let sold = by_plan(&mut sales.plans.iter().map(|row| (row.plan.0, row.count)));
        let left = by_plan(&mut owed.plans.iter().map(|row| (row.plan.0, row.owed.minor())));
        let paid: BTreeMap<String, i64> =
            sales.methods.iter().map(|row| (row.method.to_string(), row.total.minor())).collect();
        let mut lines = Vec::new();
        let mut same = |what: &str, foreseen: String, found: String| {
            if foreseen != found {
                lines.push(format!("{what}: {foreseen} foreseen, {found} found"));
            }
        };
        same("operations", self.operations.to_string(), tally.operations.to_string());
        same("entries admitted", self.admitted.to_string(), tally.admitted.to_string());
        same("entries refused", self.refused.to_string(), tally.refused.to_string());
        same("replies given again", self.replayed.to_string(), tally.replayed.to_string());
        same("errors", format!("{:?}", self.errors), format!("{:?}", tally.errors));
        same("passes sold", self.passes.to_string(), sales.count.to_string());
        same("passes sold by plan", format!("{:?}", self.sales), format!("{sold:?}"));
        same("cents of passes sold", self.sales_total.to_string(), sales.total.minor().to_string());
        same("cents paid by method", format!("{:?}", self.methods), format!("{paid:?}"));
        same("cents owed by plan", format!("{:?}", self.owed), format!("{left:?}"));
        same("clients inside", self.inside.to_string(), reports.inside.count.to_string());
        same("visits", self.admitted.to_string(), reports.visits.count.to_string());
        same("attempts refused", self.refused.to_string(), reports.visits.refused.to_string());
        same("cents on accounts", self.on_accounts.to_string(), owed.accounts.minor().to_string());
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnet::domain::contact::{Email, Phone};

    #[test]
    fn the_data_can_be_read() {
        let rows = rows().expect("clients.csv");
        assert!(rows.len() >= 2000);
        assert!(
            rows.iter().any(|row| row.birth_date.is_some_and(|date| date.to_string().ends_with("-02-29")))
        );
        assert!(rows.iter().any(|row| row.kind == ClientKind::Company));
        assert!(rows.iter().any(|row| row.first_name.is_none() && row.last_name.is_none()));
        let expected = expected().expect("expected.json");
        assert_eq!(u64::try_from(YEAR.lines().count()), Ok(expected.operations));
    }

    #[test]
    fn phones_and_addresses_of_the_data_are_valid() {
        for row in rows().expect("clients.csv") {
            if let Some(phone) = &row.phone {
                assert!(Phone::parse(phone, Some("RO")).is_ok(), "{phone}");
            }
            if let Some(email) = &row.email {
                assert!(email.parse::<Email>().is_ok(), "{email}");
            }
        }
    }

    #[test]
    fn times_of_the_data_never_go_backwards() {
        #[derive(Deserialize)]
        struct Timed {
            at: carnet::domain::Instant,
        }
        let mut last = IMPORTED.parse().expect("a time");
        for line in YEAR.lines() {
            let Timed { at } = serde_json::from_str(line).expect("a request");
            assert!(at >= last, "{line}");
            last = at;
        }
        assert!(last <= super::super::NOW.parse().expect("a time"));
    }
}
