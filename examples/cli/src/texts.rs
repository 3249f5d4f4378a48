//! Texts for people, from catalogues: Fluent files in `locales`, one folder a language. What one lacks is said in English.

use carnet::{Error, Reason};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

macro_rules! catalogues {
    ($($language:literal)*) => {
        /// The languages that have catalogues, and these: the desk, a client, moving in, reasons of errors.
        const CATALOGUES: &[(&str, &[&str])] = &[$((
            $language,
            &[
                include_str!(concat!("../locales/", $language, "/desk.ftl")),
                include_str!(concat!("../locales/", $language, "/profile.ftl")),
                include_str!(concat!("../locales/", $language, "/import.ftl")),
                include_str!(concat!("../locales/", $language, "/reasons.ftl")),
            ],
        ),)*];
    };
}
catalogues!("en" "ro" "bg" "lv" "ka" "ru");

/// The texts of one language, with English behind it.
pub struct Texts {
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Texts {
    /// The language named, or that of the environment (`LC_ALL`, `LC_MESSAGES`, `LANG`), or English.
    pub fn of(language: Option<&str>) -> Self {
        let environment = || {
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .iter()
                .filter_map(|name| std::env::var(name).ok())
                .find(|value| !value.is_empty())
        };
        let wanted = language.map(str::to_owned).or_else(environment).unwrap_or_default();
        let wanted = part(&wanted);
        let mut bundles = Vec::new();
        for name in [wanted.as_str(), "en"] {
            if let Some((_, files)) = CATALOGUES.iter().find(|(language, _)| *language == name) {
                bundles.push(bundle(name, files));
            }
        }
        Self { bundles }
    }

    /// Reads the name of a language that has catalogues.
    pub fn language(text: &str) -> Result<String, String> {
        let known = CATALOGUES.iter().map(|(language, _)| *language);
        let wanted = part(text);
        if known.clone().any(|language| language == wanted) {
            return Ok(wanted);
        }
        Err(format!("one of {}", known.collect::<Vec<_>>().join(", ")))
    }

    /// A text without parameters.
    pub fn say(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A text with its parameters.
    pub fn with(&self, id: &str, parameters: &[(&str, &str)]) -> String {
        self.find(id, parameters).unwrap_or_else(|| id.to_owned())
    }

    fn find(&self, id: &str, parameters: &[(&str, &str)]) -> Option<String> {
        let mut args = FluentArgs::new();
        for (name, value) in parameters {
            args.set(*name, *value);
        }
        self.bundles.iter().find_map(|bundle| {
            let pattern = bundle.get_message(id)?.value()?;
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
            errors.is_empty().then(|| text.into_owned())
        })
    }

    /// What went wrong and what to do about it.
    pub fn error(&self, error: &Error) -> String {
        let mut text = self.reason(error.reason());
        // What no catalogue can know: which file, which server, what exactly.
        let told = ["what", "file", "server", "cause", "heading"];
        let details: Vec<&str> =
            told.iter().filter_map(|name| error.details().get(*name)).map(String::as_str).collect();
        if !details.is_empty() {
            text = format!("{text} [{}]", details.join("; "));
        }
        match error.field_name() {
            Some(field) => self.with("error-in-field", &[("text", &text), ("field", field)]),
            None => text,
        }
    }

    /// What a reason says to people.
    pub fn reason(&self, reason: Reason) -> String {
        self.find(&format!("reason-{reason}", reason = reason.as_str()), &[])
            .unwrap_or_else(|| reason.message().to_owned())
    }
}

/// The language of a locale: `ro` of `ro_RO.UTF-8`.
fn part(locale: &str) -> String {
    locale.split(['_', '-', '.', '@']).next().unwrap_or_default().to_lowercase()
}

fn bundle(language: &str, files: &[&str]) -> FluentBundle<FluentResource> {
    let locale = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![locale]);
    // Marks around what was put in would be copied out of terminals.
    bundle.set_use_isolating(false);
    for file in files {
        // A test reads every catalogue; what is whole of a broken one is better than nothing.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;
    use carnet::Code;
    use std::collections::{BTreeMap, BTreeSet};

    /// The messages of a catalogue with their parameters.
    fn messages(files: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
        let mut messages = BTreeMap::new();
        for file in files {
            FluentResource::try_new((*file).to_owned()).map_err(|(_, errors)| errors).expect("is Fluent");
            for block in file
                .split("\n")
                .filter(|line| !line.starts_with('#'))
                .collect::<Vec<_>>()
                .join("\n")
                .split("\n\n")
            {
                for entry in block.lines().fold(Vec::<String>::new(), |mut entries, line| {
                    match (line.starts_with([' ', '}']), entries.last_mut()) {
                        (true, Some(last)) => {
                            last.push('\n');
                            last.push_str(line);
                        }
                        _ => entries.push(line.to_owned()),
                    }
                    entries
                }) {
                    let Some((id, text)) = entry.split_once(" =") else { continue };
                    let parameters = text.split('$').skip(1);
                    let name = |rest: &str| {
                        rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
                            .next()
                            .map(str::to_owned)
                    };
                    let parameters = parameters.filter_map(name).collect();
                    assert!(
                        messages.insert(id.trim().to_owned(), parameters).is_none(),
                        "{id} is there twice"
                    );
                }
            }
        }
        messages
    }

    #[test]
    fn every_catalogue_has_every_message_with_the_same_parameters() {
        let english =
            CATALOGUES.iter().find(|(language, _)| *language == "en").map(|(_, files)| messages(files));
        let english = english.expect("English is there");
        assert!(english.len() > 60, "{}", english.len());
        for (language, files) in CATALOGUES {
            let found = messages(files);
            let missing: Vec<_> = english.keys().filter(|id| !found.contains_key(*id)).collect();
            let unknown: Vec<_> = found.keys().filter(|id| !english.contains_key(*id)).collect();
            assert!(
                missing.is_empty() && unknown.is_empty(),
                "{language} lacks {missing:?}, has {unknown:?}"
            );
            for (id, parameters) in &english {
                assert_eq!(found.get(id), Some(parameters), "{language}: {id}");
            }
        }
    }

    #[test]
    fn every_reason_that_a_desk_meets_has_a_text() {
        let texts = Texts::of(Some("en"));
        for reason in Reason::ALL {
            let met =
                matches!(reason.code(), Code::InvalidInput | Code::NotFound | Code::Refused | Code::Conflict);
            let said = texts.find(&format!("reason-{}", reason.as_str()), &[]);
            assert!(said.is_some() || !met, "{}", reason.as_str());
        }
    }

    #[test]
    fn the_language_is_that_named_and_english_stands_behind_it() {
        assert_eq!(Texts::of(Some("en_GB.UTF-8")).say("yes"), "yes");
        assert_eq!(Texts::of(Some("tlh")).say("yes"), "yes");
        assert_eq!(Texts::of(Some("en")).say("no-such-text"), "no-such-text");
    }
}
