//! The engine on the failing disk: power cuts, and every operation of a script failing in turn.
//!
//! `CARNET_FAULT_CUTS`, `CARNET_FAULT_THREADS` and `CARNET_FAULT_SEED` make the power cuts of `replay` more, wider, and
//! different; `CARNET_FAULT_TAPE` is the seed of a finding, and makes its recordings again and again. They differ: the
//! salts of a WAL and the order of callers are not drawn from it.

#[cfg(test)]
mod power;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod script;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod torn;
#[cfg(test)]
mod workload;

/// A number out of the environment.
#[cfg(test)]
fn env(name: &str, or: u64) -> u64 {
    let Ok(text) = std::env::var(name) else { return or };
    let number = text.strip_prefix("0x").map_or_else(|| text.parse(), |hex| u64::from_str_radix(hex, 16));
    assert!(number.is_ok(), "{name}={text} is not a number");
    number.unwrap_or(or)
}
