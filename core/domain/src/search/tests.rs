use super::*;
use crate::{ClientId, Instant};
use proptest::prelude::*;

fn one_word(text: &str) -> Word {
    words(text).pop().expect("a word")
}

/// Whether two spellings of one word have a key in common.
fn alike(one: &str, other: &str) -> bool {
    one_word(one).keys().iter().any(|key| one_word(other).keys().contains(key))
}

#[test]
fn spellings_of_one_name_have_a_key_in_common() {
    let mut different = Vec::new();
    for spellings in [
        "სოფიო Sopio Sofio Sophio Софио",
        "Юрий Yuri Yuriy Jurij Jurijs Iuri Juri Yury",
        "Юлия Yulia Julia Iulia Julija Yuliya Jūlija",
        "Жанна Zhanna Žanna Janna Zanna",
        "Хачатрян Khachatryan Xachatryan Hachatrian Խաչատրյան Khatchatrian",
        "Цветан Tsvetan Cvetan Tzvetan",
        "Чавчавадзе ჭავჭავაძე Chavchavadze Tchavtchavadze Chavchavaze",
        "Шмидт Schmidt Shmidt Šmidt",
        "Müller Mueller Muller Мюллер",
        "Walter Valter Вальтер",
        "Жуков Zhukov Jukov Žukovs Dzukov",
        "Джамбазов Dzhambazov Djambazov Jambazov",
        "Παπαδόπουλος Papadopoulos Papadopulos",
        "Χρήστος Christos Hristos Khristos Kristos",
        "Ευθύμιος Efthymios Eftimios",
        "Αντώνης Antonis Adonis",
        "Λάμπρος Labros",
        "Άγγελος Angelos Aggelos",
        "Γιώργος Yorgos Giorgos",
        "Алексей Alexey Aleksei Alexei Alexej Aleksejs",
        "Александр Alexander",
        "Васильев Vasiliev Vasilyev Vasilev",
        "Татьяна Tatiana Tatyana Tatjana",
        "Людмила Lyudmila Ludmila Liudmila Ljudmila",
        "Евгений Yevgeny Evgeniy Jevgenijs Evgeni",
        "Сергій Serhii Sergii",
        "Олег Oleg Oleh",
        "Щербаков Shcherbakov Scherbakov Ščerbakovs",
        "Щерев Shterev",
        "Вълчев Valchev Vulchev",
        "Ștefan Shtefan Stephan Stepan Штефан",
        "Țurcanu Цуркану Tzurkanu",
        "Иванов Ivanov Ivanoff Ivanovs",
        "Meier Meyer Maier Mayer Майер",
        "Schneider Шнайдер Shnaider",
        "Weiß Weiss Вайс Weis",
        "Անահիտ Anahit",
        "Նունե Nune",
        "Ոսկանյան Voskanyan Voskanian",
        "Gheorghe Георге",
        "Georgi Giorgi გიორგი Георги",
        "Munteanu Мунтяну",
        "Schröder Шрёдер Schroeder",
        "Κωνσταντίνος Konstantinos Constantinos",
        "Ειρήνη Irini",
        "Петя Petia Petya Petja",
        "Кольо Kolyo Koljo",
    ] {
        let mut words = spellings.split(' ');
        let first = words.next().unwrap_or_default();
        for word in words {
            if !alike(first, word) {
                different.push((first, one_word(first), word, one_word(word)));
            }
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}

#[test]
fn names_that_sound_otherwise_have_none() {
    for (one, other) in [
        ("Ivan", "Ivanov"),
        ("Ana", "Ina"),
        ("Petrov", "Pavlov"),
        ("Maria", "Mario"),
        ("Nino", "Nina"),
        ("Boris", "Voris"),
        ("Dima", "Tima"),
        ("Kalnins", "Galnins"),
        ("Sidorov", "Fedorov"),
        ("Elena", "Ilona"),
        ("Chikov", "Sikov"),
        ("Tsvetan", "Stefan"),
    ] {
        assert!(!alike(one, other), "{one} {other}");
    }
}

#[test]
fn a_word_that_is_typed_letter_by_letter_is_found_all_the_way() {
    // Of words whose sounds are written with several letters. What is spelled the same is always found.
    let mut comparison = Comparison::default();
    for (name, typed) in [
        ("ხაჩატურიანი", "khachaturiani"),
        ("Papadopulos", "papadopoulos"),
        ("ჩხეიძე", "chkheidze"),
        ("სოფიო", "sofio"),
        ("Zhukov", "жуков"),
        ("Khachatryan", "xachatryan"),
    ] {
        let ends = typed.char_indices().skip(1).map(|(place, c)| place.saturating_add(c.len_utf8()));
        for end in ends {
            let typed = typed.get(..end).expect("the end of a character");
            assert!(comparison.name(&words(typed), name).is_some(), "{typed} for {name}");
        }
    }
}

#[test]
fn a_name_is_graded_by_its_worst_word() {
    let grade = |query: &str, name: &str| {
        let found = Comparison::default().name(&words(query), name);
        found.map(|found| (found.how.as_str(), found.spelling.as_str()))
    };
    for (query, name, expected) in [
        ("ivanov", "Петър Иванов", Some(("exact", "typed"))),
        ("ivanov petar", "Petar Ivanov", Some(("exact", "typed"))),
        ("pet ivanov", "Petar Ivanov", Some(("prefix", "typed"))),
        ("sofio", "სოფიო ლომიძე", Some(("exact", "alias"))),
        ("sof lom", "სოფიო ლომიძე", Some(("prefix", "alias"))),
        ("vano", "Ivanov", Some(("part", "typed"))),
        ("va", "Ivanov", None),
        ("ivan ivan", "Ivan Ivanov", Some(("prefix", "typed"))),
        ("ivan ivan", "Ivan Petrov", None),
        // The longer word has the choice.
        ("iv iva", "Ivan Ivov", Some(("prefix", "typed"))),
        ("iva iv", "Ivov Ivan", Some(("prefix", "typed"))),
        ("", "Ivan", None),
    ] {
        assert_eq!(grade(query, name), expected, "{query} in {name}");
    }
}

#[test]
fn the_order_is_exact_typed_active_seen_name_id() {
    let order = |how, spelling, archived, seen: Option<i64>, last: &str, client| {
        let seen = seen.map(|micros| Instant::from_micros(micros).expect("an instant"));
        let matched = SearchMatch { how, spelling, field: SearchField::Name };
        Order::new(Standing::new(matched, archived, seen), (Some(last), None), ClientId(client))
    };
    use SearchHow::{Exact, Part, Prefix};
    use SearchSpelling::{Alias, Keyboard, Typed};
    let wanted = [
        order(Exact, Typed, false, Some(9), "Z", 9),
        order(Exact, Typed, false, Some(8), "A", 8),
        order(Exact, Typed, false, None, "A", 7),
        order(Exact, Typed, false, None, "Б", 5),
        order(Exact, Typed, false, None, "Б", 6),
        order(Exact, Typed, true, Some(9), "A", 4),
        order(Exact, Alias, false, Some(9), "A", 3),
        order(Exact, Keyboard, false, Some(9), "A", 3),
        order(Prefix, Typed, false, Some(9), "A", 2),
        order(Part, Typed, false, Some(9), "A", 1),
    ];
    assert!(wanted.is_sorted_by(|one, other| one < other), "{wanted:?}");
}

#[test]
fn a_phone_number_is_looked_up_from_its_end() {
    assert_eq!(reversed_phone("+40722123456"), "65432122704");
    for (typed, tail) in [
        ("3456", Some("6543")),
        ("0722 123-456", Some("654321227")),
        ("(0040) 722.123.456", Some("65432122704")),
        ("+40 722 123 456", Some("65432122704")),
        ("0456", Some("6540")),
        ("345", None),
        ("722 a", None),
        ("3456 #", None),
    ] {
        let found = phone_digits(typed).and_then(|digits| reversed_tail(&digits));
        assert_eq!(found.as_deref(), tail, "{typed}");
    }
}

#[test]
fn endings_are_the_parts_of_a_word() {
    assert_eq!(endings("ivanov").collect::<Vec<_>>(), ["vanov", "anov", "nov"]);
    assert_eq!(endings("ion").count(), 0);
    assert_eq!(endings(&"a".repeat(41)).count(), 0);
}

#[test]
fn a_reader_may_type_on_another_keyboard() {
    assert!(uids_on_other_keyboards("04ф1и2").contains(&"04A1B2".to_owned()));
    assert!(uids_on_other_keyboards("04A1B2").is_empty());
    assert!(uids_on_other_keyboards("фисв").is_empty(), "no digit");
}

/// Words as names have them, of every alphabet.
fn name() -> impl Strategy<Value = String> {
    let letters = "[a-z]{1,9}|[а-яёіїєґ]{1,8}|[ა-ჰ]{1,8}|[ա-ֆ]{1,8}|[αβγδεζηθικλμνξοπρστυφχψως]{1,8}|[čšžșțăâäöüßķļņģéø]{1,6}";
    prop::collection::vec(letters, 1..5).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn a_key_is_a_key_of_itself(name in name()) {
        for word in words(&name) {
            for key in word.keys() {
                prop_assert!(fold::keys(key).contains(key), "{word:?}: {:?}", fold::keys(key));
            }
            prop_assert!(word.keys().iter().all(|key| word.beginnings().contains(key)));
        }
    }

    #[test]
    fn the_order_of_words_does_not_matter(name in name(), other in name(), turn in 0_usize..4) {
        let mut query = words(&name);
        let mut comparison = Comparison::default();
        let found = |comparison: &mut Comparison, query: &[Word]| {
            (comparison.name(query, &name), comparison.name(query, &other))
        };
        let before = found(&mut comparison, &query);
        let turn = turn.min(query.len());
        query.rotate_left(turn);
        prop_assert_eq!(found(&mut comparison, &query), before);
        if !query.is_empty() {
            prop_assert!(before.0.is_some_and(|found| found.how == SearchHow::Exact));
        }
    }

    #[test]
    fn words_are_those_of_the_search_key(text in "\\PC{0,30}") {
        let spelled: Vec<String> = words(&text).into_iter().map(|word| word.spelled).collect();
        let key = crate::contact::search_key(&text);
        prop_assert_eq!(spelled.join(" "), key);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        drop(on_other_keyboards(&text));
        drop(uids_on_other_keyboards(&text));
        drop(phone_digits(&text).and_then(|digits| reversed_tail(&digits)));
        let _ = draft(&text, Some("RO"));
    }
}
