//! The index of the rules: every sentence of the design's §4 with the cases that hold it.
//!
//! A line is `id | sentence | cases`; cases are scenario ids, or `test:name` for a test function. After the
//! line `later:` stand the sentences that nothing reaches yet, without cases.

use std::collections::BTreeSet;
use std::path::Path;

/// One sentence.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// Such as `lots.2`.
    pub id: String,
    /// The cases that would fail if it did not hold.
    pub cases: Vec<String>,
    /// Whether it stands after `later:`.
    pub later: bool,
}

/// Reads an index.
///
/// # Errors
/// A sentence that names the line that has not three parts.
pub fn read(text: &str) -> Result<Vec<Line>, String> {
    let mut later = false;
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line == "later:" {
            later = true;
            continue;
        }
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let (id, cases) = match parts.as_slice() {
            [id, _, cases] => (id, *cases),
            [id, _] if later => (id, ""),
            _ => return Err(format!("not `id | sentence | cases`: {line}")),
        };
        let cases = cases.split_whitespace().map(str::to_owned).collect();
        lines.push(Line { id: (*id).to_owned(), cases, later });
    }
    Ok(lines)
}

/// What is wrong with an index, given the ids of the scenarios and the text of all sources.
#[must_use]
pub fn faults(lines: &[Line], scenarios: &[String], sources: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    let mut named = BTreeSet::new();
    for Line { id, cases, later } in lines {
        if !ids.insert(id) {
            faults.push(format!("{id} stands twice"));
        }
        if cases.is_empty() != *later {
            faults.push(if *later {
                format!("{id} has cases, so it is not later")
            } else {
                format!("{id} has no case")
            });
        }
        for case in cases {
            let exists = match case.strip_prefix("test:") {
                Some(function) => sources.contains(&format!("fn {function}(")),
                None => scenarios.contains(case),
            };
            if !exists {
                faults.push(format!("{id} names {case}, which does not exist"));
            }
            named.insert(case);
        }
    }
    let unnamed = scenarios.iter().filter(|scenario| !named.contains(scenario));
    faults.extend(unnamed.map(|scenario| format!("no line names the scenario {scenario}")));
    faults
}

/// The text of every Rust source under some folders.
///
/// # Errors
/// The folder or file that could not be read.
pub fn sources(folders: &[&Path]) -> Result<String, String> {
    let mut text = String::new();
    let mut waiting: Vec<_> = folders.iter().map(|folder| folder.to_path_buf()).collect();
    while let Some(path) = waiting.pop() {
        let told = |error: std::io::Error| format!("{}: {error}", path.display());
        if path.is_dir() {
            for entry in std::fs::read_dir(&path).map_err(told)? {
                waiting.push(entry.map_err(told)?.path());
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&std::fs::read_to_string(&path).map_err(told)?);
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(text: &str) -> Vec<String> {
        faults(&read(text).expect("well-formed"), &["S01".to_owned(), "S02".to_owned()], "fn s03_holds() {}")
    }

    #[test]
    fn a_whole_index_has_no_fault() {
        assert!(
            faults_of("# index\nlots.1 | order | S01 test:s03_holds\nlots.2 | all | S02\nlater:\nlots.3 | x")
                .is_empty()
        );
    }

    #[test]
    fn every_hole_is_a_fault() {
        assert_eq!(faults_of("lots.1 | order |\nlots.2 | all | S01 S02"), ["lots.1 has no case"]);
        assert_eq!(faults_of("a | x | S01 S02 S9"), ["a names S9, which does not exist"]);
        assert_eq!(faults_of("a | x | S01 S02 test:s03"), ["a names test:s03, which does not exist"]);
        assert_eq!(faults_of("a | x | S01"), ["no line names the scenario S02"]);
        assert_eq!(faults_of("a | x | S01\na | y | S02"), ["a stands twice"]);
        assert_eq!(faults_of("a | x | S01\nlater:\nb | y | S02"), ["b has cases, so it is not later"]);
        assert!(read("a | no cases").is_err());
    }
}
