//! What the UniFFI bindings see in place of types that they cannot see as they are.
//!
//! A value that cannot be read, such as an amount with too many digits, becomes a [`CarnetError`] like every
//! other error, because UniFFI hands the error of a custom type on where the call can fail with it.

use crate::account::Unit;
use crate::calendar::Zone;
use crate::error::{Code, Error, Reason};
use crate::money::{Currency, Money, Percent};
use crate::time::{Date, Instant};
use crate::usage::TimeOfDay;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::fmt;

macro_rules! families {
    ($($(#[$doc:meta])* $variant:ident;)*) => {
        /// What went wrong: one variant a family, all with the same fields.
        #[derive(Debug, Clone, PartialEq, uniffi::Error)]
        pub enum CarnetError { $(
            $(#[$doc])*
            $variant {
                /// The family.
                code: Code,
                /// The stable number of the reason.
                number: i32,
                /// The reason.
                reason: Reason,
                /// The field that was wrong; nested ones with dots, elements with their index.
                field: Option<String>,
                /// What was missing, how much, until when.
                details: HashMap<String, String>,
            },
        )* }

        impl From<Error> for CarnetError {
            fn from(error: Error) -> Self {
                let (code, number, reason) = (error.code(), error.number(), error.reason());
                let field = error.field_name().map(str::to_owned);
                let details = error.details().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
                match code { $(Code::$variant => Self::$variant { code, number, reason, field, details },)* }
            }
        }

        impl CarnetError {
            /// The reason.
            #[must_use]
            pub const fn reason(&self) -> Reason {
                match self { $(Self::$variant { reason, .. } => *reason,)* }
            }
        }
    };
}

families! {
    /// 100: the request is malformed; nothing was written.
    InvalidInput;
    /// 200: something named in the request does not exist.
    NotFound;
    /// 300: a rule of the venue, the plan or the books refuses.
    Refused;
    /// 400: the request contradicts what is stored.
    Conflict;
    /// 500: the store could not do it.
    Storage;
    /// 900: the library was called in a way it must not be.
    Misuse;
    /// 999: a defect of the library itself.
    Internal;
}

impl fmt::Display for CarnetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason().message())
    }
}

impl std::error::Error for CarnetError {}

/// Money as the bindings see it: a decimal number and its currency.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct MoneyParts {
    /// The amount, with no more decimal digits than the currency has.
    pub amount: Decimal,
    /// Three letters of ISO 4217.
    pub currency: Currency,
}

/// The exact decimal number of a text, `12.50`.
fn decimal(text: &str) -> Result<Decimal, CarnetError> {
    Decimal::from_str_exact(text).map_err(|_| Error::new(Reason::BadFormat).into())
}

uniffi::custom_type!(Decimal, String, {
    remote,
    lower: |number| number.to_string(),
    try_lift: |text| Ok(decimal(&text)?),
});
uniffi::custom_type!(Currency, String, {
    lower: |currency| currency.code().to_owned(),
    try_lift: |text| Ok(text.parse::<Currency>().map_err(|e| CarnetError::from(e.or_field("currency")))?),
});
uniffi::custom_type!(Money, MoneyParts, {
    lower: |money| MoneyParts { amount: money.amount(), currency: money.currency() },
    try_lift: |parts| Ok(Money::from_decimal(parts.amount, parts.currency).map_err(CarnetError::from)?),
});
uniffi::custom_type!(Percent, Decimal, {
    lower: |rate| rate.decimal(),
    try_lift: |number| Ok(number.to_string().parse::<Percent>().map_err(CarnetError::from)?),
});
/// The name that the bindings use: `Unit` is a word of Kotlin.
pub type AccountUnit = Unit;

uniffi::custom_type!(AccountUnit, String, {
    lower: |unit| unit.to_string(),
    try_lift: |text| Ok(text.parse::<Unit>().map_err(CarnetError::from)?),
});
uniffi::custom_type!(Zone, String, {
    lower: |zone| zone.name().to_owned(),
    try_lift: |text| Ok(text.parse::<Zone>().map_err(CarnetError::from)?),
});
uniffi::custom_type!(TimeOfDay, String, {
    lower: |time| time.to_string(),
    try_lift: |text| Ok(text.parse::<TimeOfDay>().map_err(CarnetError::from)?),
});
uniffi::custom_type!(Instant, String, {
    lower: |instant| instant.to_string(),
    try_lift: |text| Ok(text.parse::<Instant>().map_err(CarnetError::from)?),
});
uniffi::custom_type!(Date, String, {
    remote,
    lower: |date| date.to_string(),
    try_lift: |text| Ok(text.parse::<Date>().map_err(|_| CarnetError::from(Error::new(Reason::BadFormat)))?),
});
