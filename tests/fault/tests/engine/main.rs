//! The engine on the failing disk: power cuts, and every operation of a script failing in turn.
//!
//! `CARNET_FAULT_CUTS`, `CARNET_FAULT_THREADS` and `CARNET_FAULT_SEED` make the main power test longer, wider, and
//! different.

#[cfg(test)]
mod power;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod workload;
