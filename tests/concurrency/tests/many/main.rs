//! Threads, processes, kills, upgrades and damaged files: what one caller alone never meets.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod close;
#[cfg(test)]
mod club;
#[cfg(test)]
mod door;
#[cfg(test)]
mod files;
#[cfg(test)]
mod kill;
