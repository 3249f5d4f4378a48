//! Where a store lies: a file, or a server by its URL. A password never leaves the URL.

use std::path::Path;

/// What parameters of a URL may be shown; others may be secret.
const PLAIN: &[&str] =
    &["options", "sslmode", "sslrootcert", "application_name", "connect_timeout", "target_session_attrs"];

/// Whether this is the URL of a server.
pub fn is_server(db: &Path) -> bool {
    let text = db.to_string_lossy();
    ["postgresql://", "postgres://"].iter().any(|scheme| text.starts_with(scheme))
}

/// The place as it may be printed. What only resembles a URL is treated as one: it may be one with a typing error.
pub fn shown(db: &Path) -> String {
    let text = db.to_string_lossy();
    let Some((scheme, rest)) = text.split_once("//") else { return text.into_owned() };
    // A password that was not encoded may hold any character: the last @ ends it.
    let (user, rest) = rest.rsplit_once('@').map_or((None, rest), |(user, rest)| (Some(user), rest));
    if user.is_some_and(|user| user.contains('?')) {
        // Nobody can tell where a password ends here.
        return format!("{scheme}//***");
    }
    let user = match user.map(|user| user.split_once(':').map_or((user, false), |(name, _)| (name, true))) {
        None => String::new(),
        Some((name, false)) => format!("{name}@"),
        Some((name, true)) => format!("{name}:***@"),
    };
    let Some((place, parameters)) = rest.split_once('?') else { return format!("{scheme}//{user}{rest}") };
    let parameters: Vec<String> = parameters
        .split('&')
        .map(|parameter| match parameter.split_once('=') {
            Some((name, value)) if PLAIN.contains(&name) => format!("{name}={value}"),
            Some((name, _)) => format!("{name}=***"),
            None => "***".to_owned(),
        })
        .collect();
    format!("{scheme}//{user}{place}?{}", parameters.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_masked() {
        for (place, text) in [
            ("club.db", "club.db"),
            ("/srv/clubs/a@b/club.db", "/srv/clubs/a@b/club.db"),
            ("postgresql://server/club", "postgresql://server/club"),
            ("postgresql://till@server:5433/club", "postgresql://till@server:5433/club"),
            ("postgresql://till:secret@server/club", "postgresql://till:***@server/club"),
            ("postgresql://till:se:c@r/et@server/club", "postgresql://till:***@server/club"),
            ("postgresql://till:sec?ret@server/club", "postgresql://***"),
            ("postgresql://server/club?password=sec@ret", "postgresql://***"),
            ("postgresql://:secret@server/club", "postgresql://:***@server/club"),
            (
                "postgres://server/club?user=till&password=secret&sslmode=verify-full&p%61ssword=secret",
                "postgres://server/club?user=***&password=***&sslmode=verify-full&p%61ssword=***",
            ),
            ("postgres//till:secret@server/club", "postgres//till:***@server/club"),
            ("Postgresql://till:secret@server/club", "Postgresql://till:***@server/club"),
            (
                "postgresql://till:secret@server/club?options=-csearch_path%3Dnorth",
                "postgresql://till:***@server/club?options=-csearch_path%3Dnorth",
            ),
        ] {
            assert_eq!(shown(Path::new(place)), text);
        }
        assert!(is_server(Path::new("postgres://x")) && !is_server(Path::new("club.db")));
    }
}
