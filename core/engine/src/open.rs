//! How a store is opened, as plain data: what every door but Rust's own says in place of [`Options`].

use crate::options::{Migrate, Options};
use crate::strict;
use carnet_domain::{Error, Reason, Result, request, words};

words! {
    /// What to do with a store of an older release.
    pub enum Upgrade {
        /// Back it up beside the file, then upgrade it in one transaction.
        Auto "auto",
        /// Refuse it with `older`.
        Refuse "refuse",
    }
}

request! {
    /// How a store is opened. With nothing given, an existing one with the system's clock.
    #[derive(Default)]
    pub struct OpenOptions {
        /// Make the store if there is none.
        #[serde(default)]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub create: bool,
        /// What to do with a store of an older release. `auto` if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub upgrade: Option<Upgrade>,
        /// Fixes every draw and the node, and lets the clock follow the operations. For tests and replays only.
        #[schemars(range(min = 0))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub seed: Option<i64>,
        /// The node of a new store, 0 to 8191. Drawn at random if left out.
        #[schemars(range(min = 0, max = 8191))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub node: Option<i64>,
        /// How long a write waits for other processes, milliseconds. 5000 if left out.
        #[schemars(range(min = 1, max = 3_600_000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub busy_timeout_ms: Option<i64>,
    }
}

impl OpenOptions {
    /// Reads them from a JSON object.
    ///
    /// # Errors
    /// `invalid_input` with the field.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        strict::typed(&strict::parse(json)?)
    }
}

impl TryFrom<OpenOptions> for Options {
    type Error = Error;

    fn try_from(open: OpenOptions) -> Result<Self> {
        let unsigned = |value: i64, field: &str| {
            u64::try_from(value).map_err(|_| Error::field(Reason::OutOfRange, field))
        };
        let mut options = Self { create: open.create, node: open.node, ..Self::default() };
        if open.upgrade == Some(Upgrade::Refuse) {
            options.migrate = Migrate::Refuse;
        }
        if let Some(wait) = open.busy_timeout_ms {
            options.busy_timeout_ms = unsigned(wait, "busy_timeout_ms")?;
        }
        match open.seed {
            Some(seed) => Ok(options.seeded(unsigned(seed, "seed")?)),
            None => Ok(options),
        }
    }
}
