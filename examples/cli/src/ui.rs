//! What people see: tables that fit the terminal, colours where they are wanted, one line for an error.

use crate::exit::{Failure, Outcome};
use crate::texts::Texts;
use carnet::domain::calendar::Zone;
use carnet::domain::{Instant, Money};
use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, presets,
};
use serde::Serialize;
use std::io::{IsTerminal, Write};

/// An error as the engine's replies write it.
#[derive(Serialize)]
struct Failed<'a> {
    error: &'a carnet::Error,
}

/// How to talk.
pub struct Ui {
    /// In JSON.
    pub json: bool,
    /// What is said to people at a desk.
    pub texts: Texts,
    /// The command is one of the desk: its errors say what to do.
    pub desk: bool,
    colour: bool,
}

/// When there are colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Colour {
    /// In a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Ui {
    /// Talks as the options, the environment and the terminal say.
    pub fn new(json: bool, colour: Colour, language: Option<&str>, desk: bool) -> Self {
        let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => !forbidden && std::io::stdout().is_terminal(),
        };
        Self { json, texts: Texts::of(language), desk, colour }
    }

    /// Says something beside the reply, on standard error; not where a program reads.
    pub fn remark(&self, text: &str) {
        if !self.json {
            eprintln!("{text}");
        }
    }

    /// Prints lines of text.
    pub fn print(&self, text: impl std::fmt::Display) -> Outcome {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|e| Failure::output(&e))
    }

    /// Prints a reply as JSON.
    pub fn print_json<T: Serialize>(&self, reply: &T) -> Outcome {
        let text = serde_json::to_string(reply).map_err(|_| carnet::Error::new(carnet::Reason::Internal))?;
        self.print(text)
    }

    /// Prints a reply: as JSON if asked for, else as people read it.
    pub fn reply<T: Serialize>(&self, reply: &T, text: impl FnOnce() -> String) -> Outcome {
        if self.json { self.print_json(reply) } else { self.print(text()) }
    }

    /// Prints a failure: one line for people, an object for programs.
    pub fn failure(&self, failure: &Failure) {
        match failure {
            Failure::Engine(error) if self.json => {
                // What cannot be written here cannot be told anywhere; the exit code stays.
                drop(self.print_json(&Failed { error }));
            }
            Failure::Engine(error) if self.desk => {
                eprintln!("{}", self.texts.with("error", &[("text", &self.texts.error(error))]));
            }
            Failure::Engine(error) => eprintln!("error: {error}"),
            // What a desk was refused stands in the reply.
            Failure::Differences | Failure::Reply(_) if !self.json && !self.desk => {
                eprintln!("error: {failure}")
            }
            _ => {}
        }
    }

    /// A table with these headings.
    pub fn table(&self, headings: &[&str]) -> Table {
        let mut table = Table::new();
        table.load_preset(presets::UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
        if self.colour {
            table.enforce_styling();
        } else {
            // Also forgets the terminal, so its width is told.
            let width = table.width();
            table.force_no_tty();
            if let Some(width) = width {
                table.set_width(width);
            }
        }
        table.set_header(headings.iter().map(|text| self.strong(text)));
        table
    }

    /// The same, where only one column may be broken into lines: ids and dates are copied by people.
    pub fn table_that_breaks(&self, headings: &[&str], breaks: usize) -> Table {
        let mut table = self.table(headings);
        for (index, column) in table.column_iter_mut().enumerate() {
            if index != breaks {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        table
    }

    /// A cell in bold.
    pub fn strong(&self, text: &str) -> Cell {
        Cell::new(text).add_attribute(Attribute::Bold)
    }

    /// A cell in a colour.
    pub fn coloured(&self, text: impl ToString, colour: Color) -> Cell {
        Cell::new(text).fg(colour)
    }

    /// A heading above a table.
    pub fn heading(&self, text: &str) -> String {
        if self.colour { format!("\n\u{1b}[1m{text}\u{1b}[0m") } else { format!("\n{text}") }
    }
}

/// A cell with a number.
pub fn number(value: impl ToString) -> Cell {
    Cell::new(value).set_alignment(CellAlignment::Right)
}

/// A cell with an amount of money.
pub fn money(value: Money) -> Cell {
    number(amount(value))
}

/// An amount as people read it: `12 345.60 EUR`.
pub fn amount(value: Money) -> String {
    format!("{} {}", digits(value), value.currency())
}

/// The same without the currency, for columns whose heading names it.
pub fn digits(value: Money) -> String {
    let text = value.amount().to_string();
    let (sign, plain) = text.strip_prefix('-').map_or(("", text.as_str()), |plain| ("-", plain));
    let (whole, fraction) =
        plain.split_once('.').map_or((plain, String::new()), |(w, f)| (w, format!(".{f}")));
    format!("{sign}{}{fraction}", grouped(whole))
}

/// A whole number as people read it: `12 345`.
pub fn count(value: impl ToString) -> String {
    grouped(&value.to_string())
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    let length = digits.chars().count();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && length.saturating_sub(index) % 3 == 0 && text != "-" {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// A time as the clock on the venue's wall shows it.
pub fn wall(zone: Zone, instant: Instant) -> String {
    zone.local(instant).format("%Y-%m-%d %H:%M").to_string()
}

/// The same, or a dash.
pub fn wall_or_dash(zone: Zone, instant: Option<Instant>) -> String {
    instant.map_or_else(|| "–".to_owned(), |instant| wall(zone, instant))
}

/// The last day of something that has ended at an instant, or a dash.
pub fn last_day(zone: Zone, end: Option<Instant>) -> String {
    let last = end.and_then(|end| end.plus_micros(-1).ok());
    last.map_or_else(|| "–".to_owned(), |last| zone.local(last).date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        for (value, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1 000"),
            (-1000, "-1 000"),
            (-100, "-100"),
            (1_234_567, "1 234 567"),
        ] {
            assert_eq!(count(value), text);
        }
        let eur = "EUR".parse().expect("a currency");
        assert_eq!(amount(Money::new(-123_456_789, eur)), "-1 234 567.89 EUR");
        assert_eq!(amount(Money::new(5, eur)), "0.05 EUR");
        assert_eq!(digits(Money::new(100_000, eur)), "1 000.00");
        assert_eq!(amount(Money::new(1500, "JPY".parse().expect("a currency"))), "1 500 JPY");
    }
    #[test]
    fn what_ends_at_midnight_lasts_through_the_day_before() {
        let zone = "Europe/Bucharest".parse().expect("a zone");
        assert_eq!(last_day(zone, "2025-12-31T22:00:00Z".parse().ok()), "2025-12-31");
        assert_eq!(last_day(zone, "2025-12-31T22:00:00.000001Z".parse().ok()), "2026-01-01");
        assert_eq!(last_day(zone, None), "–");
    }
}
