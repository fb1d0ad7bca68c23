//! Dependencies: where they come from, which we do without, and that each one that is named is used and has its reason.

use crate::Findings;
use crate::house::File;
use serde_json::Value;
use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::Command;

/// Crates that must not be in the tree, however they come.
const BANNED: [(&str, &str); 7] = [
    ("openssl", "links the system's library: one file no longer installs the program"),
    ("openssl-sys", "see openssl"),
    ("native-tls", "see openssl"),
    ("aws-lc-rs", "a second TLS provider beside ring makes rustls panic; its C code needs cmake"),
    ("aws-lc-sys", "see aws-lc-rs"),
    ("rusqlite", "links sqlite3, which only one crate may: sqlx has it"),
    ("libgit2-sys", "an hour of C for what no page needs"),
];

/// Crates of which two major versions would be two truths: types that do not fit, or a library linked twice.
const ONCE: [&str; 9] = ["axum", "hyper", "jiff", "libsqlite3-sys", "rustls", "serde", "sqlx", "tokio", "tracing"];

/// The one place that packages come from; our own have none.
const SOURCE: &str = concat!("registry+https://github.com/rust-lang/crates.io", "-index");

/// Dependencies that no source names, and why they stand in a manifest all the same: (member, dependency, reason).
const UNNAMED: [(&str, &str, &str); 0] = [];

pub struct Package {
    pub name: String,
    pub version: String,
    pub licence: Option<String>,
    source: Option<String>,
}

pub struct Member {
    name: String,
    /// Its folder below the root, with a slash at the end.
    folder: String,
    /// As sources name them, and as the workspace names them.
    dependencies: Vec<(String, String)>,
}

/// What is built on this platform, and by which members.
pub struct Graph {
    pub packages: Vec<Package>,
    members: Vec<Member>,
}

impl Graph {
    /// Asks cargo, which needs no network: only what this platform builds is looked at, and that is here after a build.
    pub fn load(root: &Path) -> Result<Graph, Box<dyn Error>> {
        let version = run(Command::new("rustc").arg("-vV"))?;
        let host = version.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no host")?;
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(root).args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host]);
        let metadata: Value = serde_json::from_str(&run(&mut cargo)?)?;
        let built: BTreeSet<&str> = list(&metadata["resolve"]["nodes"]).filter_map(|node| node["id"].as_str()).collect();
        let packages = list(&metadata["packages"]).filter(|package| built.contains(text(package, "id")));
        let members = list(&metadata["packages"]).filter(|package| package["source"].is_null());
        Ok(Graph { packages: packages.map(package).collect(), members: members.map(|found| member(found, root)).collect() })
    }
}

pub fn check(graph: &Graph, files: &[File]) -> Findings {
    let mut findings = Findings::new();
    for Package { name, version, source, .. } in &graph.packages {
        if source.as_deref().is_some_and(|source| source != SOURCE) {
            findings.push(format!("{name} {version}: comes from elsewhere than the registry, which keeps what it has published"));
        }
        if let Some((_, reason)) = BANNED.iter().find(|(banned, _)| banned == name) {
            findings.push(format!("{name} {version}: we do without: {reason}"));
        }
    }
    for name in ONCE {
        let versions: Vec<&str> =
            graph.packages.iter().filter(|package| package.name == name).map(|package| package.version.as_str()).collect();
        if versions.len() > 1 {
            findings.push(format!("{name}: stands in the tree as {}", versions.join(" and ")));
        }
    }
    findings.extend(graph.members.iter().flat_map(|member| unused(member, files)));
    findings
}

/// Dependencies of a member that none of its sources names.
fn unused(member: &Member, files: &[File]) -> Findings {
    let sources: Vec<&File> = files.iter().filter(|file| file.path.starts_with(&member.folder) && file.path.ends_with(".rs")).collect();
    let is_named = |name: &str| sources.iter().any(|file| has_word(&file.text, name));
    let is_excused = |name: &str| UNNAMED.iter().any(|(owner, excused, _)| *owner == member.name && *excused == name);
    let unused = member.dependencies.iter().filter(|(named, name)| !is_named(named) && !is_excused(name));
    unused.map(|(_, name)| format!("{}Cargo.toml: no source names its dependency {name}", member.folder)).collect()
}

/// The lines of `[workspace.dependencies]`: each is used by a member and has a reason, behind it or above its group.
pub fn check_workspace_lines(manifest: &str, graph: &Graph) -> Findings {
    let lines = manifest.lines().skip_while(|line| *line != "[workspace.dependencies]").skip(1).take_while(|line| !line.starts_with('['));
    let (mut findings, mut has_group) = (Findings::new(), false);
    for line in lines {
        if line.is_empty() || line.starts_with('#') {
            has_group = line.starts_with('#');
            continue;
        }
        let name = line.split([' ', '=', '.']).next().unwrap_or_default();
        if !has_group && !line.contains(" # ") {
            findings.push(format!("Cargo.toml: {name} has no reason, behind it or above its group"));
        }
        let is_used = graph.members.iter().any(|member| member.dependencies.iter().any(|(_, dependency)| dependency == name));
        if !is_used {
            findings.push(format!("Cargo.toml: no member uses {name}"));
        }
    }
    findings
}

fn run(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn package(found: &Value) -> Package {
    let optional = |key: &str| found[key].as_str().map(str::to_owned);
    Package {
        name: text(found, "name").to_owned(),
        version: text(found, "version").to_owned(),
        licence: optional("license"),
        source: optional("source"),
    }
}

fn member(found: &Value, root: &Path) -> Member {
    let manifest = Path::new(text(found, "manifest_path"));
    let folder = manifest.parent().and_then(|folder| folder.strip_prefix(root).ok()).unwrap_or(Path::new(""));
    let dependencies = list(&found["dependencies"]).map(|dependency| {
        let name = text(dependency, "name");
        (dependency["rename"].as_str().unwrap_or(name).replace('-', "_"), name.to_owned())
    });
    Member { name: text(found, "name").to_owned(), folder: format!("{}/", folder.display()), dependencies: dependencies.collect() }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Whether a name stands in a text with no letter, digit or underscore beside it.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(start, _)| {
        !text[..start].chars().next_back().is_some_and(is_part) && !text[start + word.len()..].chars().next().is_some_and(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(dependency: &str) -> Graph {
        let dependencies = vec![(dependency.replace('-', "_"), dependency.to_owned())];
        Graph { packages: Vec::new(), members: vec![Member { name: "app".into(), folder: "crates/app/".into(), dependencies }] }
    }

    fn source(text: &str) -> Vec<File> {
        vec![File { path: "crates/app/src/main.rs".into(), text: text.into() }]
    }

    #[test]
    fn a_dependency_is_used_where_a_source_names_it() {
        assert!(check(&graph("tower-http"), &source("use tower_http::limit;")).is_empty());
        assert_eq!(
            check(&graph("tower"), &source("use tower_http::limit;")),
            ["crates/app/Cargo.toml: no source names its dependency tower"]
        );
    }

    #[test]
    fn packages_come_from_one_place_and_none_is_banned() {
        let package = |name: &str, source: Option<&str>| Package {
            name: name.into(),
            version: "1.0.0".into(),
            licence: None,
            source: source.map(str::to_owned),
        };
        let packages =
            vec![package("rusqlite", Some(SOURCE)), package("jiff", Some("git+https://example.test/jiff")), package("jiff", Some(SOURCE))];
        let findings = check(&Graph { packages, members: Vec::new() }, &[]);
        assert_eq!(findings.len(), 3, "{findings:?}");
    }

    #[test]
    fn every_line_of_the_workspace_has_a_reason_and_a_user() {
        let manifest = "[workspace]\n[workspace.dependencies]\n# Text.\nmemchr = \"2\"\n\nserde = \"1\"\njiff = \"1\" # days\n\n[profile.dev]\nlto = 1\n";
        let findings = check_workspace_lines(manifest, &graph("memchr"));
        assert_eq!(
            findings,
            [
                "Cargo.toml: serde has no reason, behind it or above its group",
                "Cargo.toml: no member uses serde",
                "Cargo.toml: no member uses jiff"
            ]
        );
    }
}
