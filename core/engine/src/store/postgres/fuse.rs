//! Writes that follow each other as one statement: each statement costs the server an answer of its own, and the
//! driver a waking.
//!
//! Only writes that do not read and do not touch the same rows are fused: the parts of such a statement all see the
//! state before it. Foreign keys are checked at its end.

use crate::store::value::{Query, Sql};

/// The longest run that is fused: every length is a statement to prepare.
const MOST: usize = 8;

/// The text of a statement for the server, before its placeholders are rewritten.
fn text(sql: &'static Sql) -> &'static str {
    sql.postgres.unwrap_or(sql.text)
}

/// The table that a plain write changes, and whether it only adds to it. Nothing for every other statement.
fn writes(sql: &'static Sql) -> Option<(&'static str, bool)> {
    let text = text(sql);
    if ["SELECT", "RETURNING", "ON CONFLICT", "currval"].iter().any(|word| text.contains(word)) {
        return None;
    }
    let mut words = text.split_whitespace();
    match (words.next()?, words.next()?) {
        ("INSERT", "INTO") => Some((words.next()?, true)),
        ("UPDATE", table) => Some((table, false)),
        _ => None,
    }
}

/// Statements in runs, each of which is sent as one; the order stays.
pub(crate) fn runs<'a>(queries: &[&'a Query]) -> Vec<Vec<&'a Query>> {
    let mut runs: Vec<Vec<&'a Query>> = Vec::with_capacity(queries.len());
    for query in queries {
        match runs.last_mut().filter(|run| run.len() < MOST && joins(run, query)) {
            Some(run) => run.push(query),
            None => runs.push(vec![query]),
        }
    }
    runs
}

fn joins(run: &[&Query], query: &Query) -> bool {
    let Some((table, adds)) = writes(query.sql) else { return false };
    run.iter().all(|earlier| match writes(earlier.sql) {
        Some((other, also_adds)) => other != table || (adds && also_adds),
        None => false,
    })
}

/// The text of a run.
pub(crate) fn statement(run: &[&Query]) -> String {
    let mut parts = Vec::with_capacity(run.len());
    let mut before = 0_usize;
    for query in run {
        parts.push(shifted(text(query.sql), before));
        before = before.saturating_add(query.params.len());
    }
    let Some(last) = parts.pop() else { return String::new() };
    let names: Vec<String> =
        parts.iter().enumerate().map(|(number, part)| format!("part{number} AS ({part})")).collect();
    if names.is_empty() { last } else { format!("WITH {} {last}", names.join(", ")) }
}

/// The text with higher numbers of placeholders.
fn shifted(text: &str, by: usize) -> String {
    let mut shifted = String::with_capacity(text.len().saturating_add(8));
    let (mut quoted, mut number) = (false, None::<usize>);
    let end = |number: &mut Option<usize>, shifted: &mut String| {
        if let Some(number) = number.take() {
            shifted.push_str(&number.saturating_add(by).to_string());
        }
    };
    let mut places = false;
    for character in text.trim_end().chars() {
        if let Some(digit) = character.to_digit(10).filter(|_| places) {
            let digit = usize::try_from(digit).unwrap_or(0);
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            continue;
        }
        end(&mut number, &mut shifted);
        quoted ^= character == '\'';
        places = character == '?' && !quoted;
        shifted.push(character);
    }
    end(&mut number, &mut shifted);
    shifted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::value::Value;

    fn query(text: &'static str, params: usize) -> Query {
        let sql = Box::leak(Box::new(Sql { text, postgres: None }));
        Query { sql, params: vec![Value::Null; params] }
    }

    #[test]
    fn writes_to_several_tables_become_one_statement() {
        let all = [
            query("BEGIN", 0),
            query("INSERT INTO a (x, y) VALUES (?1, ?2)", 2),
            query("INSERT INTO a (x, y) VALUES (?1, '?1')", 1),
            query("UPDATE b SET x = ?2 WHERE y = ?1\n", 2),
            query("UPDATE a SET x = ?1", 1),
            query("DELETE FROM c WHERE x = ?1", 1),
            query("INSERT INTO d (x) VALUES (?1) ON CONFLICT DO NOTHING", 1),
            query("INSERT INTO d (x) SELECT ?1", 1),
        ];
        let all: Vec<&Query> = all.iter().collect();
        let runs = runs(&all);
        assert_eq!(runs.iter().map(Vec::len).collect::<Vec<_>>(), [1, 3, 1, 1, 1, 1]);
        let fused = runs.get(1).map(|run| statement(run));
        let expected = "WITH part0 AS (INSERT INTO a (x, y) VALUES (?1, ?2)), \
            part1 AS (INSERT INTO a (x, y) VALUES (?3, '?1')) UPDATE b SET x = ?5 WHERE y = ?4";
        assert_eq!(fused.as_deref(), Some(expected));
        assert_eq!(runs.first().map(|run| statement(run)).as_deref(), Some("BEGIN"));
    }
}
