//! The format of the scenario corpus, described for other languages in `scenarios/README.md`.

use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// One file of the corpus.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scenarios: Vec<Scenario>,
}

/// Steps that several scenarios begin with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Setup {
    title: String,
    steps: Vec<Step>,
}

/// One worked case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The name that the index refers to.
    pub id: String,
    /// What it shows, in one line.
    pub title: String,
    /// Files of `setup/` whose steps come first.
    #[serde(default)]
    pub setup: Vec<String>,
    /// The engine's clock; without one it follows the operations.
    pub clock: Option<String>,
    /// What is done and what must come of it.
    pub steps: Vec<Step>,
}

/// One request, or one batch, and what is expected of it. Without an expectation it must succeed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Where the expected numbers come from.
    pub why: Option<String>,
    /// The name under which the reply is kept for references.
    #[serde(rename = "as")]
    pub name: Option<String>,
    /// The request.
    #[serde(rename = "do")]
    pub request: Option<Value>,
    /// Several requests, all or nothing.
    pub batch: Option<Vec<Value>>,
    /// How often the request is sent, each time with the same expectation.
    #[serde(default = "once")]
    pub repeat: usize,
    /// What the reply holds; for a batch, an array of replies.
    pub expect: Option<Value>,
    /// What the error holds. Its field is always compared.
    pub error: Option<Value>,
    /// What lies beside the reply: `at`, `position`, `replayed`; for a failed batch `index`.
    pub envelope: Option<Value>,
}

const fn once() -> usize {
    1
}

/// The folder of the corpus.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// Every scenario, its setup put before its own steps, in the order of files and of lines.
///
/// # Errors
/// A sentence that names the file, and what is wrong in it.
pub fn load(folder: &Path) -> Result<Vec<Scenario>, String> {
    let setups: BTreeMap<String, Setup> = read_all(&folder.join("setup"))?;
    let files: BTreeMap<String, File> = read_all(folder)?;
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (file, scenario) in files
        .into_iter()
        .flat_map(|(name, file)| file.scenarios.into_iter().map(move |scenario| (name.clone(), scenario)))
    {
        let told = |what: String| format!("{file}.json: {}: {what}", scenario.id);
        check(&scenario).map_err(told)?;
        if !seen.insert(scenario.id.clone()) {
            return Err(told("this id is used twice".to_owned()));
        }
        let mut steps = Vec::new();
        for name in &scenario.setup {
            let setup = setups.get(name).ok_or_else(|| told(format!("there is no setup {name}")))?;
            steps.extend(setup.steps.iter().cloned());
        }
        steps.extend(scenario.steps.iter().cloned());
        all.push(Scenario { steps, ..scenario });
    }
    Ok(all)
}

/// The steps of one setup file, for tests that need a club to work in.
///
/// # Errors
/// As [`load`].
pub fn setup(folder: &Path, name: &str) -> Result<Scenario, String> {
    let mut setups: BTreeMap<String, Setup> = read_all(&folder.join("setup"))?;
    let setup = setups.remove(name).ok_or_else(|| format!("there is no setup {name}"))?;
    let title = setup.title;
    Ok(Scenario { id: name.to_owned(), title, setup: Vec::new(), clock: None, steps: setup.steps })
}

/// Every `.json` of a folder by its name.
fn read_all<T: for<'de> Deserialize<'de>>(folder: &Path) -> Result<BTreeMap<String, T>, String> {
    let told = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(|error| told(folder, &error))? {
        let path = entry.map_err(|error| told(folder, &error))?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(|error| told(&path, &error))?;
        let file = serde_json::from_str(&text).map_err(|error| told(&path, &error))?;
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        files.insert(stem.unwrap_or_default(), file);
    }
    Ok(files)
}

/// A scenario that cannot fail, or that says two things at once, is an error of the corpus.
fn check(scenario: &Scenario) -> Result<(), String> {
    for (number, step) in scenario.steps.iter().enumerate() {
        let wrong = |what: &str| Err(format!("step {}: {what}", number + 1));
        if step.request.is_some() == step.batch.is_some() {
            return wrong("needs either `do` or `batch`");
        }
        if step.expect.is_some() && step.error.is_some() {
            return wrong("expects a reply and an error");
        }
        if step.error.as_ref().is_some_and(|error| error["code"].is_null() || error["reason"].is_null()) {
            return wrong("an expected error has a code and a reason");
        }
        if step.repeat == 0 || step.batch.is_some() && step.repeat > 1 {
            return wrong("cannot be repeated like this");
        }
    }
    let expects = |step: &Step| step.expect.is_some() || step.error.is_some() || step.envelope.is_some();
    if !scenario.steps.iter().any(expects) {
        return Err("nothing is expected".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(steps: &str) -> Result<(), String> {
        let text = format!(r#"{{"id":"x","title":"y","steps":{steps}}}"#);
        check(&serde_json::from_str(&text).expect("well-formed"))
    }

    #[test]
    fn a_scenario_that_cannot_fail_is_refused() {
        assert_eq!(checked(r#"[{"do":{"op":"venue.list"}}]"#), Err("nothing is expected".to_owned()));
        assert!(checked(r#"[{"do":{"op":"venue.list"},"expect":{"venues":[]}}]"#).is_ok());
    }

    #[test]
    fn a_step_says_one_thing() {
        for step in [
            r#"{"expect":{}}"#,
            r#"{"do":{},"batch":[],"expect":{}}"#,
            r#"{"do":{},"expect":{},"error":{"code":"refused","reason":"clock"}}"#,
            r#"{"do":{},"error":{"code":"refused"}}"#,
            r#"{"do":{},"repeat":0,"expect":{}}"#,
        ] {
            assert!(checked(&format!("[{step}]")).is_err(), "{step}");
        }
    }
}
