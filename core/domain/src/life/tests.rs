//! What a plan may allow at the desk: every bound from both sides, and fees in the currency of the price.

use super::*;

fn currency(code: &str) -> Currency {
    code.parse().expect("a currency")
}

fn money(minor: i64, code: &str) -> Money {
    Money::new(minor, currency(code))
}

/// The reason and the field of a refusal, for a plan in euros; nothing where the rules may stand.
fn refused(set: impl FnOnce(&mut LifeRules)) -> Option<(Reason, String)> {
    let mut rules = LifeRules::default();
    set(&mut rules);
    let error = rules.validate(currency("EUR")).err()?;
    Some((error.reason(), error.field_name().unwrap_or_default().to_owned()))
}

#[test]
fn every_number_has_its_bounds() {
    type Set = fn(&mut LifeRules, i32);
    let numbers: [(&str, i32, i32, Set); 6] = [
        ("freeze.days", 1, 3660, |rules, value| rules.freeze.get_or_insert_default().days = Some(value)),
        ("freeze.times", 1, 100, |rules, value| rules.freeze.get_or_insert_default().times = Some(value)),
        ("freeze.shortest", 1, 3660, |rules, value| {
            rules.freeze.get_or_insert_default().shortest = Some(value)
        }),
        ("renewal.grace_days", 0, 366, |rules, value| {
            rules.renewal.get_or_insert_default().grace_days = Some(value);
        }),
        ("renewal.due_days", 0, 366, |rules, value| {
            rules.renewal.get_or_insert_default().due_days = Some(value);
        }),
        ("reversal_grace_days", 0, 366, |rules, value| rules.reversal_grace_days = Some(value)),
    ];
    for (field, min, max, set) in numbers {
        for (value, stands) in [(min - 1, false), (min, true), (max, true), (max + 1, false)] {
            let expected = (!stands).then(|| (Reason::OutOfRange, field.to_owned()));
            assert_eq!(refused(|rules| set(rules, value)), expected, "{field} {value}");
        }
    }
    assert_eq!(refused(|_| {}), None, "what is left out limits nothing");
}

#[test]
fn a_fee_is_not_negative_and_in_the_currency_of_the_price() {
    let freeze =
        |fee| refused(|rules| rules.freeze = Some(FreezeRules { fee: Some(fee), ..FreezeRules::default() }));
    let transfer = |fee| refused(|rules| rules.transfer = Some(TransferRules { fee: Some(fee) }));
    for (field, ask) in [("freeze.fee", &freeze as &dyn Fn(Money) -> _), ("transfer.fee", &transfer)] {
        assert_eq!((ask(money(0, "EUR")), ask(money(1, "EUR"))), (None, None), "{field}");
        assert_eq!(ask(money(-1, "EUR")), Some((Reason::OutOfRange, format!("{field}.amount"))));
        assert_eq!(ask(money(1, "USD")), Some((Reason::CurrencyMismatch, field.to_owned())));
        // What is negative in another currency is negative first.
        assert_eq!(ask(money(-1, "USD")), Some((Reason::OutOfRange, format!("{field}.amount"))));
    }
}

#[test]
fn a_start_by_first_use_comes_after_what_made_the_version_and_before_the_next() {
    let lines = [
        (1, PassAct::Sell),
        (1, PassAct::Start),
        (2, PassAct::Freeze),
        (2, PassAct::Start),
        (3, PassAct::Visit),
    ];
    assert_eq!(lines.map(|(version, act)| PassEvent::line_of(version, act)), [2, 3, 4, 5, 6]);
}
