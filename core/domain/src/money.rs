//! Money: whole minor units of an ISO 4217 currency, and the rates applied to it.

use crate::error::{Error, Reason, Result};
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;
use std::str::FromStr;

/// A currency of ISO 4217. In JSON its three letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The three letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimal digits an amount has: 2 for EUR, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        iso_currency::Currency::from_code(text).map(Self).ok_or_else(|| Reason::UnknownCurrency.into())
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::from_text(deserializer)
    }
}

impl schemars::JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "minLength": 3, "maxLength": 3,
            "description": "Three letters of ISO 4217, such as EUR." })
    }
}

/// The largest amount in minor units: 10¹⁵, ten trillion euros.
pub const MINOR_MAX: i64 = 1_000_000_000_000_000;

/// An amount of money. In JSON `{"amount":"12.50","currency":"EUR"}`; more digits than the currency has are invalid.
///
/// ```
/// use carnet_domain::{Currency, Money};
/// let eur: Currency = "EUR".parse()?;
/// assert_eq!(Money::parse("12.5", eur)?, Money::new(1250, eur));
/// assert_eq!(Money::new(-5, eur).to_string(), "-0.05 EUR");
/// # Ok::<(), carnet_domain::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount of `minor` units: cents for EUR.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in this currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount with the decimal digits of the currency: `12.50`.
    #[must_use]
    pub fn amount(self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }

    /// Reads an amount written with a decimal point.
    ///
    /// # Errors
    /// `bad_format`, `too_many_digits` or `out_of_range`, all with the field `amount`.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self> {
        let plain = amount.strip_prefix('-').unwrap_or(amount);
        let well_formed = plain.starts_with(|c: char| c.is_ascii_digit())
            && plain.ends_with(|c: char| c.is_ascii_digit())
            && plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let bad = || Error::field(Reason::BadFormat, "amount");
        if !well_formed || amount.len() > 32 {
            return Err(bad());
        }
        let decimal = Decimal::from_str_exact(amount).map_err(|_| bad())?;
        Self::from_decimal(decimal, currency)
    }

    /// The exact amount of a decimal number.
    ///
    /// # Errors
    /// `too_many_digits` or `out_of_range`, with the field `amount`.
    pub fn from_decimal(decimal: Decimal, currency: Currency) -> Result<Self> {
        let out_of_range = || Error::field(Reason::OutOfRange, "amount");
        let scale = Decimal::from(10_i64.pow(currency.exponent()));
        let minor = decimal.checked_mul(scale).ok_or_else(out_of_range)?;
        if !minor.fract().is_zero() {
            return Err(Error::field(Reason::TooManyDigits, "amount"));
        }
        let minor = i64::try_from(minor.trunc()).map_err(|_| out_of_range())?;
        if (-MINOR_MAX..=MINOR_MAX).contains(&minor) {
            Ok(Self { minor, currency })
        } else {
            Err(out_of_range())
        }
    }

    /// The sum of two amounts.
    ///
    /// # Errors
    /// `currency_mismatch`, or `overflow`.
    pub fn checked_add(self, other: Self) -> Result<Self> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(Reason::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The difference of two amounts.
    ///
    /// # Errors
    /// `currency_mismatch`, or `overflow`.
    pub fn checked_sub(self, other: Self) -> Result<Self> {
        self.same_currency(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(Reason::Overflow)?;
        Ok(Self { minor, ..self })
    }

    fn same_currency(self, other: Self) -> Result<()> {
        if self.currency == other.currency { Ok(()) } else { Err(Reason::CurrencyMismatch.into()) }
    }

    /// The part net of tax of an amount that includes tax at `rate`: amount ÷ (1 + rate), half away from zero.
    /// The tax is what remains, so the two always add up.
    ///
    /// # Errors
    /// `overflow`.
    pub fn net_of_tax(self, rate: Percent) -> Result<Self> {
        let divisor = Decimal::ONE_HUNDRED.checked_add(rate.0).ok_or(Reason::Overflow)?;
        let hundredfold =
            Decimal::from(self.minor).checked_mul(Decimal::ONE_HUNDRED).ok_or(Reason::Overflow)?;
        let net = hundredfold.checked_div(divisor).ok_or(Reason::Overflow)?;
        Ok(Self { minor: round_minor(net)?, ..self })
    }
}

/// Rounds half away from zero to whole minor units.
///
/// # Errors
/// `overflow` if the result does not fit.
pub fn round_minor(value: Decimal) -> Result<i64> {
    let rounded = value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(rounded).map_err(|_| Reason::Overflow.into())
}

/// `round(value · numerator ÷ denominator)`, half away from zero, in whole minor units.
///
/// # Errors
/// `overflow`, also for a denominator of zero.
pub fn proportion(value: i64, numerator: i64, denominator: i64) -> Result<i64> {
    if denominator == 0 {
        return Err(Reason::Overflow.into());
    }
    let product = i128::from(value).checked_mul(i128::from(numerator)).ok_or(Reason::Overflow)?;
    let divisor = i128::from(denominator);
    let quotient = product.checked_div(divisor).ok_or(Reason::Overflow)?;
    let rest = product.checked_rem(divisor).ok_or(Reason::Overflow)?;
    let twice = rest.unsigned_abs().checked_mul(2).ok_or(Reason::Overflow)?;
    let away =
        if twice >= divisor.unsigned_abs() { product.signum().saturating_mul(divisor.signum()) } else { 0 };
    let rounded = quotient.checked_add(away).ok_or(Reason::Overflow)?;
    i64::try_from(rounded).map_err(|_| Reason::Overflow.into())
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MoneyText<'a> {
    #[serde(borrow)]
    amount: std::borrow::Cow<'a, str>,
    currency: Currency,
}

impl serde::Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MoneyText { amount: self.amount().to_string().into(), currency: self.currency }.serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = MoneyText::deserialize(deserializer)?;
        Self::parse(&text.amount, text.currency).map_err(crate::error::serde_error)
    }
}

impl schemars::JsonSchema for Money {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Money".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let currency = generator.subschema_for::<Currency>();
        schemars::json_schema!({ "type": "object", "required": ["amount", "currency"], "additionalProperties": false,
            "description": "An amount of money, written with the decimal digits of its currency.",
            "properties": { "amount": { "type": "string", "format": "decimal", "pattern": "^-?[0-9]+(\\.[0-9]+)?$", "maxLength": 32 },
                "currency": currency } })
    }
}

/// A rate in percent, with at most four decimal digits, from 0 to 1000. In JSON a string: `"8.5"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Percent(Decimal);

impl Percent {
    /// No percent.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The rate as a decimal number: 8.5 for 8.5 %.
    #[must_use]
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The rate in ten-thousandths of a percent, as it is stored: 85 000 for 8.5 %.
    #[must_use]
    pub fn ten_thousandths(self) -> i64 {
        self.0.checked_mul(Decimal::from(10_000)).and_then(|v| i64::try_from(v).ok()).unwrap_or(0)
    }

    /// The rate of a stored number of ten-thousandths.
    #[must_use]
    pub fn from_ten_thousandths(stored: i64) -> Self {
        Self(Decimal::new(stored, 4).normalize())
    }

    /// This part of an amount, rounded half away from zero to the minor unit.
    ///
    /// # Errors
    /// `overflow`.
    pub fn of(self, money: Money) -> Result<Money> {
        let product = Decimal::from(money.minor).checked_mul(self.0).ok_or(Reason::Overflow)?;
        let part = product.checked_div(Decimal::ONE_HUNDRED).ok_or(Reason::Overflow)?;
        Ok(Money { minor: round_minor(part)?, ..money })
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Percent {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text.len() > 16 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') {
            return Err(Reason::BadFormat.into());
        }
        let rate = Decimal::from_str_exact(text).map_err(|_| Error::new(Reason::BadFormat))?.normalize();
        if rate.scale() > 4 {
            return Err(Reason::TooManyDigits.into());
        }
        if rate < Decimal::ZERO || rate > Decimal::ONE_THOUSAND {
            return Err(Reason::OutOfRange.into());
        }
        Ok(Self(rate))
    }
}

impl serde::Serialize for Percent {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Percent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::from_text(deserializer)
    }
}

impl schemars::JsonSchema for Percent {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Percent".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "decimal", "pattern": "^[0-9]+(\\.[0-9]{1,4})?$", "maxLength": 16,
            "description": "A rate in percent from 0 to 1000, such as 8.5." })
    }
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        code.parse().expect("a currency")
    }

    #[test]
    fn digits_are_those_of_the_currency() {
        for (text, code, minor) in [
            ("12.50", "EUR", 1250),
            ("12.5", "EUR", 1250),
            ("-0.05", "EUR", -5),
            ("7", "JPY", 7),
            ("1.234", "KWD", 1234),
        ] {
            assert_eq!(
                Money::parse(text, currency(code)),
                Ok(Money::new(minor, currency(code))),
                "{text} {code}"
            );
        }
        for (text, code, reason) in [
            ("12.505", "EUR", Reason::TooManyDigits),
            ("7.5", "JPY", Reason::TooManyDigits),
            ("", "EUR", Reason::BadFormat),
            ("1e3", "EUR", Reason::BadFormat),
            (".5", "EUR", Reason::BadFormat),
            ("5.", "EUR", Reason::BadFormat),
            ("1.2.3", "EUR", Reason::BadFormat),
            ("+5", "EUR", Reason::BadFormat),
            ("1_000", "EUR", Reason::BadFormat),
            ("99999999999999999999", "EUR", Reason::OutOfRange),
        ] {
            assert_eq!(
                Money::parse(text, currency(code)).map_err(|e| e.reason()),
                Err(reason),
                "{text} {code}"
            );
        }
    }

    #[test]
    fn net_and_tax_are_rounded_half_away_from_zero() {
        let eur = currency("EUR");
        let rate: Percent = "20".parse().expect("a rate");
        // 90.00 / 1.2 = 75.00; 0.03 / 1.2 = 0.025, half away from zero is 0.03.
        assert_eq!(Money::new(9000, eur).net_of_tax(rate), Ok(Money::new(7500, eur)));
        assert_eq!(Money::new(3, eur).net_of_tax(rate), Ok(Money::new(3, eur)));
        assert_eq!(Money::new(-3, eur).net_of_tax(rate), Ok(Money::new(-3, eur)));
    }

    #[test]
    fn a_proportion_rounds_half_away_from_zero() {
        for (value, n, d, expected) in [
            (100, 1, 3, 33),
            (100, 2, 3, 67),
            (1, 1, 2, 1),
            (-1, 1, 2, -1),
            (-3, 1, 2, -2),
            (3, -1, 2, -2),
            (0, 5, 9, 0),
        ] {
            assert_eq!(proportion(value, n, d), Ok(expected), "{value}·{n}/{d}");
        }
        assert!(proportion(1, 1, 0).is_err());
    }

    proptest! {
        #[test]
        fn written_money_reads_back(minor in -MINOR_MAX..=MINOR_MAX, code in "EUR|JPY|KWD|GEL|BGN") {
            let money = Money::new(minor, currency(&code));
            prop_assert_eq!(Money::parse(&money.amount().to_string(), money.currency()), Ok(money));
        }

        #[test]
        fn parts_of_a_value_add_up(value in 0..1_000_000_000_i64, n in 1..=400_i64) {
            let mut given = 0;
            for k in 1..=n {
                let part = proportion(value, k, n).expect("fits") - given;
                prop_assert!(part >= 0);
                given += part;
            }
            prop_assert_eq!(given, value);
        }
    }
}
