//! A bar on standard error while something long runs. Nothing where standard error is no terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// A bar, hidden where nobody would see it move.
pub struct Progress(ProgressBar);

impl Progress {
    /// Counts bytes read; without a total it only turns.
    pub fn bytes(total: Option<u64>) -> Self {
        Self::new(total, "{bar:40} {bytes}/{total_bytes}, {eta} left", "{spinner} {bytes} read")
    }

    /// Counts things done.
    pub fn things(total: u64, what: &'static str) -> Self {
        Self::new(Some(total), &format!("{what:8} {{bar:40}} {{pos}}/{{len}}, {{eta}} left"), "")
    }

    fn new(total: Option<u64>, bar: &str, spinner: &str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let (progress, template) = match total {
            Some(total) => (ProgressBar::new(total), bar),
            None => (ProgressBar::new_spinner(), spinner),
        };
        progress.set_draw_target(ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(template) {
            progress.set_style(style);
        }
        progress.enable_steady_tick(Duration::from_millis(200));
        Self(progress)
    }

    /// Moves on.
    pub fn advance(&self, by: usize) {
        self.0.inc(u64::try_from(by).unwrap_or(0));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
