//! The one source of randomness: salts of journal entries and the secret and node of a new store.

use carnet_domain::{Error, Reason, Result};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A token for one purpose and id: HMAC of the secret of a store, 128 bits as hexadecimal text. The same whenever it is
/// asked for, so that only its digest need be kept.
pub(crate) fn token(secret: &[u8], purpose: &str, id: i64) -> Result<String> {
    let internal = |_| Error::new(Reason::Internal).with("what", "key of a wrong length");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(internal)?;
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(&id.to_be_bytes());
    let code: [u8; 32] = mac.finalize().into_bytes().into();
    let (token, _) = code.split_at(16);
    Ok(crate::journal::hex(token))
}

/// A key that every draw is derived from, itself drawn once from the operating system, or fixed by a seed.
#[derive(Clone)]
pub(crate) struct Entropy {
    key: [u8; 32],
    /// Whether a seed fixes the draws.
    #[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "only sessions on a server ask"))]
    pub seeded: bool,
}

impl Entropy {
    /// With a seed, every draw is the same in every run.
    pub fn new(seed: Option<u64>) -> Result<Self> {
        let mut key = [0_u8; 32];
        match seed {
            Some(seed) => {
                for (to, from) in key.iter_mut().zip(seed.to_be_bytes()) {
                    *to = from;
                }
            }
            None => getrandom::fill(&mut key).map_err(|_| {
                Error::new(Reason::Internal).with("what", "the system gives no random numbers")
            })?,
        }
        Ok(Self { key, seeded: seed.is_some() })
    }

    /// 32 bytes for one purpose and number.
    pub fn draw(&self, purpose: &str, number: i64) -> Result<[u8; 32]> {
        let internal = |_| Error::new(Reason::Internal).with("what", "key of a wrong length");
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).map_err(internal)?;
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(&number.to_be_bytes());
        Ok(mac.finalize().into_bytes().into())
    }
}
