//! The order of a catalogue of clients.

use crate::contact::search_key;

words! {
    /// In which order a catalogue lists clients.
    pub enum ClientSort {
        /// By last name, then first name, whatever their alphabet; who has no name first.
        Name "name",
        /// Who was added last first.
        Added "added",
        /// Who came in last first; who never came last.
        LastVisit "last_visit",
    }
}

/// How long the key of a name is at most, in characters: two names that are alike for so long are in the order of ids.
const KEY: usize = 200;

/// By what a client is found in the order of names: last name, then first name, each as [`search_key`] writes it.
///
/// ```
/// use carnet_domain::catalogue::name_key;
/// assert_eq!(name_key(Some("Ștefan"), Some("Popa")), "popa stefan");
/// assert_eq!(name_key(None, None), "");
/// ```
#[must_use]
pub fn name_key(first_name: Option<&str>, last_name: Option<&str>) -> String {
    let keys = [last_name, first_name].into_iter().flatten().map(search_key);
    let words: Vec<String> = keys.filter(|key| !key.is_empty()).collect();
    words.join(" ").chars().take(KEY).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_names_first_in_one_alphabet_and_cut() {
        assert_eq!(name_key(Some("Ann"), Some("Archer")), "archer ann");
        assert_eq!(name_key(Some("Ann"), None), "ann");
        assert_eq!(name_key(Some("Игорь"), Some("Соловьёв")), "solovev igor");
        assert_eq!(name_key(Some("!"), Some("O'Brien")), "obrien");
        assert_eq!(name_key(None, Some(&"中".repeat(200))).len(), 200);
    }
}
