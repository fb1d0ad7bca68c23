//! Figures that come in pairs: "từ a lên b", "năm 2020 chỉ có a, nay b".

use domain::reading::FigureRole;

use super::line::LineReader;
use super::mention::Amount;

impl LineReader<'_, '_> {
    /// "từ 46 cặp xuống còn 19 cặp": the first was, the second is or shall be.
    pub(super) fn pair_from_to(&mut self) {
        for n in 1..self.readings.len() {
            let (Some(first), Some(second)) = (self.readings.get(n - 1), self.readings.get(n)) else { return };
            let opened =
                self.line.before(first.mention.from, 1) == "từ" && matches!(first.mention.amount, Amount::One(_) | Amount::Slash(..));
            let closed =
                second.left.last().is_some_and(|&at| matches!(self.line.word(at), "lên" | "xuống" | "còn" | "thành" | "đến" | "tới"))
                    || second.left.iter().any(|&at| matches!(self.line.word(at), "lên" | "xuống"));
            let same = first.place.sentence == second.place.sentence
                && first.place.bracket == second.place.bracket
                && first.mention.unit.kind == second.mention.unit.kind;
            if !(opened && closed && same && second.left.len() <= 6) {
                continue;
            }
            let ahead = first.role == FigureRole::Target || second.role == FigureRole::Target;
            let measure = first.measure.clone();
            self.set(n - 1, FigureRole::Baseline, None);
            self.set(n, if ahead { FigureRole::Target } else { FigureRole::Actual }, Some(measure));
        }
    }

    /// "năm 2020 chỉ có 3 xã, nay 7 xã".
    pub(super) fn pair_then_and_now(&mut self) {
        for n in 1..self.readings.len() {
            let (Some(first), Some(second)) = (self.readings.get(n - 1), self.readings.get(n)) else { return };
            let now =
                (first.mention.to..second.mention.from).take(12).any(|at| self.line.word(at) == "nay" || self.line.word(at) == "hiện");
            let then = first.left.iter().any(|&at| matches!(self.line.word(at), "chỉ" | "mới"));
            let same = first.place.sentence == second.place.sentence
                && first.mention.unit.kind == second.mention.unit.kind
                && first.role == FigureRole::Actual
                && second.role == FigureRole::Actual;
            if now && then && same && (first.period.is_some() || first.left.iter().any(|&at| self.line.word(at) == "trước")) {
                self.set(n - 1, FigureRole::Baseline, None);
            }
        }
    }

    pub(super) fn set(&mut self, n: usize, role: FigureRole, measure: Option<String>) {
        if let Some(reading) = self.readings.get_mut(n) {
            reading.role = role;
            reading.measure = measure.unwrap_or_else(|| std::mem::take(&mut reading.measure));
        }
    }
}
