//! The fuzz targets without a fuzzer: the committed corpus, what fuzzing has found, and some thousand mutations of both, the
//! same each time. `CARNET_FUZZ_RUNS` says how many; `fuzz/` has the same targets for libFuzzer.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that fails says where"
)]

#[path = "../../fuzz/src/targets.rs"]
mod targets;

use std::path::Path;

/// A small generator: what it makes only has to be mixed.
struct Mixed(u64);

impl Mixed {
    fn next(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits")
    }

    fn below(&mut self, end: usize) -> usize {
        self.next() % end.max(1)
    }

    /// Changes, drops, doubles or moves some bytes.
    fn mutate(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        const WORDS: [&[u8]; 12] = [
            b"null",
            b"-1",
            b"\"",
            b"{}",
            b"[",
            b"9007199254740993",
            b"\xff",
            b"\\u0000",
            b"1e400",
            b"6604766348050433",
            b"\0",
            b",\"at\":\"9999-12-31T00:00:00Z\"",
        ];
        let mut data = corpus[self.below(corpus.len())].clone();
        for _ in 0..=self.below(4) {
            let (at, byte) = (self.below(data.len()), self.next() as u8);
            match self.below(6) {
                0 if !data.is_empty() => data[at] = byte,
                1 if !data.is_empty() => data[at] ^= 1 << (byte % 8),
                2 => data.truncate(at),
                3 => drop(data.splice(at..at, WORDS[self.below(WORDS.len())].iter().copied())),
                4 => {
                    let other = &corpus[self.below(corpus.len())];
                    data.extend_from_slice(&other[self.below(other.len())..]);
                }
                _ => {
                    let more: Vec<u8> = (0..4 * (1 + self.below(3))).map(|_| self.next() as u8).collect();
                    data.splice(at..at, more);
                }
            }
        }
        data
    }
}

/// An input of a line of `fuzz/found`: see `fuzz/found.py`.
fn unescape(line: &str) -> Vec<u8> {
    let mut data = Vec::new();
    let mut bytes = line.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            data.push(byte);
            continue;
        }
        let kind = bytes.next().expect("something behind a backslash");
        if kind == b'\\' {
            data.push(kind);
            continue;
        }
        assert_eq!(kind, b'x', "{line}");
        let mut digit = || char::from(bytes.next().expect("two digits")).to_digit(16).expect("a digit");
        data.push(u8::try_from(digit() * 16 + digit()).expect("a byte"));
    }
    data
}

fn run(name: &str, target: fn(&[u8])) {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
    let folder = fuzz.join("corpus").join(name);
    let files = std::fs::read_dir(folder).expect("a corpus").map(|file| file.expect("a file").path());
    let mut files: Vec<_> = files.collect();
    files.sort();
    let mut corpus: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).expect("readable")).collect();
    assert!(corpus.len() >= 5, "{name}");
    let found = std::fs::read_to_string(fuzz.join("found").join(format!("{name}.txt"))).expect("a list");
    assert!(found.lines().count() >= 20, "{name}");
    corpus.extend(found.lines().map(unescape));
    corpus.iter().for_each(|data| target(data));
    let runs = std::env::var("CARNET_FUZZ_RUNS").map_or(2000, |runs| runs.parse().expect("a number"));
    let mut mixed = Mixed(0x5eed);
    let mut last = Vec::new();
    for run in 0..runs {
        last = mixed.mutate(&corpus);
        let shown = last.clone();
        let caught = std::panic::catch_unwind(|| target(&shown));
        assert!(caught.is_ok(), "{name}, run {run}: {}", shown.escape_ascii());
    }
    drop(last);
}

/// One after the other: an invented handle must not be that of another test.
#[test]
fn whatever_comes_is_answered_with_a_code() {
    run("json", targets::json);
    run("structs", targets::structs);
    run("handles", targets::handles);
}

#[test]
fn what_was_found_is_read_as_it_was_written() {
    assert_eq!(unescape(r#"{"a":\\}\x00\xff \\x41"#), b"{\"a\":\\}\x00\xff \\x41");
}
