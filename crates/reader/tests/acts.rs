//! Requests, orders, statements and conclusions of whole papers: `tests/acts/*.txt` hold an invented paper, a line of equals
//! signs, and what the reader is to give, one line an entry. `UPDATE_CASES=1 cargo test` rewrites the lines.

use std::fmt::Write;
use std::path::Path;

use domain::reading::Reading;

/// Between a paper and its entries.
const RULE: &str = "=====\n";

#[test]
fn reads_the_acts_of_papers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/acts");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let case = std::fs::read_to_string(&path).unwrap();
        let (paper, expect) = case.split_once(RULE).unwrap_or((case.as_str(), ""));
        let found = lines(&reader::read(paper, None));
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&path, format!("{paper}{RULE}{found}")).unwrap();
        } else {
            assert_eq!(found, expect, "{}", path.display());
        }
        seen += 1;
    }
    assert!(seen >= 6);
}

fn lines(reading: &Reading) -> String {
    let mut lines = String::new();
    let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    for statement in &reading.statements {
        let who = or_dash(&statement.speaker.clone().or(statement.body.clone()));
        let _ = writeln!(lines, "{:?} | {who} | {} | {}", statement.kind, or_dash(&statement.photo), statement.quote);
    }
    for conclusion in &reading.conclusions {
        let _ = writeln!(lines, "{:?} | {} | {}", conclusion.kind, or_dash(&conclusion.by), conclusion.quote);
    }
    for proposal in &reading.proposals {
        let options = proposal.options.join(" / ");
        let _ = writeln!(lines, "Proposal | {} > {} | {options} | {}", or_dash(&proposal.by), or_dash(&proposal.to), proposal.quote);
    }
    for task in &reading.tasks {
        let (by, lead, with) = (or_dash(&task.assigned_by), or_dash(&task.lead), task.cooperating.join(" + "));
        let due = task.due.map_or("-".to_owned(), |due| due.to_string());
        let _ = writeln!(lines, "Task | {by} > {lead} | {with} | {due} | {}", task.quote);
    }
    lines
}

#[test]
fn survives_hostile_papers() {
    let lead = "Họp\n\nSáng 12/9/2024, đồng chí Trần Quốc Thụy, Bí thư Tỉnh ủy yêu cầu xã Khe Lạnh: ";
    for part in [
        "giao Sở Xây dựng rà soát; ",
        "đề nghị , ",
        "Về, ",
        "a\u{301}",
        "((",
        "“",
        "tỉnh sẽ ",
        "1",
        ";",
        "phối hợp với Sở A, ",
        "hoặc cho ",
    ] {
        let reading = reader::read(&format!("{lead}{}", part.repeat(2_000)), None);
        for task in &reading.tasks {
            assert_eq!(task.span.of(&reading.text), Some(task.quote.as_str()));
        }
    }
}
