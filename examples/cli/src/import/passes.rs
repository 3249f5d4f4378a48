//! Running passes out of a table.

use super::columns::{Field, PASSES};
use super::read::Row;
use super::report::{Reply, Report};
use super::totals::{self, Sums, Total};
use super::{Bad, GROUP, ImportArgs, Opened, carry_out, holder, request, values};
use crate::exit::{Failure, Outcome};
use crate::session::Session;
use crate::ui::Ui;
use carnet::domain::account::Unit;
use carnet::domain::contact::search_key;
use carnet::domain::opening::OpeningKind;
use carnet::domain::plan::{Plan, PlanKind};
use carnet::ops::plan::PlanList;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What came of it, with the totals.
#[derive(Serialize)]
pub struct WithTotals<'a> {
    #[serde(flatten)]
    report: &'a Report,
    totals: &'a [Total],
}

/// A row that waits for its commit, with its unit and what is left in it.
pub struct Waiting {
    /// The row.
    pub row: Row,
    /// Of what.
    pub unit: String,
    /// How much.
    pub amount: i64,
    /// What is sent.
    pub request: Vec<u8>,
}

/// Taking over, pass by pass or balance by balance.
pub struct TakingOver<'a> {
    session: &'a Session,
    ui: &'a Ui,
    pub opened: Opened<'a>,
    pub report: Report,
    in_file: Sums,
    now: Sums,
    waiting: Vec<Waiting>,
}

impl<'a> TakingOver<'a> {
    /// Nothing yet.
    pub fn new(session: &'a Session, ui: &'a Ui, opened: Opened<'a>, rows: usize) -> Self {
        let report = Report { rows, dry_run: opened.args.dry_run, ..Report::default() };
        Self { session, ui, opened, report, in_file: Sums::new(), now: Sums::new(), waiting: Vec::new() }
    }

    /// Counts what is in the file, taken or not.
    pub fn count(&mut self, unit: &str, amount: i64) {
        self.in_file.entry(unit.to_owned()).or_default().add(amount);
    }

    /// Puts a row into the next commit.
    pub fn wait(&mut self, row: Row, (unit, amount): (String, i64), op: &str, args: &Value) -> Outcome {
        let request = request(self.session, op, args, self.opened.args.dry_run);
        self.waiting.push(Waiting { row, unit, amount, request });
        if self.waiting.len() >= GROUP { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Outcome {
        let waiting = std::mem::take(&mut self.waiting);
        let requests: Vec<Vec<u8>> = waiting.iter().map(|one| one.request.clone()).collect();
        for (one, reply) in waiting.into_iter().zip(carry_out(self.session, &requests)?) {
            match reply {
                Reply::Refused(reason, field) => {
                    let field = column(&field);
                    self.report.refuse(self.ui, self.opened.place(), &one.row, &reason, field);
                }
                Reply::Done(reply) if reply.get("repeated") == Some(&Value::Bool(true)) => {
                    self.report.known = self.report.known.saturating_add(1);
                }
                Reply::Done(_) => {
                    self.report.added = self.report.added.saturating_add(1);
                    self.now.entry(one.unit).or_default().add(one.amount);
                }
            }
        }
        Ok(())
    }

    /// Takes over what still waits, and compares the totals.
    pub fn finish(mut self, kind: OpeningKind, before: &Sums) -> Outcome {
        self.flush()?;
        let after = totals::so_far(self.session, kind, &self.opened.args.system)?;
        let totals = totals::compare(&self.in_file, before, &self.now, &after, self.opened.args.dry_run);
        let whole = WithTotals { report: &self.report, totals: &totals };
        self.opened.finish(self.ui, &self.report, &whole, || totals::show(self.ui, &totals))?;
        if totals.iter().all(|total| total.agrees) { Ok(()) } else { Err(Failure::Differences) }
    }
}

/// The column that a field of the engine comes from.
fn column(field: &str) -> &str {
    match field.split('.').next().unwrap_or_default() {
        "visits" | "credit" => "rest",
        "external_id" => "number",
        other => other,
    }
}

/// Imports them all.
pub fn import(session: &Session, ui: &Ui, args: &ImportArgs) -> Outcome {
    let mut opened = Opened::new(ui, args, PASSES)?;
    let plans = session.engine.plan_list(&session.call, PlanList::default())?.plans;
    let before = totals::so_far(session, OpeningKind::Pass, &args.system)?;
    let rows = std::mem::take(&mut opened.sheet.rows);
    let progress = opened.progress_of(rows.len());
    let mut taking = TakingOver::new(session, ui, opened, rows.len());
    for row in rows {
        one(&mut taking, &plans, row)?;
        progress.advance(1);
    }
    drop(progress);
    taking.finish(OpeningKind::Pass, &before)
}

fn one(taking: &mut TakingOver<'_>, plans: &[Plan], row: Row) -> Outcome {
    let (session, ui) = (taking.session, taking.ui);
    let Some(plan) = plan(&taking.opened, plans, &row) else {
        let text = ui.texts.say("import-which-plan");
        taking.report.note(taking.opened.place(), &row, "plan_not_found", "plan", text);
        return Ok(());
    };
    let read =
        rest(&taking.opened, plan, &row).and_then(|rest| Ok((rest, fields(&taking.opened, plan, &row)?)));
    let ((unit, amount), mut fields) = match read {
        Ok(read) => read,
        Err(Bad(reason, field)) => {
            taking.report.refuse(ui, taking.opened.place(), &row, reason, field);
            return Ok(());
        }
    };
    taking.count(&unit, amount);
    let Some(client) = holder::of(session, ui, &taking.opened, &row, &mut taking.report)? else {
        return Ok(());
    };
    // A number is the pass's own only where another column names the client.
    let own = holder::has_other(&taking.opened);
    let number = taking.opened.get(&row, Field::Number).filter(|_| own).map(str::to_owned);
    let key = taking.opened.key(&row, number.as_deref());
    fields.insert("client".to_owned(), json!(client));
    fields.insert("plan".to_owned(), json!(plan.plan));
    fields.insert("external_id".to_owned(), json!(key));
    match &plan.kind {
        PlanKind::Visits { .. } => fields.insert("visits".to_owned(), json!(amount)),
        PlanKind::Credit { credit, .. } => {
            let money = carnet::domain::Money::new(amount, credit.currency());
            fields.insert("credit".to_owned(), json!(money))
        }
        PlanKind::Time { .. } => None,
    };
    taking.wait(row, (unit, amount), "pass.import", &Value::Object(fields))
}

/// The plan of a row: by its name, or by its id.
fn plan<'p>(opened: &Opened<'_>, plans: &'p [Plan], row: &Row) -> Option<&'p Plan> {
    let text = opened.get(row, Field::Plan)?;
    if let Some(plan) = plans.iter().find(|plan| plan.plan.to_string() == text) {
        return Some(plan);
    }
    let key = search_key(text);
    let by_key =
        |plan: &&Plan| plan.external_ids.iter().any(|id| id.system == opened.args.system && id.value == text);
    let named = |plan: &&Plan| plan.name.as_deref().is_some_and(|name| search_key(name) == key);
    let mut found = plans.iter().filter(|plan| by_key(plan) || named(plan));
    found.next().filter(|_| found.next().is_none())
}

/// What is left, in the unit of the plan.
fn rest(opened: &Opened<'_>, plan: &Plan, row: &Row) -> Result<(String, i64), Bad> {
    let bad = Bad("bad_format", "rest");
    let text = || opened.get(row, Field::Rest).ok_or(Bad("required", "rest"));
    match &plan.kind {
        PlanKind::Time { .. } => Ok((String::new(), 0)),
        PlanKind::Visits { .. } => Ok((Unit::Visits.to_string(), values::whole(text()?).ok_or(bad)?)),
        PlanKind::Credit { credit, .. } => {
            let unit = Unit::Credit(credit.currency());
            let amount = values::amount(text()?).ok_or(Bad("bad_format", "rest"))?;
            Ok((unit.to_string(), unit.read(&amount).map_err(|_| bad)?))
        }
    }
}

fn fields(opened: &Opened<'_>, plan: &Plan, row: &Row) -> Result<Map<String, Value>, Bad> {
    let mut fields = Map::new();
    for field in [Field::Sold, Field::Starts, Field::Through] {
        if let Some(date) = opened.date(row, field)? {
            fields.insert(field.as_str().to_owned(), date);
        }
    }
    for field in [Field::Price, Field::Owed] {
        if let Some(text) = opened.get(row, field) {
            let amount = values::amount(text).ok_or(Bad("bad_format", field.as_str()))?;
            let money = json!({ "amount": amount, "currency": plan.price.currency() });
            fields.insert(field.as_str().to_owned(), money);
        }
    }
    for field in [Field::FrozenDays, Field::FrozenTimes] {
        if let Some(text) = opened.get(row, field) {
            let count = values::whole(text).ok_or(Bad("bad_format", field.as_str()))?;
            fields.insert(field.as_str().to_owned(), json!(count));
        }
    }
    if let Some(text) = opened.get(row, Field::AutoRenew) {
        let flag = values::flag(text).ok_or(Bad("unknown_value", "auto_renew"))?;
        fields.insert("auto_renew".to_owned(), json!(flag));
    }
    if let Some(text) = opened.get(row, Field::Notes) {
        fields.insert("notes".to_owned(), json!(text));
    }
    Ok(fields)
}
