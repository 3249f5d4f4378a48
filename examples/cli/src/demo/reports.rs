//! What a manager wants to see after the year.

use crate::desk;
use crate::exit::Outcome;
use crate::session::Session;
use crate::ui::{Ui, amount, count, digits, last_day, money, number};
use carnet::domain::calendar::Zone;
use carnet::domain::decision::Outcome as Outcomes;
use carnet::domain::time::SECOND;
use carnet::domain::{Instant, Money};
use carnet::ops::access::{AccessDecide, AccessWhoIsIn, Presence, WhoIsIn};
use carnet::ops::check::{StoreCheck, StoreChecked};
use carnet::ops::client::{ClientFind, ClientGet, ClientGot};
use carnet::ops::journal::{JournalVerified, JournalVerify};
use carnet::ops::pass::{PassList, PassListed};
use carnet::ops::report::{HourVisits, Owed, ReportOwed, ReportSales, ReportVisits, Sales, Visits};
use comfy_table::{Cell, Color};
use std::collections::BTreeMap;

/// The first instant of the year, in the zone of the club.
const YEAR_BEGINS: &str = "2025-01-01T00:00:00+02:00";
/// Two weeks in microseconds.
const TWO_WEEKS: i64 = 14 * 86_400 * SECOND;
/// How many of the passes that end soon are printed.
const ENDING_SHOWN: usize = 12;
/// Bars of a growing height.
const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Colours of a growing warmth, of the 256 of a terminal.
const WARMTH: [u8; 9] = [240, 24, 31, 37, 71, 142, 178, 208, 196];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// All reports at the end of the year.
#[derive(serde::Serialize)]
pub struct Reports {
    /// Sales by plan and by method.
    pub sales: Sales,
    /// Visits by weekday and hour.
    pub visits: Visits,
    /// Who is inside.
    pub inside: WhoIsIn,
    /// Passes that end within two weeks.
    pub ending: PassListed,
    /// Their holders' names, in the same order.
    pub holders: Vec<String>,
    /// Somebody inside who is let in again and whose name is nobody else's: for the commands to try.
    pub guest: Option<Presence>,
    /// What is owed.
    pub owed: Owed,
    /// The check of the store.
    pub check: StoreChecked,
    /// The verification of the journal.
    pub journal: JournalVerified,
    #[serde(skip)]
    zone: Zone,
}

impl Reports {
    /// Asks the engine for every report.
    pub fn of(session: &Session) -> Outcome<Self> {
        let Session { engine, call } = session;
        let now = call.at.unwrap_or(Instant::FOREVER);
        let (from, to) = (YEAR_BEGINS.parse()?, now);
        let ends_before = Some(now.plus_micros(TWO_WEEKS)?);
        let ending =
            engine.pass_list(call, PassList { ends_before, limit: Some(1000), ..PassList::default() })?;
        let holder = |client| engine.client_get(call, ClientGet { client });
        let named = |got: ClientGot| got.client.full_name();
        let holders: carnet::Result<Vec<_>> =
            ending.passes.iter().map(|view| holder(view.pass.client).map(named)).collect();
        let inside = engine.access_who_is_in(call, AccessWhoIsIn { after: None, limit: Some(1000) })?;
        Ok(Self {
            guest: guest(session, &inside.clients)?,
            inside,
            sales: engine.report_sales(call, ReportSales { from, to })?,
            visits: engine.report_visits(call, ReportVisits { from, to })?,
            holders: holders?,
            ending,
            owed: engine.report_owed(call, ReportOwed {})?,
            check: engine.store_check(call, StoreCheck {})?,
            journal: engine.journal_verify(call, JournalVerify {})?,
            zone: session.zone()?,
        })
    }

    /// Whether books and journal are in order.
    pub fn ok(&self) -> bool {
        self.check.ok && self.check.balanced && self.journal.ok
    }

    /// All reports as tables.
    pub fn text(&self, ui: &Ui) -> String {
        let inside = desk::presence(ui, &self.inside.clients, self.zone);
        [
            ui.heading("Passes sold in 2025"),
            self.sales_by_plan(ui),
            ui.heading("Money taken in 2025, top-ups included, less refunds"),
            self.sales_by_method(ui),
            ui.heading("Visits by weekday and hour"),
            heat(ui, &self.visits.hours),
            format!(
                "{} visits of {} clients, {} attempts refused",
                count(self.visits.count),
                count(self.visits.clients),
                count(self.visits.refused)
            ),
            ui.heading("Inside on 31 December, 18:40"),
            inside,
            ui.heading("Passes that end within 14 days"),
            self.ending_soon(ui),
            ui.heading(&format!("What the club owes, {} net of tax", self.owed.passes.currency())),
            self.owed(ui),
        ]
        .join("\n")
    }

    fn sales_by_plan(&self, ui: &Ui) -> String {
        let mut table = ui.table(&["plan", "sold", "for"]);
        for plan in &self.sales.plans {
            table.add_row([
                Cell::new(name_of(plan.name.as_deref())),
                number(count(plan.count)),
                money(plan.total),
            ]);
        }
        table.add_row([ui.strong("in all"), number(count(self.sales.count)), money(self.sales.total)]);
        table.to_string()
    }

    fn sales_by_method(&self, ui: &Ui) -> String {
        let mut table = ui.table(&["paid by", "amount"]);
        for method in &self.sales.methods {
            table.add_row([Cell::new(method.method), money(method.total)]);
        }
        format!("{table}\n{} of it put on accounts", amount(self.sales.top_ups))
    }

    fn ending_soon(&self, ui: &Ui) -> String {
        let mut table = ui.table_that_breaks(&["through", "client", "plan", "left"], 2);
        for (view, holder) in self.ending.passes.iter().zip(&self.holders).take(ENDING_SHOWN) {
            table.add_row([
                Cell::new(last_day(self.zone, view.pass.ends)),
                Cell::new(holder),
                Cell::new(name_of(view.pass.name.as_deref())),
                number(desk::left(ui, view)),
            ]);
        }
        let more = self.ending.passes.len().saturating_sub(ENDING_SHOWN);
        if more == 0 { table.to_string() } else { format!("{table}\nand {more} more") }
    }

    fn owed(&self, ui: &Ui) -> String {
        let mut table = ui.table_that_breaks(&["plan", "sold", "given", "lapsed", "refunded", "owed"], 0);
        for plan in &self.owed.plans {
            table.add_row([
                Cell::new(name_of(plan.name.as_deref())),
                number(digits(plan.sold)),
                number(digits(plan.recognised)),
                number(digits(plan.breakage)),
                number(digits(plan.refunded)),
                number(digits(plan.owed)),
            ]);
        }
        let line = |what: &str, value: Money| format!("\n{what:32}{:>20}", amount(value));
        let mut text = table.to_string();
        text.push_str(&line("passes sold and not yet given", self.owed.passes));
        text.push_str(&line("money on accounts of clients", self.owed.accounts));
        text.push_str(&line("taxes collected", self.owed.tax_payable));
        text
    }
}

/// Somebody inside who is let in again and whose name is nobody else's.
fn guest(session: &Session, inside: &[Presence]) -> Outcome<Option<Presence>> {
    let Session { engine, call } = session;
    for one in inside {
        let decision = engine
            .access_decide(call, AccessDecide { client: Some(one.client), ..AccessDecide::default() })?;
        let namesakes =
            engine.client_find(call, ClientFind { name: Some(one.name.clone()), ..ClientFind::default() })?;
        if decision.outcome == Outcomes::Admitted && namesakes.clients.len() == 1 {
            return Ok(Some(one.clone()));
        }
    }
    Ok(None)
}

fn name_of(name: Option<&str>) -> &str {
    name.unwrap_or("(visits without a name)")
}

/// Visits as a heat table: hours down, weekdays across.
fn heat(ui: &Ui, hours: &[HourVisits]) -> String {
    let most = hours.iter().map(|hour| hour.count).max().unwrap_or(0);
    let mut rows: BTreeMap<i32, BTreeMap<i32, i64>> = BTreeMap::new();
    for hour in hours {
        rows.entry(hour.hour).or_default().insert(hour.weekday, hour.count);
    }
    let headings: Vec<&str> = std::iter::once("hour").chain(WEEKDAYS).collect();
    let mut table = ui.table(&headings);
    for (hour, days) in rows {
        let cells = (1..=7).map(|day| warm(ui, days.get(&day).copied().unwrap_or(0), most));
        table.add_row(std::iter::once(Cell::new(format!("{hour:02}"))).chain(cells));
    }
    table.to_string()
}

/// A count with a bar and a colour by its share of the largest.
fn warm(ui: &Ui, value: i64, most: i64) -> Cell {
    let step = level(value, most);
    let bar = BARS.get(step).copied().unwrap_or(' ');
    let colour = WARMTH.get(step).copied().unwrap_or_default();
    ui.coloured(format!("{value:>4} {bar}"), Color::AnsiValue(colour))
}

/// 0 for nothing, then 1 to 8 in equal steps.
fn level(value: i64, most: i64) -> usize {
    let steps =
        value.saturating_mul(8).checked_add(most.saturating_sub(1)).and_then(|sum| sum.checked_div(most));
    steps.and_then(|step| usize::try_from(step).ok()).unwrap_or(0).min(8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heat_grows_in_equal_steps() {
        let levels: Vec<usize> = [0, 1, 10, 11, 40, 79, 80].iter().map(|value| level(*value, 80)).collect();
        assert_eq!(levels, [0, 1, 1, 2, 4, 8, 8]);
        assert_eq!(level(0, 0), 0);
    }
}
