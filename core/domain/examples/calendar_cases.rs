//! Answers calendar questions, one a line on standard input, so that `tests/calendar` can check them.
//!
//! Fields are separated by spaces: instants in microseconds of UTC, dates and local times as ISO 8601.

use carnet_domain::calendar::{
    Period, Unit, Zone, add, age_on, anchored, birthday_in, days_total, next_after, period_containing,
};
use carnet_domain::{Date, Instant};
use std::error::Error;
use std::io::{BufRead, Write};

fn instant(text: &str) -> Result<Instant, Box<dyn Error>> {
    Ok(Instant::from_micros(text.parse()?)?)
}

fn period(count: &str, unit: &str) -> Result<Period, Box<dyn Error>> {
    let unit = match unit {
        "days" => Unit::Day,
        "weeks" => Unit::Week,
        "months" => Unit::Month,
        "years" => Unit::Year,
        _ => return Err("no such unit".into()),
    };
    Ok(Period::new(count.parse()?, unit))
}

fn answer(line: &str) -> Result<String, Box<dyn Error>> {
    let fields: Vec<&str> = line.split(' ').collect();
    let zone = |name: &str| name.parse::<Zone>();
    Ok(match *fields {
        ["local", z, at] => zone(z)?.local(instant(at)?).format("%Y-%m-%dT%H:%M:%S%.6f").to_string(),
        ["resolve", z, local] => zone(z)?.resolve(local.parse()?)?.micros().to_string(),
        ["start", z, date] => zone(z)?.start_of(date.parse()?)?.micros().to_string(),
        ["anchored", z, anchor, count, unit, k] => {
            anchored(instant(anchor)?, zone(z)?, period(count, unit)?, k.parse()?)?.micros().to_string()
        }
        ["containing", z, anchor, count, unit, now] => {
            let span = period_containing(instant(anchor)?, zone(z)?, period(count, unit)?, instant(now)?)?;
            format!("{} {} {}", span.k, span.start.micros(), span.end.micros())
        }
        ["next", z, anchor, count, unit, now] => {
            next_after(instant(anchor)?, zone(z)?, period(count, unit)?, instant(now)?)?.micros().to_string()
        }
        ["days", z, start, end] => days_total(zone(z)?, instant(start)?, instant(end)?)?.to_string(),
        ["add", date, count, unit, k] => add(date.parse()?, period(count, unit)?, k.parse()?)?.to_string(),
        ["age", birth, on] => {
            age_on(birth.parse()?, on.parse::<Date>()?).map_or("None".into(), |age| age.to_string())
        }
        ["birthday", birth, year] => birthday_in(birth.parse()?, year.parse()?)?.to_string(),
        ["version"] => chrono_tz::IANA_TZDB_VERSION.to_owned(),
        ["zones"] => chrono_tz::TZ_VARIANTS.map(chrono_tz::Tz::name).join(" "),
        _ => return Err("no such question".into()),
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        match answer(&line?) {
            Ok(text) => writeln!(out, "{text}")?,
            Err(error) => writeln!(out, "error: {error}")?,
        }
    }
    Ok(out.flush()?)
}
