//! Stones: one a group of targets, filled by its achievement, with a cap from 100 % on. They say at a glance what a table says in
//! figures; the words of each stand in its link, and the table is never left out for them.

use domain::resolution::FULL;

/// The foot of a stone, in hundredths of the picture's unit.
const FOOT: i64 = 3300;
/// The height of a full stone.
const HEIGHT: i64 = 2000;

/// A stone as the template's part draws it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stone {
    /// Where it opens.
    pub href: String,
    /// What stands below it: the group's place on the board.
    pub number: String,
    /// The group and its achievement, for who does not see it.
    pub words: String,
    /// The class of its band: done, go, soon or wait.
    pub class: &'static str,
    /// Whether it has its cap.
    pub has_cap: bool,
    /// The top and the height of what is filled; absent where nothing is.
    pub level: Option<(String, String)>,
}

impl Stone {
    /// The stone of an achievement in basis points.
    pub fn new(href: String, number: String, words: String, class: &'static str, achievement: Option<i64>) -> Self {
        let filled = achievement.map(|points| points.clamp(0, FULL) * HEIGHT / FULL).filter(|height| *height > 0);
        let level = filled.map(|height| (hundredths(FOOT - height), hundredths(height)));
        Self { href, number, words, class, has_cap: achievement.is_some_and(|points| points >= FULL), level }
    }
}

/// 1850 is `18.50`.
fn hundredths(value: i64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stone(achievement: Option<i64>) -> Stone {
        Stone::new(String::new(), String::new(), String::new(), "go", achievement)
    }

    #[test]
    fn a_stone_is_filled_by_its_achievement_and_capped_at_100_percent() {
        assert_eq!(stone(Some(9250)).level, Some(("14.50".to_owned(), "18.50".to_owned())));
        assert_eq!((stone(Some(9999)).has_cap, stone(Some(FULL)).has_cap), (false, true));
        assert_eq!(stone(Some(20_000)).level, Some(("13.00".to_owned(), "20.00".to_owned())));
        assert_eq!((stone(Some(0)).level, stone(None).level, stone(None).has_cap), (None, None, false));
    }
}
