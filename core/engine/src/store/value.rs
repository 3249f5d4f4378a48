//! The seam between the engine and a database: statements with parameters in, rows out, in batches.

use carnet_domain::{Date, Error, Instant, Reason, Result};

/// A value of a column or parameter. There are no floats in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// A statement of a `.sql` file.
#[derive(Debug)]
pub(crate) struct Sql {
    pub text: &'static str,
    /// The statement for PostgreSQL, where the same text does not serve both.
    #[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "only PostgreSQL reads it"))]
    pub postgres: Option<&'static str>,
}

/// The statement of a file beside the calling module, or of two.
macro_rules! sql {
    ($file:literal) => {{
        static SQL: $crate::store::value::Sql =
            $crate::store::value::Sql { text: include_str!($file), postgres: None };
        &SQL
    }};
    ($file:literal or $postgres:literal) => {{
        static SQL: $crate::store::value::Sql =
            $crate::store::value::Sql { text: include_str!($file), postgres: Some(include_str!($postgres)) };
        &SQL
    }};
}
pub(crate) use sql;

/// A statement and its parameters.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub sql: &'static Sql,
    pub params: Vec<Value>,
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.sql, other.sql) && self.params == other.params
    }
}

/// Builds a [`Query`]: `query!("client/get.sql", id)`; `query!("a.sql" or "a.pg.sql", id)` where PostgreSQL has its own.
macro_rules! query {
    ($file:literal $(or $postgres:literal)? $(, $param:expr)* $(,)?) => {
        $crate::store::value::Query {
            sql: $crate::store::value::sql!($file $(or $postgres)?),
            params: vec![$($crate::store::value::Value::from($param)),*],
        }
    };
}
pub(crate) use query;

/// What a database must offer: statements executed in order, all rows of each returned.
pub(crate) trait Connection {
    /// Executes the statements in order. One exchange with a server, however many they are.
    fn batch(&mut self, queries: &[Query]) -> Result<Vec<Vec<Row>>>;

    /// The first of a block of numbers of ids that nobody else gets.
    fn reserve_ids(&mut self, kind: &str, count: i64) -> Result<i64> {
        super::config::reserve_in_place(self, kind, count)
    }

    /// The next batch is the last of its transaction. Who can sends the commit with it; to others it says nothing.
    #[cfg(feature = "postgres")]
    fn commit_with_next(&mut self) {}

    /// The rows of a statement that is not one of the files: of the dump.
    fn table(&mut self, sql: &str) -> Result<Vec<Row>>;

    /// What the database itself finds wrong with its files, where it can say.
    fn integrity(&mut self) -> Result<Vec<String>> {
        Ok(Vec::new())
    }

    /// The rows of one statement.
    fn rows(&mut self, query: Query) -> Result<Vec<Row>> {
        Ok(self.batch(&[query])?.pop().unwrap_or_default())
    }

    /// The first row of one statement.
    fn first(&mut self, query: Query) -> Result<Option<Row>> {
        Ok(self.rows(query)?.into_iter().next())
    }
}

/// One column of a row; texts and blobs lie together in the bytes of the row.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Null,
    Int(i64),
    Text(usize, usize),
    Blob(usize, usize),
}

/// A row, read from its first column to its last. Whatever its columns, it is two allocations.
#[derive(Debug, Default)]
pub(crate) struct Row {
    cells: Vec<Cell>,
    next: usize,
    bytes: Vec<u8>,
}

impl Row {
    /// A row that has room for this many columns.
    pub fn with_width(columns: usize) -> Self {
        Self { cells: Vec::with_capacity(columns), next: 0, bytes: Vec::new() }
    }

    pub fn push_null(&mut self) {
        self.cells.push(Cell::Null);
    }

    pub fn push_int(&mut self, value: i64) {
        self.cells.push(Cell::Int(value));
    }

    pub fn push_text(&mut self, text: &[u8]) {
        let start = self.bytes.len();
        if start == 0 {
            // Room for the texts of most rows at once.
            self.bytes.reserve(text.len().max(192));
        }
        self.bytes.extend_from_slice(text);
        self.cells.push(Cell::Text(start, self.bytes.len()));
    }

    pub fn push_blob(&mut self, bytes: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.cells.push(Cell::Blob(start, self.bytes.len()));
    }

    /// The error of a row that was not written by us.
    pub fn wrong() -> Error {
        Error::new(Reason::Corrupt).with("what", "column of an unexpected type")
    }

    /// The next column if it is a number, without moving on.
    pub fn peek_int(&self) -> Option<i64> {
        match self.cells.get(self.next) {
            Some(Cell::Int(value)) => Some(*value),
            _ => None,
        }
    }

    /// Whether every column was read.
    pub const fn is_at_end(&self) -> bool {
        self.next >= self.cells.len()
    }

    /// Moves over columns.
    pub fn skip(&mut self, columns: usize) {
        self.next = self.next.saturating_add(columns);
    }

    fn cell(&mut self) -> Result<Cell> {
        let cell = self.cells.get(self.next).copied().ok_or_else(Self::wrong)?;
        self.skip(1);
        Ok(cell)
    }

    /// The next column as text, where it lies.
    pub fn opt_str(&mut self) -> Result<Option<&str>> {
        match self.cell()? {
            Cell::Text(start, end) => {
                let bytes = self.bytes.get(start..end).ok_or_else(Self::wrong)?;
                std::str::from_utf8(bytes).map(Some).map_err(|_| Self::wrong())
            }
            Cell::Null => Ok(None),
            _ => Err(Self::wrong()),
        }
    }

    fn str(&mut self) -> Result<&str> {
        self.opt_str()?.ok_or_else(Self::wrong)
    }

    /// The next column as it is.
    pub fn value(&mut self) -> Result<Value> {
        let bytes =
            |row: &Self, start, end| row.bytes.get(start..end).map(<[u8]>::to_vec).ok_or_else(Self::wrong);
        match self.cell()? {
            Cell::Null => Ok(Value::Null),
            Cell::Int(value) => Ok(Value::Int(value)),
            Cell::Text(start, end) => {
                String::from_utf8(bytes(self, start, end)?).map(Value::Text).map_err(|_| Self::wrong())
            }
            Cell::Blob(start, end) => bytes(self, start, end).map(Value::Blob),
        }
    }

    pub fn int(&mut self) -> Result<i64> {
        self.opt_int()?.ok_or_else(Self::wrong)
    }

    pub fn opt_int(&mut self) -> Result<Option<i64>> {
        match self.cell()? {
            Cell::Int(value) => Ok(Some(value)),
            Cell::Null => Ok(None),
            _ => Err(Self::wrong()),
        }
    }

    pub fn int32(&mut self) -> Result<i32> {
        i32::try_from(self.int()?).map_err(|_| Self::wrong())
    }

    pub fn flag(&mut self) -> Result<bool> {
        Ok(self.int()? != 0)
    }

    pub fn text(&mut self) -> Result<String> {
        self.opt_text()?.ok_or_else(Self::wrong)
    }

    pub fn opt_text(&mut self) -> Result<Option<String>> {
        Ok(self.opt_str()?.map(str::to_owned))
    }

    pub fn opt_blob(&mut self) -> Result<Option<Vec<u8>>> {
        match self.value()? {
            Value::Blob(value) => Ok(Some(value)),
            Value::Null => Ok(None),
            _ => Err(Self::wrong()),
        }
    }

    pub fn blob(&mut self) -> Result<Vec<u8>> {
        self.opt_blob()?.ok_or_else(Self::wrong)
    }

    pub fn id<T: carnet_domain::ids::Id>(&mut self) -> Result<T> {
        self.int().map(T::from_raw)
    }

    pub fn opt_id<T: carnet_domain::ids::Id>(&mut self) -> Result<Option<T>> {
        Ok(self.opt_int()?.map(T::from_raw))
    }

    pub fn instant(&mut self) -> Result<Instant> {
        Instant::from_micros(self.int()?).map_err(|_| Self::wrong())
    }

    pub fn opt_instant(&mut self) -> Result<Option<Instant>> {
        self.opt_int()?.map(Instant::from_micros).transpose().map_err(|_| Self::wrong())
    }

    /// The next column read by `FromStr`.
    pub fn parsed<T: std::str::FromStr>(&mut self) -> Result<T> {
        self.str()?.parse().map_err(|_| Self::wrong())
    }

    pub fn opt_parsed<T: std::str::FromStr>(&mut self) -> Result<Option<T>> {
        self.opt_str()?.map(str::parse).transpose().map_err(|_| Self::wrong())
    }

    /// The next column as one of the words of a choice.
    pub fn word<T>(&mut self, from_text: impl Fn(&str) -> Option<T>) -> Result<T> {
        from_text(self.str()?).ok_or_else(Self::wrong)
    }

    pub fn opt_word<T>(&mut self, from_text: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
        match self.opt_str()? {
            Some(text) => from_text(text).map(Some).ok_or_else(Self::wrong),
            None => Ok(None),
        }
    }

    /// The next column as JSON, for lists and choices with data.
    pub fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T> {
        serde_json::from_str(self.str()?).map_err(|_| Self::wrong())
    }

    pub fn opt_json<T: serde::de::DeserializeOwned>(&mut self) -> Result<Option<T>> {
        self.opt_str()?.map(serde_json::from_str).transpose().map_err(|_| Self::wrong())
    }
}

/// A value as JSON text, or nothing where it says nothing: rules that limit nothing, a list with nothing on it.
pub(crate) fn filled<T: serde::Serialize + Default + PartialEq>(value: &T) -> Result<Option<String>> {
    if *value == T::default() { Ok(None) } else { json(value).map(Some) }
}

/// A value kept as JSON text in one column: a list of ids, a validity.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|_| Error::new(Reason::Internal).with("what", "value without JSON form"))
}

macro_rules! from {
    ($($type:ty => $pattern:pat => $value:expr;)*) => { $(
        impl From<$type> for Value { fn from($pattern: $type) -> Self { $value } }
    )* };
}

from! {
    i64 => value => Value::Int(value);
    i32 => value => Value::Int(value.into());
    bool => value => Value::Int(value.into());
    String => value => Value::Text(value);
    &str => value => Value::Text(value.to_owned());
    &String => value => Value::Text(value.clone());
    Vec<u8> => value => Value::Blob(value);
    &[u8] => value => Value::Blob(value.to_vec());
    [u8; 32] => value => Value::Blob(value.to_vec());
    [u8; 16] => value => Value::Blob(value.to_vec());
    Instant => value => Value::Int(value.micros());
    Date => value => Value::Text(value.to_string());
}

macro_rules! from_ids {
    ($($id:ident)*) => { $(
        impl From<carnet_domain::$id> for Value { fn from(id: carnet_domain::$id) -> Self { Self::Int(id.0) } }
    )* };
}

from_ids! {
    AccountId AttemptId BookingId ConflictId FreezeId HoldId UseId CardId CategoryId ClientId GroupId LotId OperatorId PassId PlanId ServiceId TransferId VenueId
    VisitId ZoneId
    DocumentId
    CommentId ConsentId FileId FieldId HouseholdId MessageId
}

/// A parameter that may be null.
pub(crate) fn opt<T: Into<Value>>(value: Option<T>) -> Value {
    value.map_or(Value::Null, Into::into)
}
