//! What a scoreboard (*bảng điểm*) is computed from, beside measurements.

use crate::group::Group;
use crate::indicator::Indicator;
use crate::resolution::Resolution;
use crate::target::Target;
use crate::unit::{Succession, Unit};

/// Each kind in the order of its ids: the order of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScoreboardNouns {
    /// Areas and bodies.
    pub units: Vec<Unit>,
    /// Which unit followed which.
    pub successions: Vec<Succession>,
    /// Resolutions.
    pub resolutions: Vec<Resolution>,
    /// Groups of targets.
    pub groups: Vec<Group>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Every row of every target.
    pub targets: Vec<Target>,
}
