//! The files of `messages/` as Rust: every `[section] key = { vi = "…", en = "…" }` becomes `Lang::section_key(..)`.
//!
//! In a text, `{name}` prints an argument; `{name:day|days}` prints the first word where the argument prints as `1`,
//! else the second. A key without one of the languages, or with other arguments in one than in the other, is an error.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The sections of every file of the folder, in one table. A section may stand in several files, a key only once.
pub fn read_folder(folder: &Path) -> Result<toml::Table, String> {
    let fault = |fault: &dyn std::fmt::Display| format!("{}: {fault}", folder.display());
    let entries = fs::read_dir(folder).map_err(|error| fault(&error))?;
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(|error| fault(&error))?;
    files.sort();
    let mut all = toml::Table::new();
    for file in files {
        let fault = |fault: &dyn std::fmt::Display| format!("{}: {fault}", file.display());
        let text = fs::read_to_string(&file).map_err(|error| fault(&error))?;
        for (section, keys) in text.parse::<toml::Table>().map_err(|error| fault(&error))? {
            let into = all.entry(&section).or_insert_with(|| toml::Table::new().into()).as_table_mut();
            let (Some(into), Some(keys)) = (into, keys.as_table()) else { return Err(fault(&format!("[{section}] is no table"))) };
            for (key, texts) in keys {
                if into.insert(key.clone(), texts.clone()).is_some() {
                    return Err(fault(&format!("{section}.{key} stands twice")));
                }
            }
        }
    }
    Ok(all)
}

/// The whole generated file.
pub fn functions(sections: &toml::Table) -> Result<String, String> {
    let mut code = String::from("impl Lang {\n");
    let mut words = String::new();
    for (section, keys) in sections {
        let keys = keys.as_table().ok_or_else(|| format!("messages: [{section}] is no table"))?;
        for (key, texts) in keys {
            let name = format!("{section}_{key}");
            let made = function(&name, texts).map_err(|fault| format!("messages: {section}.{key}: {fault}"))?;
            if made.contains("-> &'static str") {
                let _ = writeln!(words, "            ({section:?}, {key:?}) => Some(self.{name}()),");
            }
            code += &made;
        }
    }
    let _ = write!(
        code,
        "    /// The word for a code or a field of a form, by its section and key; absent where there is none.\n    \
         pub fn word(self, section: &str, key: &str) -> Option<&'static str> {{\n        \
         match (section, key) {{\n{words}            _ => None,\n        }}\n    }}\n}}\n"
    );
    Ok(code)
}

fn function(name: &str, texts: &toml::Value) -> Result<String, String> {
    if !is_identifier(name) {
        return Err("a key is made of small letters, digits and _".to_owned());
    }
    let texts = texts.as_table().ok_or("wants { vi = \"…\", en = \"…\" }")?;
    if let Some(other) = texts.keys().find(|key| !matches!(key.as_str(), "vi" | "en")) {
        return Err(format!("unknown language {other}"));
    }
    let vi = text_in(texts, "vi")?;
    let en = text_in(texts, "en")?;
    let (vi_parts, en_parts) = (parts(vi)?, parts(en)?);
    let arguments = argument_names(&vi_parts);
    let english = argument_names(&en_parts);
    if let Some(missing) = arguments.iter().find(|name| !english.contains(name)) {
        return Err(format!("en does not use {{{missing}}}"));
    }
    if let Some(missing) = english.iter().find(|name| !arguments.contains(name)) {
        return Err(format!("vi does not use {{{missing}}}"));
    }
    // Words, not Markdown: brackets are no link and an address is no command to follow it.
    let doc = format!("{vi} · {en}").replace('\n', " ").replace('[', "\\[").replace("://", "\\://");
    let mut code = format!("    #[doc = {doc:?}]\n");
    if arguments.is_empty() {
        let (vi, en) = (plain(&vi_parts), plain(&en_parts));
        let _ =
            writeln!(code, "    pub const fn {name}(self) -> &'static str {{ match self {{ Self::Vi => {vi:?}, Self::En => {en:?} }} }}");
        return Ok(code);
    }
    let list: String = arguments.iter().map(|name| format!(", {name}: impl std::fmt::Display")).collect();
    let _ = writeln!(code, "    pub fn {name}(self{list}) -> String {{");
    for argument in &arguments {
        let _ = writeln!(code, "        let {argument} = {argument}.to_string();");
    }
    let _ = writeln!(
        code,
        "        match self {{ Self::Vi => [{}].concat(), Self::En => [{}].concat() }}\n    }}",
        pieces(&vi_parts),
        pieces(&en_parts)
    );
    Ok(code)
}

fn text_in<'a>(texts: &'a toml::Table, language: &str) -> Result<&'a str, String> {
    let text = texts.get(language).and_then(toml::Value::as_str).ok_or_else(|| format!("{language} is missing"))?;
    if text.trim().is_empty() { Err(format!("{language} is empty")) } else { Ok(text) }
}

enum Part<'a> {
    Text(&'a str),
    Argument(&'a str),
    /// The argument decides between the words for one and for more.
    Plural(&'a str, &'a str, &'a str),
}

fn parts(text: &str) -> Result<Vec<Part<'_>>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let (inside, after) = behind.split_once('}').ok_or("a { without its }")?;
        let (name, words) = inside.split_once(':').unwrap_or((inside, ""));
        if !is_identifier(name) {
            return Err(format!("{{{inside}}} is no argument"));
        }
        parts.push(Part::Text(before));
        parts.push(match words.split_once('|') {
            Some((one, more)) => Part::Plural(name, one, more),
            None if words.is_empty() && inside == name => Part::Argument(name),
            None => return Err(format!("{{{inside}}} wants the words for one and for more: {{{name}:day|days}}")),
        });
        rest = after;
    }
    if rest.contains('}') {
        return Err("a } without its {".to_owned());
    }
    parts.push(Part::Text(rest));
    Ok(parts)
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Each once, in the order in which the text uses them: the order of the function's arguments.
fn argument_names<'a>(parts: &[Part<'a>]) -> Vec<&'a str> {
    let mut names = Vec::new();
    for part in parts {
        if let Part::Argument(name) | Part::Plural(name, ..) = part
            && !names.contains(name)
        {
            names.push(*name);
        }
    }
    names
}

fn plain(parts: &[Part<'_>]) -> String {
    parts.iter().filter_map(|part| if let Part::Text(text) = part { Some(*text) } else { None }).collect()
}

/// The elements of a Rust array of `&str`.
fn pieces(parts: &[Part<'_>]) -> String {
    let piece = |part: &Part<'_>| match part {
        Part::Text("") => String::new(),
        Part::Text(text) => format!("{text:?}, "),
        Part::Argument(name) => format!("{name}.as_str(), "),
        Part::Plural(name, one, more) => format!("if {name} == \"1\" {{ {one:?} }} else {{ {more:?} }}, "),
    };
    parts.iter().map(piece).collect()
}
