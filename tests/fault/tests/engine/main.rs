//! The engine on the failing disk: power cuts, and every operation of a script failing in turn.
//!
//! `CARNET_FAULT_CUTS`, `CARNET_FAULT_THREADS` and `CARNET_FAULT_SEED` make the power cuts of `replay` more, wider, and
//! different.

#[cfg(test)]
mod power;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod script;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod workload;

/// A number out of the environment.
#[cfg(test)]
fn env(name: &str, or: u64) -> u64 {
    let Ok(text) = std::env::var(name) else { return or };
    let number = text.parse();
    assert!(number.is_ok(), "{name}={text} is not a number");
    number.unwrap_or(or)
}
