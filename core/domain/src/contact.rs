//! Contact points: placeholder until the rules of phones and addresses land.
use crate::error::{Error, Reason, Result};
use std::str::FromStr;
macro_rules! text { ($n:ident) => {
/// A contact point.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct $n(String);
impl $n {
    /// text
    #[must_use] pub fn as_str(&self) -> &str { &self.0 } }
impl FromStr for $n { type Err = Error; fn from_str(t: &str) -> Result<Self> { if t.is_empty() { Err(Reason::Empty.into()) } else { Ok(Self(t.to_owned())) } } }
#[cfg(feature = "uniffi")]
uniffi::custom_newtype!($n, String);
} }
text!(Phone); text!(Email);
