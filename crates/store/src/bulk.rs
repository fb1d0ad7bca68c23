//! Rows by the million: many a statement on SQLite, a stream on PostgreSQL. The journal covers them by one hash, so only a load
//! brings rows this way (see [`crate::load`]).

use sha2::{Digest, Sha256};

use crate::db::{Tx, Value};
use crate::error::StoreError;
use crate::ledger::Write;
use crate::record::{Record, Table};

/// Rows of one statement: more gain little, and SQLite takes 32,766 values at most (66 columns).
pub(crate) const ROWS_A_STATEMENT: usize = 500;
/// Bytes of one message to PostgreSQL: a few thousand rows.
const BYTES_A_MESSAGE: usize = 256 * 1024;

/// How the rows of a table are told as lines of JSON with sorted keys: exactly what the journal would hold of each.
pub(crate) struct Lines {
    table: Table,
    sorted: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(table: Table) -> Self {
        let mut sorted: Vec<usize> = (0..table.columns.len()).collect();
        sorted.sort_by_key(|at| table.columns.get(*at));
        Self { table, sorted }
    }

    /// Adds a row's line to a buffer. The same text as [`Table::to_json`] prints, without a tree for each of millions of rows.
    pub(crate) fn push(&self, values: &[Value], line: &mut Vec<u8>) -> Result<(), StoreError> {
        if !self.table.digested.is_empty() || !self.table.later.is_empty() {
            line.extend(self.table.to_json(values).to_string().into_bytes());
            line.push(b'\n');
            return Ok(());
        }
        line.push(b'{');
        for (place, at) in self.sorted.iter().enumerate() {
            if place > 0 {
                line.push(b',');
            }
            line.push(b'"');
            line.extend_from_slice(self.table.columns.get(*at).copied().unwrap_or_default().as_bytes());
            line.extend_from_slice(b"\":");
            let told = match values.get(*at) {
                Some(Value::Number(Some(number))) => serde_json::to_writer(&mut *line, number),
                Some(Value::Text(Some(text))) => serde_json::to_writer(&mut *line, text),
                _ => {
                    line.extend_from_slice(b"null");
                    Ok(())
                }
            };
            told.map_err(|fault| StoreError::Internal(fault.to_string()))?;
        }
        line.extend_from_slice(b"}\n");
        Ok(())
    }
}

impl Write {
    /// Adds rows that the journal does not tell one by one; `digest` takes each row's line, `written` is told how many stand.
    pub(crate) async fn insert_many<R: Record>(
        &mut self,
        rows: &mut (dyn Iterator<Item = R> + Send),
        digest: &mut Sha256,
        written: &mut (dyn FnMut(usize) + Send),
    ) -> Result<usize, StoreError> {
        let mut told = rows.map(|row| row.values());
        match self.tx_mut() {
            Tx::Sqlite(_) => self.insert_by_statements(R::TABLE, &mut told, digest, written).await,
            Tx::Postgres(_) => self.insert_by_copy(R::TABLE, &mut told, digest, written).await,
        }
    }

    async fn insert_by_statements(
        &mut self,
        table: Table,
        rows: &mut (dyn Iterator<Item = Vec<Value>> + Send),
        digest: &mut Sha256,
        written: &mut (dyn FnMut(usize) + Send),
    ) -> Result<usize, StoreError> {
        let (lines, mut line) = (Lines::of(table), Vec::new());
        let insert = |rows| insert_several(table.name, &table.column_list(), table.columns.len(), rows);
        let full = insert(ROWS_A_STATEMENT);
        let (mut batch, mut in_batch, mut count) = (Vec::new(), 0, 0);
        for values in rows {
            table.check_text(&values)?;
            line.clear();
            lines.push(&values, &mut line)?;
            digest.update(&line);
            batch.extend(values);
            in_batch += 1;
            if in_batch == ROWS_A_STATEMENT {
                self.tx_mut().execute(&full, &batch).await?;
                count += in_batch;
                written(count);
                (in_batch, batch) = (0, Vec::with_capacity(batch.len()));
            }
        }
        if in_batch > 0 {
            self.tx_mut().execute(&insert(in_batch), &batch).await?;
            count += in_batch;
            written(count);
        }
        Ok(count)
    }

    async fn insert_by_copy(
        &mut self,
        table: Table,
        rows: &mut (dyn Iterator<Item = Vec<Value>> + Send),
        digest: &mut Sha256,
        written: &mut (dyn FnMut(usize) + Send),
    ) -> Result<usize, StoreError> {
        let Tx::Postgres(tx) = self.tx_mut() else { return Err(StoreError::Internal("COPY is PostgreSQL's".to_owned())) };
        let (lines, mut line) = (Lines::of(table), Vec::new());
        let mut copy = tx.copy_in_raw(&copy_from(table.name, &table.column_list())).await?;
        let (mut message, mut count) = (Vec::with_capacity(BYTES_A_MESSAGE * 2), 0);
        for values in rows {
            table.check_text(&values)?;
            line.clear();
            lines.push(&values, &mut line)?;
            digest.update(&line);
            push_copied(&values, &mut message);
            count += 1;
            if message.len() >= BYTES_A_MESSAGE {
                copy.send(message.as_slice()).await?;
                message.clear();
                written(count);
            }
        }
        copy.send(message.as_slice()).await?;
        copy.finish().await?;
        written(count);
        Ok(count)
    }
}

/// `INSERT INTO … VALUES (?, ?), (?, ?), …` of so many columns and rows.
pub(crate) fn insert_several(table: &str, column_list: &str, columns: usize, rows: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(", "));
    format!("INSERT INTO {table} ({column_list}) VALUES {}", vec![row.as_str(); rows].join(", "))
}

/// `COPY … FROM STDIN`
pub(crate) fn copy_from(table: &str, column_list: &str) -> String {
    format!("COPY {table} ({column_list}) FROM STDIN")
}

/// A row as COPY reads it: fields between tabs, `\N` for what is missing.
pub(crate) fn push_copied(values: &[Value], message: &mut Vec<u8>) {
    for (place, value) in values.iter().enumerate() {
        if place > 0 {
            message.push(b'\t');
        }
        match value {
            Value::Number(None) | Value::Text(None) => message.extend_from_slice(b"\\N"),
            Value::Number(Some(number)) => message.extend_from_slice(number.to_string().as_bytes()),
            Value::Text(Some(text)) => {
                for byte in text.bytes() {
                    match byte {
                        b'\\' => message.extend_from_slice(b"\\\\"),
                        b'\t' => message.extend_from_slice(b"\\t"),
                        b'\n' => message.extend_from_slice(b"\\n"),
                        b'\r' => message.extend_from_slice(b"\\r"),
                        byte => message.push(byte),
                    }
                }
            }
        }
    }
    message.push(b'\n');
}

#[cfg(test)]
mod tests {
    use domain::measurement::Measurement;

    use super::*;

    #[test]
    fn a_line_is_what_the_journal_would_hold() {
        let text = |text: &str| Value::Text(Some(text.to_owned()));
        let mut values = vec![Value::Number(None); Measurement::TABLE.columns.len()];
        (values[0], values[3], values[7]) = (Value::Number(Some(-7)), text("2024-03"), text("Biểu \"3\"\\\t\n\u{1}"));
        let mut line = Vec::new();
        Lines::of(Measurement::TABLE).push(&values, &mut line).unwrap();
        assert_eq!(String::from_utf8(line).unwrap(), format!("{}\n", Measurement::TABLE.to_json(&values)));
    }

    #[test]
    fn what_copy_reads_keeps_every_character() {
        let mut message = Vec::new();
        push_copied(&[Value::Number(Some(5)), Value::Text(None), Value::Text(Some("a\tb\\N\n".to_owned()))], &mut message);
        assert_eq!(String::from_utf8(message).unwrap(), "5\t\\N\ta\\tb\\\\N\\n\n");
    }
}
