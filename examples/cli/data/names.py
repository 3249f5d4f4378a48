"""Names, phone numbers and notes for the clients of the demo club, in six alphabets and spellings."""

import unicodedata

# Per language: weight, first names of women and men, last names of (men, women), and how its mobile numbers begin
# and how many digits follow, as the numbering plans have them.
PEOPLE = {
    "ro": (46, "Ana Maria Ioana Elena Andreea Ștefania Mihaela Raluca Cătălina Mălina Țvetana Brândușa Simona Oana "
               "Lăcrămioara Roxana Diana Crina Ilinca Smaranda",
           "Andrei Ștefan Mihai Ion Cătălin Răzvan Bogdan Vlad Radu Florin Călin Țvetan Horațiu Dragoș Cosmin Liviu "
               "Lucian Tudor Emil Sorin",
           "Popescu Ionescu Țîrlea Șerban Bălan Munteanu Stănescu Rădulescu Dănilă Brătianu Crăciun Mănescu Păun "
               "Vâlcu Tănase Gânju Olteanu Moldovan Pârvu Știrbu Dumitrescu Lăzărescu Nițu Câmpeanu Rusu",
           "+40", ["72", "73", "74", "75", "76"], 7),
    "bg": (14, "Мария Елена Десислава Йорданка Цветелина Ваня Гергана Радостина Милена Надежда",
           "Георги Димитър Иван Петър Йордан Христо Стоян Николай Пламен Живко",
           "Иванов/Иванова Георгиев/Георгиева Димитров/Димитрова Петров/Петрова Христов/Христова Стоянов/Стоянова "
               "Тодоров/Тодорова Йорданов/Йорданова Ангелов/Ангелова Щерев/Щерева",
           "+359", ["87", "88", "89"], 7),
    "ka": (12, "ნინო მარიამ თამარ ეკატერინე ნათია ქეთევან სალომე ლელა ხატია მაია",
           "გიორგი დავით ლევან ნიკოლოზ ზურაბ ირაკლი თორნიკე ვახტანგ შოთა ბექა",
           "ბერიძე მამულაშვილი კაპანაძე გელაშვილი ლომიძე წიკლაური ხვედელიძე ჭანტურია ჯავახიშვილი ღვინიაშვილი ჟვანია",
           "+995", ["555", "577", "591", "593", "595", "598", "599"], 6),
    "el": (10, "Ελένη Μαρία Κατερίνα Σοφία Γεωργία Δήμητρα Αγγελική Ιωάννα Χρυσούλα",
           "Γιώργος Νίκος Δημήτρης Κώστας Γιάννης Παναγιώτης Σταύρος Θανάσης Ευάγγελος",
           "Παπαδόπουλος/Παπαδοπούλου Βλάχος/Βλάχου Αγγελόπουλος/Αγγελοπούλου Νικολαΐδης/Νικολαΐδου "
               "Γεωργίου/Γεωργίου Δημητρίου/Δημητρίου Μακρής/Μακρή Οικονόμου/Οικονόμου",
           "+30", ["690", "693", "694", "697", "698"], 7),
    "lv": (9, "Līga Kristīne Ilze Anna Zane Inese Dace Sanita Ieva Agnese",
           "Jānis Andris Juris Edgars Mārtiņš Kārlis Ģirts Uldis Artūrs Raivis",
           "Bērziņš/Bērziņa Kalniņš/Kalniņa Ozoliņš/Ozoliņa Liepiņš/Liepiņa Krūmiņš/Krūmiņa Zariņš/Zariņa "
               "Eglītis/Eglīte Šmits/Šmite Vītols/Vītola Ķēniņš/Ķēniņa",
           "+371", ["20", "26", "28", "29"], 6),
    "ru": (9, "Анна Ольга Наталья Екатерина Юлия Светлана Ирина Алёна Татьяна Людмила",
           "Сергей Алексей Дмитрий Андрей Евгений Пётр Юрий Фёдор Михаил Игорь",
           "Смирнов/Смирнова Кузнецов/Кузнецова Попов/Попова Соколов/Соколова Щукин/Щукина Королёв/Королёва "
               "Жуков/Жукова Чехов/Чехова Юдин/Юдина Быков/Быкова",
           "+7", ["903", "905", "916", "921", "926", "962"], 7),
}

COMPANIES = ["Delta Soft SRL", "Hotel Dunărea SA", "Cărămida Construct SRL", "ООО «Северный ветер»", "შპს კოლხეთი",
             "Σπα Αιγαίο ΑΕ", "SIA Dzintars Plus", "Морски бряг ЕООД", "Țiglă & Țărm SRL", "Blue Harbor Logistics Ltd"]

NOTES = ["Prefers the morning.", "Alergie la lavandă.", "Locker 42 on request.", "Плаща винаги в брой.",
         "Ценит тишину в сауне.", "ნუ დაურეკავთ დილით.", "Προτιμά μασάζ πλάτης.", "Sāpes mugurā: uzmanīgi ar svariem.",
         "Vine cu copilul sâmbăta.", "Asked for an invoice on the company.", "Dureri de genunchi; fără sărituri."]

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i", "კ": "k", "ლ": "l",
    "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "zh", "რ": "r", "ს": "s", "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k",
    "ღ": "gh", "ყ": "q", "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j",
    "ჰ": "h", "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y",
    "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}


def ascii_of(text):
    """The name in plain Latin letters, for an e-mail address."""
    plain = [c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c)]
    return "".join(_LETTERS.get(c, c) for c in plain if _LETTERS.get(c, c).isascii() and c.isalpha())


def person(draw):
    """A first name, a last name, a sex and a language."""
    language = draw.choices(list(PEOPLE), [p[0] for p in PEOPLE.values()])[0]
    _, women, men, last = PEOPLE[language][:4]
    female = draw.random() < 0.52
    family = draw.choice(last.split()).split("/")
    first = draw.choice((women if female else men).split())
    return first, family[-1] if female else family[0], "female" if female else "male", language


def phone(draw, language):
    """A mobile number of the language's country, in one of the spellings that people use."""
    country, prefixes, digits = PEOPLE[language][4:]
    prefix, rest = draw.choice(prefixes), "".join(draw.choice("0123456789") for _ in range(digits))
    if country == "+40" and draw.random() < 0.5:
        number = "0" + prefix + rest
        return draw.choice([number, f"{number[:4]} {number[4:7]} {number[7:]}", f"{number[:4]}.{number[4:7]}.{number[7:]}"])
    return draw.choice([f"{country}{prefix}{rest}", f"{country} {prefix} {rest[:3]} {rest[3:]}",
                        f"{country} {prefix}-{rest[:3]}-{rest[3:]}"])
