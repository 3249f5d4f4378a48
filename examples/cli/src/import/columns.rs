//! Which column holds what: guessed from the headings, kept beside the file for the next time.

use crate::exit::{Failure, Outcome};
use carnet::domain::contact::search_key;
use carnet::{Error, Reason};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident $text:literal: $($alias:literal)*;)*) => {
        /// What a column may hold.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Field { $($(#[$doc])* #[serde(rename = $text)] $variant,)* }

        impl Field {
            /// Its name in the map.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $text,)* } }

            /// Headings that mean it, in six languages.
            const fn aliases(self) -> &'static [&'static str] { match self { $(Self::$variant => &[$($alias),*],)* } }
        }
    };
}

fields! {
    /// The key of the row in the older system.
    Number "number": "number" "no" "nr" "id" "client number" "client no" "client id" "member number" "membership number" "code" "număr" "număr client" "cod" "cod client" "номер" "код" "клиентски номер" "номер клиента" "код клиента" "numurs" "klienta numurs" "kods" "ნომერი" "კოდი" "კლიენტის ნომერი";
    /// The number of the client, where the row is about something else.
    Client "client": "client" "member" "client number" "client no" "client id" "member number" "număr client" "cod client" "клиент" "клиентски номер" "номер клиента" "код клиента" "klients" "klienta numurs" "კლიენტი" "კლიენტის ნომერი";
    /// First name.
    FirstName "first_name": "first name" "given name" "forename" "prenume" "име" "собствено име" "имя" "vārds" "სახელი";
    /// Last name.
    LastName "last_name": "last name" "surname" "family name" "nume" "nume de familie" "фамилия" "фамилно име" "uzvārds" "გვარი";
    /// Both, the first name first.
    FullName "full_name": "name" "full name" "client name" "member name" "prenume și nume" "име и фамилия" "имя и фамилия" "имена" "vārds uzvārds" "vārds un uzvārds" "სახელი და გვარი" "სახელი გვარი";
    /// Both, the last name first.
    NameLastFirst "name_last_first": "last name first name" "surname and name" "nume și prenume" "nume prenume" "фамилия и име" "фамилия и имя" "фамилия имя" "фио" "ф и о" "фамилия имя отчество" "uzvārds vārds" "uzvārds un vārds" "გვარი და სახელი" "გვარი სახელი";
    /// Phone number.
    Phone "phone": "phone" "phone number" "telephone" "mobile" "mobile phone" "cell" "tel" "telefon" "telefon mobil" "mobil" "nr telefon" "телефон" "мобилен" "мобилен телефон" "мобильный" "мобильный телефон" "номер телефона" "tālrunis" "telefons" "mobilais" "ტელეფონი" "მობილური";
    /// E-mail address.
    Email "email": "email" "e mail" "mail" "email address" "adresă email" "имейл" "емейл" "е поща" "ел поща" "почта" "эл почта" "электронная почта" "e pasts" "epasts" "ელფოსტა" "ელ ფოსტა" "იმეილი";
    /// Sex.
    Sex "sex": "sex" "gender" "gen" "пол" "dzimums" "სქესი";
    /// Date of birth.
    BirthDate "birth_date": "birth date" "date of birth" "birthday" "born" "dob" "data nașterii" "data naștere" "născut" "дата на раждане" "рожден ден" "роден на" "дата рождения" "день рождения" "dzimšanas datums" "dzimšanas diena" "დაბადების თარიღი" "დაბადების დღე";
    /// Notes.
    Notes "notes": "notes" "note" "comment" "comments" "remarks" "observații" "notițe" "comentarii" "бележки" "бележка" "забележка" "коментар" "примечание" "примечания" "комментарий" "piezīmes" "piezīme" "komentārs" "შენიშვნა" "შენიშვნები" "კომენტარი";
    /// The number of a card.
    Card "card": "card" "card number" "card no" "rfid" "card uid" "barcode" "număr card" "nr card" "карта" "карта номер" "номер на карта" "номер карты" "karte" "kartes numurs" "ბარათი" "ბარათის ნომერი";
    /// The plan of a pass, by its name or id.
    Plan "plan": "plan" "package" "pass" "subscription" "membership" "membership type" "abonament" "pachet" "tip abonament" "план" "пакет" "абонамент" "абонемент" "тариф" "вид абонемента" "abonements" "plāns" "abonementa veids" "აბონემენტი" "პაკეტი" "გეგმა";
    /// What is left: visits, or an amount.
    Rest "rest": "rest" "left" "remaining" "visits left" "remaining visits" "credit left" "rămas" "rest de vizite" "vizite rămase" "ședințe rămase" "остатък" "оставащи" "оставащи посещения" "остаток" "осталось" "осталось посещений" "остаток посещений" "atlikums" "atlikušie apmeklējumi" "ნარჩენი" "დარჩენილი" "დარჩენილი ვიზიტები";
    /// What was paid for it.
    Price "price": "price" "original price" "amount paid" "paid" "preț" "pret" "plătit" "sumă plătită" "цена" "платено" "стоимость" "оплачено" "cena" "samaksāts" "ფასი" "გადახდილი";
    /// The value still owed, net of tax.
    Owed "owed": "owed" "deferred" "deferred value" "value left" "valoare rămasă" "venit în avans" "оставаща стойност" "остаток стоимости" "отложена стойност" "отложенный доход" "atlikusī vērtība" "დარჩენილი ღირებულება";
    /// When it was sold.
    Sold "sold": "sold" "sale date" "date of sale" "purchased" "purchase date" "data vânzării" "data cumpărării" "дата на продажба" "продаден на" "дата продажи" "дата покупки" "pārdošanas datums" "pirkuma datums" "გაყიდვის თარიღი";
    /// Its first day.
    Starts "starts": "start" "starts" "start date" "valid from" "from" "început" "data început" "valabil de la" "de la" "начало" "начална дата" "валиден от" "от" "дата начала" "начало действия" "sākums" "sākuma datums" "derīgs no" "დაწყება" "დაწყების თარიღი";
    /// Its last day.
    Through "through": "end" "ends" "end date" "valid until" "valid to" "through" "until" "expires" "expiry date" "sfârșit" "data sfârșit" "valabil până la" "până la" "expiră" "край" "крайна дата" "валиден до" "до" "дата окончания" "действует до" "окончание" "beigas" "beigu datums" "derīgs līdz" "დასრულება" "დასრულების თარიღი" "ვადა";
    /// How many days it was frozen.
    FrozenDays "frozen_days": "frozen days" "days frozen" "zile înghețate" "zile suspendate" "замразени дни" "дней заморозки" "заморожено дней" "iesaldētas dienas" "გაყინული დღეები";
    /// How many times it was frozen.
    FrozenTimes "frozen_times": "frozen times" "times frozen" "freezes" "înghețări" "замразявания" "заморозок" "заморозки" "iesaldēšanas" "გაყინვები";
    /// Whether it renews by itself.
    AutoRenew "auto_renew": "auto renew" "auto renewal" "reînnoire automată" "автоматично подновяване" "автопродление" "automātiska atjaunošana" "ავტომატური განახლება";
    /// Money on an account; negative is owed.
    Balance "balance": "balance" "account balance" "deposit" "sold" "sold cont" "depozit" "баланс" "салдо" "депозит" "наличност" "остаток на счете" "остаток" "bilance" "konta atlikums" "atlikums" "ბალანსი" "ნაშთი" "დეპოზიტი";
    /// Its currency.
    Currency "currency": "currency" "monedă" "valută" "валута" "valūta" "ვალუტა";
    /// Until when it can be used.
    Expires "expires": "expires" "expiry date" "valid until" "expiră" "valabil până la" "валиден до" "изтича" "действует до" "derīgs līdz" "ვადა";
}

/// The fields of a table of clients.
pub const CLIENTS: &[Field] = &[
    Field::Number,
    Field::FirstName,
    Field::LastName,
    Field::FullName,
    Field::NameLastFirst,
    Field::Phone,
    Field::Email,
    Field::Sex,
    Field::BirthDate,
    Field::Notes,
    Field::Card,
];
/// The fields of a table of passes.
pub const PASSES: &[Field] = &[
    Field::Client,
    Field::Number,
    Field::Phone,
    Field::Email,
    Field::Card,
    Field::Plan,
    Field::Rest,
    Field::Price,
    Field::Owed,
    Field::Sold,
    Field::Starts,
    Field::Through,
    Field::FrozenDays,
    Field::FrozenTimes,
    Field::AutoRenew,
    Field::Notes,
];
/// The fields of a table of balances.
pub const ACCOUNTS: &[Field] = &[
    Field::Client,
    Field::Number,
    Field::Phone,
    Field::Email,
    Field::Card,
    Field::Balance,
    Field::Currency,
    Field::Expires,
];

/// Which column holds what: headings with their fields, as it lies in a file. A heading without one is not read.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// By heading.
    pub columns: BTreeMap<String, Option<Field>>,
}

/// The places of the columns that are read.
#[derive(Debug, PartialEq, Eq)]
pub struct Columns(BTreeMap<Field, usize>);

impl Map {
    /// What the headings say. Each field is read from one column, the first that means it.
    pub fn guess(headings: &[String], fields: &[Field]) -> Self {
        let mut taken = Vec::new();
        let mut columns = BTreeMap::new();
        for heading in headings.iter().filter(|heading| !heading.is_empty()) {
            let key = search_key(heading);
            let means = |field: &&Field| {
                !taken.contains(*field)
                    && (field.as_str().replace('_', " ") == key
                        || field.aliases().iter().any(|alias| search_key(alias) == key))
            };
            let field = fields.iter().find(means).copied();
            taken.extend(field);
            columns.entry(heading.clone()).or_insert(field);
        }
        Self { columns }
    }

    /// The map in a file, or nothing if there is none.
    pub fn load(path: &Path) -> Outcome<Option<Self>> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::file(path, &error)),
        };
        let bad = |error: serde_json::Error| Error::field(Reason::BadJson, "map").with("cause", error);
        Ok(Some(serde_json::from_str(&text).map_err(bad)?))
    }

    /// Keeps the map for the next time.
    pub fn save(&self, path: &Path) -> Outcome {
        let text = serde_json::to_string_pretty(self).map_err(|_| Error::new(Reason::Internal))?;
        std::fs::write(path, format!("{text}\n")).map_err(|error| Failure::file(path, &error))
    }

    /// Where its columns are in a table.
    ///
    /// # Errors
    /// `contradiction` if two columns hold the same field, `unknown_value` if a field does not belong into such a table.
    pub fn places(&self, headings: &[String], fields: &[Field]) -> Outcome<Columns> {
        let mut places = BTreeMap::new();
        for (place, heading) in headings.iter().enumerate() {
            let Some(field) = self.columns.get(heading).copied().flatten() else { continue };
            if !fields.contains(&field) {
                return Err(Error::field(Reason::UnknownValue, "map").with("heading", heading).into());
            }
            if places.insert(field, place).is_some() {
                return Err(Error::field(Reason::Contradiction, "map").with("heading", heading).into());
            }
        }
        Ok(Columns(places))
    }
}

impl Columns {
    /// Whether a field is read.
    pub fn has(&self, field: Field) -> bool {
        self.0.contains_key(&field)
    }

    /// The value of a field in a row; nothing if the cell is empty.
    pub fn get<'a>(&self, cells: &'a [String], field: Field) -> Option<&'a str> {
        let cell = cells.get(*self.0.get(&field)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// The heading of a field.
    pub fn heading<'a>(&self, headings: &'a [String], field: &str) -> Option<&'a str> {
        let place = self.0.iter().find(|(known, _)| known.as_str() == field).map(|(_, place)| *place)?;
        headings.get(place).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(line: &str, fields: &[Field]) -> Vec<Option<Field>> {
        let headings: Vec<String> = line.split(';').map(str::to_owned).collect();
        let map = Map::guess(&headings, fields);
        headings.iter().map(|heading| map.columns.get(heading).copied().flatten()).collect()
    }

    #[test]
    fn headings_in_six_languages() {
        use Field::{BirthDate, Email, FirstName, LastName, Notes, Number, Phone, Sex};
        let expected = [Number, LastName, FirstName, Phone, Email, Sex, BirthDate, Notes].map(Some);
        for line in [
            "Client No.;Last name;First name;Mobile;E-mail;Gender;Date of birth;Notes",
            "Cod client;Nume;Prenume;Telefon;Email;Sex;Data nașterii;Observații",
            "Клиентски номер;Фамилия;Име;Телефон;Имейл;Пол;Дата на раждане;Бележки",
            "Klienta numurs;Uzvārds;Vārds;Tālrunis;E-pasts;Dzimums;Dzimšanas datums;Piezīmes",
            "ნომერი;გვარი;სახელი;ტელეფონი;ელ-ფოსტა;სქესი;დაბადების თარიღი;შენიშვნა",
            "Код клиента;Фамилия;Имя;Телефон;Эл. почта;Пол;Дата рождения;Примечание",
        ] {
            assert_eq!(guessed(line, CLIENTS), expected, "{line}");
        }
        assert_eq!(guessed("ФИО;Shoe size", CLIENTS), [Some(Field::NameLastFirst), None]);
        assert_eq!(
            guessed("Nr;Client;Abonament;Rămas;Preț;De la;Până la", PASSES),
            [
                Field::Number,
                Field::Client,
                Field::Plan,
                Field::Rest,
                Field::Price,
                Field::Starts,
                Field::Through
            ]
            .map(Some)
        );
        assert_eq!(guessed("Cod client;Sold", ACCOUNTS), [Some(Field::Client), Some(Field::Balance)]);
    }

    #[test]
    fn one_column_holds_one_field() {
        assert_eq!(guessed("Phone;Mobile", CLIENTS), [Some(Field::Phone), None]);
        let headings = ["a".to_owned(), "b".to_owned()];
        let twice = headings.iter().map(|heading| (heading.clone(), Some(Field::Phone))).collect();
        assert!(Map { columns: twice }.places(&headings, CLIENTS).is_err());
        let foreign = [("a".to_owned(), Some(Field::Plan))].into();
        assert!(Map { columns: foreign }.places(&headings, CLIENTS).is_err());
    }
}
