//! The two languages of every page, and each message as one function: `lang.tasks_overdue(24)`.
//! The sentences are in `messages/`, Vietnamese and English side by side; `build/messages.rs` makes the functions.

mod audit;
mod band;
mod claim;
mod file;
mod format;
mod load;
mod measure;
mod problem;
mod score;
mod state;

pub use measure::{ABSENT, held};
pub use problem::Said;
pub use state::{RateWords, StateWords};

/// The prefix under which the English pages stand.
const ENGLISH_PREFIX: &str = "/en";

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Vietnamese, at the plain addresses.
    Vi,
    /// English, under `/en`.
    En,
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Lang {
    /// The language of an address, and the address without its language.
    pub fn split_path(path: &str) -> (Self, &str) {
        match path.strip_prefix(ENGLISH_PREFIX) {
            Some("") => (Self::En, "/"),
            Some(rest) if rest.starts_with('/') => (Self::En, rest),
            _ => (Self::Vi, path),
        }
    }

    /// The address of `path` (which begins with `/`) in this language.
    pub fn href(self, path: &str) -> String {
        match self {
            Self::Vi => path.to_owned(),
            Self::En if path == "/" => ENGLISH_PREFIX.to_owned(),
            Self::En => format!("{ENGLISH_PREFIX}{path}"),
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// The value of an HTML `lang` attribute.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language with its country, as shared links name it.
    pub const fn locale(self) -> &'static str {
        match self {
            Self::Vi => "vi_VN",
            Self::En => "en_GB",
        }
    }

    /// Whether it is Vietnamese, for the long texts that a template holds in both.
    pub const fn is_vi(self) -> bool {
        matches!(self, Self::Vi)
    }
}

#[cfg(test)]
mod tests {
    use domain::account::Role;
    use domain::code::Coded;
    use domain::draft::{DraftKind, DraftState};
    use domain::indicator::{AreaRule, Direction, PeriodRule};
    use domain::proposal::{Answer, ProposalState};
    use domain::reading::{Comparator, FigureRole, MeetingRole, PaperKind, StatementKind};
    use domain::session::MeetingKind;
    use domain::task::TaskState;

    use super::*;

    /// The codes of a type that have no word in one of the languages.
    fn wordless<T: Coded>(section: &str) -> Vec<String> {
        let has_words = |code: &str| [Lang::Vi, Lang::En].iter().all(|lang| lang.word(section, code).is_some());
        T::ALL.iter().map(|value| value.code()).filter(|code| !has_words(code)).map(|code| format!("{section}.{code}")).collect()
    }

    #[test]
    fn every_code_has_its_word() {
        let missing = [
            wordless::<Role>("role"),
            wordless::<MeetingRole>("role"),
            wordless::<DraftKind>("draft_kind"),
            wordless::<DraftState>("draft_state"),
            wordless::<AreaRule>("area_rule"),
            wordless::<Direction>("direction"),
            wordless::<PeriodRule>("period_rule"),
            wordless::<Answer>("answer"),
            wordless::<ProposalState>("proposal_state"),
            wordless::<ProposalState>("ladder"),
            wordless::<Comparator>("comparator"),
            wordless::<FigureRole>("figure_role"),
            wordless::<PaperKind>("paper_kind"),
            wordless::<StatementKind>("statement_kind"),
            wordless::<MeetingKind>("meeting"),
            wordless::<MeetingKind>("session_kind"),
            wordless::<TaskState>("task_state"),
        ];
        assert_eq!(missing.concat(), <[String; 0]>::default());
    }

    #[test]
    fn addresses_carry_the_language_and_come_back() {
        for (path, lang, inner) in [
            ("/", Lang::Vi, "/"),
            ("/tasks/7", Lang::Vi, "/tasks/7"),
            ("/en", Lang::En, "/"),
            ("/en/tasks/7", Lang::En, "/tasks/7"),
            ("/entry", Lang::Vi, "/entry"),
        ] {
            assert_eq!(Lang::split_path(path), (lang, inner));
            assert_eq!(lang.href(inner), path);
        }
    }

    #[test]
    fn a_word_follows_its_number_in_english() {
        assert_eq!(Lang::En.unit_days(1), "1\u{a0}day");
        assert_eq!(Lang::En.unit_days(24), "24\u{a0}days");
        assert_eq!(Lang::Vi.unit_days(24), "24\u{a0}ngày");
    }
}
