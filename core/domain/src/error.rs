//! The one public error type and the table of its reasons.
//!
//! An error has a family (`code`, with the numbers 100 to 999), a `reason` with a number of its own inside
//! the family, the `field` that was wrong if there is one, and `details`: what was missing, how much, until
//! when. Strings and numbers are stable: they are only ever added. No error text holds personal data.

use std::collections::BTreeMap;
use std::fmt;

/// The result of everything that can fail here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The family of an error.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Code {
    /// 100: the request is malformed; nothing was written.
    InvalidInput,
    /// 200: something named in the request does not exist.
    NotFound,
    /// 300: a rule of the venue, the plan or the books refuses.
    Refused,
    /// 400: the request contradicts what is stored: a stale version, a key used for other content.
    Conflict,
    /// 500: the store could not do it: busy, full, corrupt, newer than the library.
    Storage,
    /// 900: the library was called in a way it must not be.
    Misuse,
    /// 999: a defect of the library itself.
    Internal,
}

impl Code {
    /// The stable string of the family.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::NotFound => "not_found",
            Self::Refused => "refused",
            Self::Conflict => "conflict",
            Self::Storage => "storage",
            Self::Misuse => "misuse",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! reasons {
    ($($number:literal $variant:ident $text:literal $code:ident $message:literal;)*) => {
        /// Why, in the words of the table below. Numbers are for ever.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        pub enum Reason { $(#[doc = $message] #[serde(rename = $text)] $variant,)* }

        impl Reason {
            /// Every reason, in the order of the numbers.
            pub const ALL: &'static [Reason] = &[$(Reason::$variant,)*];

            /// The stable number.
            #[must_use]
            pub const fn number(self) -> i32 { match self { $(Self::$variant => $number,)* } }
            /// The stable string.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $text,)* } }
            /// The family it belongs to.
            #[must_use]
            pub const fn code(self) -> Code { match self { $(Self::$variant => Code::$code,)* } }
            /// One English sentence for developers; texts for people come from the catalogues.
            #[must_use]
            pub const fn message(self) -> &'static str { match self { $(Self::$variant => $message,)* } }
            /// The reason with this stable string.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

reasons! {
    101 Required "required" InvalidInput "the field is required";
    102 WrongType "wrong_type" InvalidInput "the value has the wrong type";
    103 UnknownField "unknown_field" InvalidInput "no such field";
    104 DuplicateField "duplicate_field" InvalidInput "the field is given twice";
    105 OutOfRange "out_of_range" InvalidInput "the value is out of range";
    106 TooLong "too_long" InvalidInput "the value is too long";
    107 Empty "empty" InvalidInput "the value is empty";
    108 BadFormat "bad_format" InvalidInput "the value is not of the expected form";
    109 UnknownValue "unknown_value" InvalidInput "not one of the values that may stand here";
    110 BadUtf8 "bad_utf8" InvalidInput "the text is not valid UTF-8";
    111 BadJson "bad_json" InvalidInput "the request is not valid JSON";
    112 TooLarge "too_large" InvalidInput "the request is larger than the published limit";
    113 UnknownOperation "unknown_operation" InvalidInput "no such operation";
    114 TooManyDigits "too_many_digits" InvalidInput "more decimal digits than the currency has";
    115 UnknownCurrency "unknown_currency" InvalidInput "not a currency of ISO 4217";
    116 CurrencyMismatch "currency_mismatch" InvalidInput "the currencies differ";
    117 UnknownZone "unknown_zone" InvalidInput "not a time zone of the IANA database";
    118 BadPhone "bad_phone" InvalidInput "not a valid phone number";
    119 BadEmail "bad_email" InvalidInput "not a valid e-mail address";
    120 EndBeforeStart "end_before_start" InvalidInput "the end is not after the start";
    121 SumMismatch "sum_mismatch" InvalidInput "the parts do not add up to the whole";
    122 NotWithPlanKind "not_with_plan_kind" InvalidInput "this field does not go with this kind of plan";
    123 Overflow "overflow" InvalidInput "the amount is too large to be calculated";
    124 Contradiction "contradiction" InvalidInput "two fields of the request contradict each other";
    125 NotABatch "not_a_batch" InvalidInput "this operation cannot be part of a batch";
    126 NotAPhoto "not_a_photo" InvalidInput "the content is not a JPEG, PNG or WebP";
    127 FieldKind "field_kind" InvalidInput "the value is not of the kind that the field holds";

    201 ClientNotFound "client_not_found" NotFound "no such client";
    202 VenueNotFound "venue_not_found" NotFound "no such venue";
    203 OperatorNotFound "operator_not_found" NotFound "no such operator";
    204 CategoryNotFound "category_not_found" NotFound "no such category";
    205 ServiceNotFound "service_not_found" NotFound "no such service";
    206 PlanNotFound "plan_not_found" NotFound "no such plan";
    207 PassNotFound "pass_not_found" NotFound "no such pass";
    208 CardNotFound "card_not_found" NotFound "no such card";
    209 AccountNotFound "account_not_found" NotFound "no such account";
    210 EntryNotFound "entry_not_found" NotFound "no such journal entry";
    211 VisitNotFound "visit_not_found" NotFound "no such visit";
    212 BookingNotFound "booking_not_found" NotFound "no such booking";
    213 HoldNotFound "hold_not_found" NotFound "no such hold";
    214 FreezeNotFound "freeze_not_found" NotFound "no such freeze";
    215 ConflictNotFound "conflict_not_found" NotFound "no such conflict";
    216 TransferNotFound "transfer_not_found" NotFound "no such transfer or group";
    217 UseNotFound "use_not_found" NotFound "no such use";
    218 ZoneNotFound "zone_not_found" NotFound "no such zone";
    219 CommentNotFound "comment_not_found" NotFound "no such comment";
    220 ConsentNotFound "consent_not_found" NotFound "no such consent";
    221 FileNotFound "file_not_found" NotFound "no such photo or file";
    222 FieldNotFound "field_not_found" NotFound "no such field of the venue's chart";
    223 HouseholdNotFound "household_not_found" NotFound "no such household";
    224 MessageNotFound "message_not_found" NotFound "no such message";

    301 Insufficient "insufficient" Refused "the balance does not cover the amount";
    302 Clock "clock" Refused "the time of the operation is too far from the clock or behind the venue";
    303 NotForSale "not_for_sale" Refused "the plan is not for sale through this channel";
    304 PlanDeleted "plan_deleted" Refused "the plan was deleted";
    305 PassEnded "pass_ended" Refused "the pass has already ended";
    306 ClientArchived "client_archived" Refused "the client is archived";
    307 DayOpen "day_open" Refused "a business day is open already";
    308 DayNotOpen "day_not_open" Refused "no business day is open";
    309 DayClosed "day_closed" Refused "that business day was closed before";
    310 NotInside "not_inside" Refused "the client is not inside";
    311 Disabled "disabled" Refused "the venue has switched this off";
    312 NothingToRefund "nothing_to_refund" Refused "more than what is left to refund";
    313 NotAllowed "not_allowed" Refused "the plan does not allow this, or the rights of the operator";
    314 AllowanceUsed "allowance_used" Refused "more than what the plan still allows";
    315 InThePast "in_the_past" Refused "the change would reach into the past";
    316 NotFrozen "not_frozen" Refused "the pass is not frozen";
    317 NotCovered "not_covered" Refused "no pass of the client pays for it";
    318 AlreadyUsed "already_used" Refused "it was used, so it cannot be taken back whole";
    319 HoldEnded "hold_ended" Refused "the hold was captured or released, or its time is over";
    320 OverCapture "over_capture" Refused "more than the hold allows to capture";
    321 PassClosed "pass_closed" Refused "the pass was cancelled, transferred or replaced";
    322 NothingToReverse "nothing_to_reverse" Refused "more than what is left to reverse";
    323 NotACompany "not_a_company" Refused "the client is not a company, or is itself";
    324 NotAPerson "not_a_person" Refused "the client is not a person";
    325 NoCompany "no_company" Refused "the client belongs to no company";
    326 CardReturned "card_returned" Refused "the card was given back";
    327 NotBlocked "not_blocked" Refused "the card is not blocked";

    401 StaleVersion "stale_version" Conflict "the entity was changed since it was read";
    402 KeyReused "key_reused" Conflict "the key was used before for other content";
    403 AlreadyExists "already_exists" Conflict "this exists already";
    404 ExternalIdTaken "external_id_taken" Conflict "the external id belongs to another entity";
    405 CardTaken "card_taken" Conflict "the card belongs to another client";
    406 AlreadyDone "already_done" Conflict "this was done before";

    501 Busy "busy" Storage "the store stayed busy until the deadline";
    502 Full "full" Storage "the disk is full";
    503 Corrupt "corrupt" Storage "the store is damaged or not a Carnet store";
    504 Newer "newer" Storage "the store was written by a newer library";
    505 Io "io" Storage "the disk refused to read or write";
    506 Older "older" Storage "the store must be upgraded first";
    507 NetworkFileSystem "network_file_system" Storage "a SQLite store must not lie on a network file system";
    508 LibraryTooOld "library_too_old" Storage "the SQLite library is older than 3.51.3";
    509 Missing "missing" Storage "there is no store at this place";
    510 Exists "exists" Storage "something exists at this place already";
    511 ReadOnly "read_only" Storage "the store cannot be written to";

    512 Unreachable "unreachable" Storage "the server cannot be reached";
    513 UnknownOutcome "unknown_outcome" Storage "the connection broke during the commit: repeat with the same key";
    514 AccessDenied "access_denied" Storage "the server refuses this user";

    901 Closed "closed" Misuse "the engine was closed";
    902 BadHandle "bad_handle" Misuse "the handle is not one of an open object";
    903 NullPointer "null_pointer" Misuse "a pointer that must not be null is null";
    904 Interrupted "interrupted" Misuse "the call was interrupted by the caller";
    905 Unsupported "unsupported" Misuse "this build or this store cannot do that";
    906 Poisoned "poisoned" Misuse "an earlier call on this engine failed inside the library: close it and open it again";
    907 BadStruct "bad_struct" Misuse "the struct is not one of this library: its struct_size is wrong, or it is not aligned";

    999 Internal "internal" Internal "a defect of the library; please report it";
}

/// What went wrong, as data.
///
/// `Display` gives one English line for logs; it names the field and never its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    reason: Reason,
    field: Option<String>,
    details: BTreeMap<String, String>,
}

impl Error {
    /// An error that concerns the request as a whole.
    #[must_use]
    pub fn new(reason: Reason) -> Self {
        Self(Box::new(Inner { reason, field: None, details: BTreeMap::new() }))
    }

    /// An error in one field; nested fields are named with dots, list elements with their index: `payments.0.amount`.
    #[must_use]
    pub fn field(reason: Reason, field: impl Into<String>) -> Self {
        Self(Box::new(Inner { reason, field: Some(field.into()), details: BTreeMap::new() }))
    }

    /// Adds a detail. Never pass personal data.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.0.details.insert(name.to_owned(), value.to_string());
        self
    }

    /// Puts `prefix.` before the field, for values nested in a request.
    #[must_use]
    pub fn within(mut self, prefix: &str) -> Self {
        self.0.field = Some(match self.0.field.take() {
            Some(field) => format!("{prefix}.{field}"),
            None => prefix.to_owned(),
        });
        self
    }

    /// Names the field if none is named yet.
    #[must_use]
    pub fn or_field(mut self, field: &str) -> Self {
        if self.0.field.is_none() {
            self.0.field = Some(field.to_owned());
        }
        self
    }

    /// The family.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.reason.code()
    }

    /// The stable number of the reason.
    #[must_use]
    pub fn number(&self) -> i32 {
        self.0.reason.number()
    }

    /// The reason.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.0.reason
    }

    /// The name of the field that was wrong.
    #[must_use]
    pub fn field_name(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// What was missing, how much, until when.
    #[must_use]
    pub fn details(&self) -> &BTreeMap<String, String> {
        &self.0.details
    }
}

impl From<Reason> for Error {
    fn from(reason: Reason) -> Self {
        Self::new(reason)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.0.reason.message())?;
        if let Some(field) = &self.0.field {
            write!(f, " (field `{field}`)")?;
        }
        let mut separator = " [";
        for (name, value) in &self.0.details {
            write!(f, "{separator}{name}: {value}")?;
            separator = ", ";
        }
        if self.0.details.is_empty() { Ok(()) } else { f.write_str("]") }
    }
}

impl std::error::Error for Error {}

impl serde::Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code().as_str())?;
        map.serialize_entry("number", &self.number())?;
        map.serialize_entry("reason", self.reason().as_str())?;
        if let Some(field) = self.field_name() {
            map.serialize_entry("field", field)?;
        }
        if !self.details().is_empty() {
            map.serialize_entry("details", self.details())?;
        }
        map.end()
    }
}

/// Reads a value from a JSON string through [`std::str::FromStr`], keeping the reason of a failure.
pub(crate) fn from_text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr<Err = Error>,
{
    let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
    text.parse().map_err(serde_error)
}

/// Wraps an error so that the JSON door finds its reason and field again, see [`Error::from_serde_text`].
pub(crate) fn serde_error<E: serde::de::Error>(error: Error) -> E {
    E::custom(format_args!("carnet:{}:{}", error.reason().as_str(), error.field_name().unwrap_or_default()))
}

impl Error {
    /// The error that a `Deserialize` of this crate reported through serde, whose errors carry only text.
    #[must_use]
    pub fn from_serde_text(text: &str) -> Option<Self> {
        let (reason, rest) = text.strip_prefix("carnet:")?.split_once(':')?;
        let field = rest.split(' ').next().unwrap_or_default();
        let reason = Reason::from_text(reason)?;
        Some(if field.is_empty() { Self::new(reason) } else { Self::field(reason, field) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lie_in_the_range_of_their_family_and_are_unique() {
        let mut seen = std::collections::BTreeSet::new();
        for reason in Reason::ALL {
            let base = match reason.code() {
                Code::InvalidInput => 100,
                Code::NotFound => 200,
                Code::Refused => 300,
                Code::Conflict => 400,
                Code::Storage => 500,
                Code::Misuse | Code::Internal => 900,
            };
            assert!((base..base + 100).contains(&reason.number()), "{reason:?}");
            assert!(seen.insert(reason.number()), "{reason:?} repeats a number");
            assert_eq!(Reason::from_text(reason.as_str()), Some(*reason));
        }
    }

    #[test]
    fn nested_fields_are_named_with_dots() {
        let error = Error::field(Reason::TooManyDigits, "amount").within("payments.0");
        assert_eq!(error.field_name(), Some("payments.0.amount"));
        assert_eq!(
            error.to_string(),
            "invalid_input: more decimal digits than the currency has (field `payments.0.amount`)"
        );
    }
}
