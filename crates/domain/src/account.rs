//! Accounts and the roles they hold over subtrees of units.

use crate::code::codes;
use crate::id::Id;
use crate::moment::Moment;
use crate::problem::Problem;
use crate::unit::Unit;

/// Fewest characters of a password: the length that needs no further rules (NIST SP 800-63B asks for 8; offices share rooms).
pub const PASSWORD_CHARACTERS_MIN: usize = 12;
/// Most characters of a password: argon2 takes any length, a request does not.
pub const PASSWORD_CHARACTERS_MAX: usize = 200;
/// Most characters of an account's name.
pub const NAME_CHARACTERS_MAX: usize = 60;

codes! {
    /// *Vai trò*, from the least to the most.
    pub enum Role {
        /// *xem*: reads everything of the subtree, changes nothing
        Viewer = "viewer",
        /// *báo cáo*: enters numbers and progress
        Reporter = "reporter",
        /// *chuyên viên*: hands in, decides, sessions, tasks, publishes
        Officer = "officer",
        /// *quản trị*: accounts, units
        Administrator = "administrator",
    }
}

/// *Tài khoản.*
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Id<Account>,
    /// What is typed to log in; small letters, digits, `.`, `-`, `_`.
    pub name: String,
    /// The argon2id hash in its text form.
    pub password_hash: String,
    /// Until when a one-time password holds; absent once the person chose an own one.
    pub one_time_until: Option<Moment>,
    /// Since when it is closed.
    pub closed_at: Option<Moment>,
}

/// A role over a unit and everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: Id<Grant>,
    /// Whose.
    pub account: Id<Account>,
    /// Which role.
    pub role: Role,
    /// Over which subtree.
    pub unit: Id<Unit>,
    /// Since when it no longer holds.
    pub ended_at: Option<Moment>,
}

/// Takes an account's name as typed: trimmed, in small letters.
pub fn parse_name(typed: &str) -> Result<String, Problem> {
    let name = typed.trim().to_lowercase();
    if name.is_empty() {
        return Err(Problem::Missing { field: "name" });
    }
    if name.chars().count() > NAME_CHARACTERS_MAX {
        return Err(Problem::TooLong { field: "name", characters_max: NAME_CHARACTERS_MAX });
    }
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    if name.chars().all(allowed) { Ok(name) } else { Err(Problem::NotAllowed { field: "name", value: typed.to_owned() }) }
}

/// Checks a password that a person chose: long enough, and not the name or one character again and again.
pub fn check_password(password: &str, name: &str) -> Result<(), Problem> {
    let length = password.chars().count();
    if length > PASSWORD_CHARACTERS_MAX {
        return Err(Problem::TooLong { field: "password", characters_max: PASSWORD_CHARACTERS_MAX });
    }
    let folded = crate::fold::fold(password);
    let mut different: Vec<char> = folded.chars().collect();
    different.sort_unstable();
    different.dedup();
    let weak =
        length < PASSWORD_CHARACTERS_MIN || different.len() < 5 || folded.contains(name) || WEAK_WORDS.iter().any(|word| folded == *word);
    if weak { Err(Problem::WeakPassword { characters_min: PASSWORD_CHARACTERS_MIN }) } else { Ok(()) }
}

/// Passwords of twelve characters and more that Vietnamese users type first.
const WEAK_WORDS: [&str; 8] =
    ["123456789012", "1234567890123", "matkhau123456", "password1234", "qwertyuiop12", "anhyeuem12345", "vietnam123456", "abc123456789"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        assert_eq!(parse_name(" Van.Thu "), Ok("van.thu".to_owned()));
        assert_eq!(parse_name(""), Err(Problem::Missing { field: "name" }));
        assert!(parse_name("văn thư").is_err());
    }

    #[test]
    fn weak_passwords_are_refused() {
        for weak in ["ngắn", "aaaaaaaaaaaaaa", "van.thu-2024-x", "Mật khẩu 123456".trim_end_matches(' '), "matkhau123456"] {
            let refused = check_password(weak, "van.thu").is_err();
            assert_eq!(refused, weak != "Mật khẩu 123456", "{weak}");
        }
        assert!(check_password("giữ rừng giữ đất", "van.thu").is_ok());
    }
}
