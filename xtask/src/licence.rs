//! Licences: whether every package that is built may be given on with a program under the Apache Licence 2.0.

use crate::Findings;
use crate::dependencies::Package;

/// SPDX identifiers that we accept, and why.
const ALLOWED: [(&str, &str); 11] = [
    ("Apache-2.0", "ours"),
    ("MIT", "permissive"),
    ("MIT-0", "permissive, without attribution"),
    ("BSD-2-Clause", "permissive"),
    ("BSD-3-Clause", "permissive"),
    ("BSL-1.0", "permissive"),
    ("ISC", "permissive"),
    ("Zlib", "permissive"),
    ("Unicode-3.0", "permissive, on Unicode's data"),
    ("CC0-1.0", "public domain"),
    ("MPL-2.0", "binds changes to its own files only, and we build those crates as published"),
];

pub fn check(packages: &[Package]) -> Findings {
    let refusal = |package: &Package| match &package.licence {
        None => Some(format!("{} {}: names no licence", package.name, package.version)),
        Some(licence) if is_allowed(licence) => None,
        Some(licence) => Some(format!("{} {}: licence '{licence}' is not in xtask/src/licence.rs", package.name, package.version)),
    };
    packages.iter().filter_map(refusal).collect()
}

/// Whether an SPDX expression can be met by accepted licences alone. What cannot be read is refused.
fn is_allowed(expression: &str) -> bool {
    // Cargo's former separator means "or".
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Parser { words: &words };
    parser.any() == Some(true) && parser.words.is_empty()
}

/// Descends an expression: `any` of terms joined by OR, each `all` of parts joined by AND, which binds closer.
struct Parser<'a> {
    words: &'a [&'a str],
}

impl Parser<'_> {
    fn any(&mut self) -> Option<bool> {
        let mut met = self.all()?;
        while self.take("OR") {
            met |= self.all()?;
        }
        Some(met)
    }

    fn all(&mut self) -> Option<bool> {
        let mut met = self.part()?;
        while self.take("AND") {
            met &= self.part()?;
        }
        Some(met)
    }

    fn part(&mut self) -> Option<bool> {
        if self.take("(") {
            let met = self.any()?;
            return self.take(")").then_some(met);
        }
        let (name, rest) = self.words.split_first()?;
        self.words = rest;
        if self.take("WITH") {
            // An exception only ever gives further rights.
            self.words = self.words.split_first()?.1;
        }
        Some(ALLOWED.iter().any(|(allowed, _)| allowed == name))
    }

    fn take(&mut self, word: &str) -> bool {
        let is_next = self.words.first() == Some(&word);
        if is_next {
            self.words = &self.words[1..];
        }
        is_next
    }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn an_expression_is_met_by_accepted_licences_alone() {
        for met in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0-only OR MIT",
            "(MIT OR GPL-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR MIT",
            "GPL-2.0 AND GPL-3.0 OR MIT",
        ] {
            assert!(is_allowed(met), "{met}");
        }
        for refused in ["GPL-3.0-only", "MIT AND AGPL-3.0", "MIT OR", "(MIT", "MIT)", "", "MIT Apache-2.0", "MIT AND (GPL-2.0 OR GPL-3.0)"]
        {
            assert!(!is_allowed(refused), "{refused}");
        }
    }
}
