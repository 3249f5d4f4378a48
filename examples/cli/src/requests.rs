//! Requests and entries from a file or from standard input, one a line.

use crate::exit::{Failure, Outcome};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};

/// How many lines are read ahead of the engine.
const AHEAD: usize = 1024;

/// Where lines come from.
pub struct Source {
    reader: Box<dyn Read + Send>,
    /// How many bytes will come, if that is known.
    pub bytes: Option<u64>,
    /// Whether more input may be slow to come: a pipe or a person.
    pub live: bool,
}

impl Source {
    /// Opens a file; `-` is standard input.
    pub fn open(path: &Path) -> Outcome<Self> {
        if path == Path::new("-") {
            return Ok(Self { reader: Box::new(io::stdin()), bytes: None, live: true });
        }
        let opened = File::open(path).and_then(|file| file.metadata().map(|about| (file, about)));
        let (file, about) = opened.map_err(|e| Failure::file(path, &e))?;
        let live = !about.is_file();
        Ok(Self { reader: Box::new(file), bytes: (!live).then_some(about.len()), live })
    }

    /// The lines, without line ends; empty ones are left out.
    pub fn lines(self) -> impl Iterator<Item = io::Result<Vec<u8>>> + Send {
        BufReader::with_capacity(1 << 16, self.reader)
            .split(b'\n')
            .filter(|line| line.as_ref().map_or(true, |line| !line.trim_ascii().is_empty()))
    }

    /// The same, read ahead by a thread of its own.
    pub fn groups(self, size: usize) -> Groups {
        let (sender, lines) = sync_channel(AHEAD);
        let live = self.live;
        // The thread ends with the input, or when nobody waits for lines any more.
        std::thread::spawn(move || self.lines().try_for_each(|line| sender.send(line)));
        Groups { lines, size, live }
    }
}

/// Lines in groups: as many as are there, up to the size.
pub struct Groups {
    lines: Receiver<io::Result<Vec<u8>>>,
    size: usize,
    live: bool,
}

impl Groups {
    /// The next line if it need not be waited for, or if the source is a file, which never makes one wait.
    fn more(&self) -> Option<io::Result<Vec<u8>>> {
        if self.live { self.lines.try_recv().ok() } else { self.lines.recv().ok() }
    }
}

impl Iterator for Groups {
    type Item = io::Result<Vec<Vec<u8>>>;

    fn next(&mut self) -> Option<Self::Item> {
        let first = self.lines.recv().ok()?;
        let rest = (1..self.size).map_while(|_| self.more());
        Some(std::iter::once(first).chain(rest).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    fn source(text: &'static [u8], live: bool) -> Source {
        Source { reader: Box::new(text), bytes: None, live }
    }

    #[test]
    fn a_file_fills_its_groups() {
        let sizes: Vec<usize> =
            source(b"1\n2\n\n3\r\n4\n5", false).groups(2).map(|g| g.expect("read").len()).collect();
        assert_eq!(sizes, [2, 2, 1]);
    }

    #[test]
    fn empty_lines_are_left_out() {
        let lines: Vec<Vec<u8>> = source(b"\n  \nx\n\r\n", false).lines().map(|l| l.expect("read")).collect();
        assert_eq!(lines, [b"x".to_vec()]);
    }

    #[test]
    fn a_pipe_is_not_waited_for() {
        /// A pipe that gives one line and then waits until it is told to end.
        struct Slow(Option<&'static [u8]>, Receiver<()>);
        impl Read for Slow {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let Some(line) = self.0.take() else {
                    return self.1.recv().map_or(Ok(0), |()| Ok(0));
                };
                buffer[..line.len()].copy_from_slice(line);
                Ok(line.len())
            }
        }
        let (end, wait) = channel();
        let slow = Source { reader: Box::new(Slow(Some(b"1\n"), wait)), bytes: None, live: true };
        let mut groups = slow.groups(100);
        assert_eq!(groups.next().expect("a group").expect("read"), [b"1".to_vec()]);
        drop(end);
        assert!(groups.next().is_none());
    }
}
