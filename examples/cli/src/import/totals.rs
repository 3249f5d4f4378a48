//! Totals before and after, compared with what was in the file.

use crate::exit::Outcome;
use crate::session::Session;
use crate::ui::{Ui, count, number};
use carnet::domain::account::Unit;
use carnet::domain::opening::OpeningKind;
use carnet::ops::opening::ReportOpening;
use comfy_table::Cell;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many, and how much of their unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    count: i64,
    amount: i64,
}

impl Sum {
    /// One more.
    pub fn add(&mut self, amount: i64) {
        self.count = self.count.saturating_add(1);
        self.amount = self.amount.saturating_add(amount);
    }

    fn plus(self, other: Self) -> Self {
        Self {
            count: self.count.saturating_add(other.count),
            amount: self.amount.saturating_add(other.amount),
        }
    }
}

/// Sums by unit: `visits`, `credit:EUR`, `EUR`; passes of time under the empty one.
pub type Sums = BTreeMap<String, Sum>;

/// The totals of one unit.
#[derive(Debug, Serialize)]
pub struct Total {
    /// The unit; none for passes of time.
    pub unit: Option<String>,
    /// In the file: how many and how much.
    pub in_file: (i64, String),
    /// Taken over before this run.
    pub before: (i64, String),
    /// Taken over by it.
    pub now: (i64, String),
    /// There after it.
    pub after: (i64, String),
    /// Whether what was there before and what came now is what is there.
    pub agrees: bool,
}

/// What was taken over from this system so far.
pub fn so_far(session: &Session, kind: OpeningKind, system: &str) -> Outcome<Sums> {
    let request = ReportOpening { system: Some(system.to_owned()) };
    let mut sums = Sums::new();
    for total in session.engine.report_opening(&session.call, request)?.totals {
        if total.kind != kind {
            continue;
        }
        let read = |text: Option<&String>| match (total.unit, text) {
            (Some(unit), Some(text)) => unit.read(text),
            _ => Ok(0),
        };
        let amount = read(total.rest.as_ref())?.saturating_sub(read(total.debt.as_ref())?);
        let key = total.unit.map(|unit| unit.to_string()).unwrap_or_default();
        let sum = sums.entry(key).or_default();
        *sum = sum.plus(Sum { count: total.count, amount });
    }
    Ok(sums)
}

/// Puts the sums side by side. A dry run is not in the store afterwards.
pub fn compare(in_file: &Sums, before: &Sums, now: &Sums, after: &Sums, dry_run: bool) -> Vec<Total> {
    let mut units: Vec<&String> = in_file.keys().chain(before.keys()).chain(after.keys()).collect();
    units.sort_unstable();
    units.dedup();
    let of = |sums: &Sums, unit: &str| sums.get(unit).copied().unwrap_or_default();
    let total = |unit: &String| {
        let written = |sum: Sum| {
            let amount = unit.parse::<Unit>().map_or_else(|_| String::new(), |known| known.write(sum.amount));
            (sum.count, amount)
        };
        let expected = if dry_run { of(before, unit) } else { of(before, unit).plus(of(now, unit)) };
        Total {
            unit: (!unit.is_empty()).then(|| unit.clone()),
            in_file: written(of(in_file, unit)),
            before: written(of(before, unit)),
            now: written(of(now, unit)),
            after: written(of(after, unit)),
            agrees: expected == of(after, unit),
        }
    };
    units.into_iter().map(total).collect()
}

/// The totals as a table, and whether they agree.
pub fn show(ui: &Ui, totals: &[Total]) -> String {
    if totals.is_empty() {
        return String::new();
    }
    let headings = ["import-what", "import-in-file", "import-before", "import-now", "import-after"]
        .map(|id| ui.texts.say(id));
    let mut table = ui.table(&headings.each_ref().map(String::as_str));
    for total in totals {
        let cell = |(how_many, amount): &(i64, String)| {
            number(if amount.is_empty() {
                count(how_many)
            } else {
                format!("{} : {amount}", count(how_many))
            })
        };
        table.add_row([
            Cell::new(total.unit.clone().unwrap_or_else(|| ui.texts.say("import-time-passes"))),
            cell(&total.in_file),
            cell(&total.before),
            cell(&total.now),
            cell(&total.after),
        ]);
    }
    let agree = totals.iter().all(|total| total.agrees);
    format!("{table}\n{}", ui.texts.say(if agree { "import-agree" } else { "import-differ" }))
}
