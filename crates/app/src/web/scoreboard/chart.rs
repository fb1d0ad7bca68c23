//! The picture of an indicator over months: what was reached, what was planned, what was assigned. Only shapes and their
//! places are computed here, in whole tenths of the picture's unit; every number in it stands in the table beside it too.

use jiff::civil::Date;

/// The picture's size. It is scaled to the page, so these only set how large letters and lines are beside it.
pub const WIDTH: i128 = 720;
/// See [`WIDTH`].
pub const HEIGHT: i128 = 300;
/// Room for the numbers on the left and the right, the unit of measure above, and the years below: a number of nine digits with
/// its points fits.
const LEFT: i128 = 88;
const RIGHT: i128 = 88;
const TOP: i128 = 34;
const BOTTOM: i128 = 28;
/// Lines across: as many as can be counted at a glance.
const LINES_MAX: i128 = 5;
/// Years below it are named so sparsely that they do not touch.
const YEARS_NAMED_MAX: i16 = 9;
/// Dots tell single values apart while they do not run together.
const DOTS_MAX: usize = 48;

/// What is drawn: days and values in one scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Curve {
    /// The first and the last day of the picture.
    pub days: Option<(Date, Date)>,
    /// The values, by day; an absent one breaks the line.
    pub points: Vec<(Date, Option<i128>)>,
    /// The straight way from where it began to what was assigned.
    pub plan: Option<((Date, i128), (Date, i128))>,
    /// Lines across with their words.
    pub levels: Vec<(i128, String)>,
    /// Whether 0 must be in the picture: what is added up begins there.
    pub from_zero: bool,
}

/// A line across, with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its height.
    pub y: String,
    /// Where its words stand.
    pub text_y: String,
    /// Its words.
    pub label: String,
}

/// A mark below the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Its place.
    pub x: String,
    /// The year.
    pub label: String,
}

/// The picture, ready to be drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chart {
    /// Lines across that only help the eye.
    pub grid: Vec<Level>,
    /// What was assigned.
    pub levels: Vec<Level>,
    /// The years.
    pub ticks: Vec<Tick>,
    /// The lines of the values: one for each stretch without a gap.
    pub paths: Vec<String>,
    /// Single values.
    pub dots: Vec<(String, String)>,
    /// The last value.
    pub last: Option<(String, String)>,
    /// The straight way.
    pub plan: Option<String>,
    /// Where the plot begins, ends and stands.
    pub left: i128,
    /// See `left`.
    pub right: i128,
    /// See `left`.
    pub bottom: i128,
}

/// How days and values become places.
struct Scale {
    first: Date,
    days: i128,
    low: i128,
    high: i128,
}

impl Scale {
    fn x(&self, day: Date) -> i128 {
        let passed = i128::from(days_between(self.first, day)).clamp(0, self.days);
        10 * LEFT + 10 * (WIDTH - LEFT - RIGHT) * passed / self.days
    }

    fn y(&self, value: i128) -> i128 {
        let height = 10 * (HEIGHT - TOP - BOTTOM);
        10 * TOP + height - height * (value - self.low) / (self.high - self.low)
    }

    fn place(&self, (day, value): (Date, i128)) -> (String, String) {
        (tenths(self.x(day)), tenths(self.y(value)))
    }
}

/// Days from one to the other.
pub fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// 1234 is `123.4`.
fn tenths(tenths: i128) -> String {
    format!("{}.{}", tenths.div_euclid(10), tenths.rem_euclid(10))
}

impl Chart {
    /// Draws a curve; absent where there is nothing to draw. `label` words a value beside a line across.
    pub fn of(curve: &Curve, label: impl Fn(i128) -> String) -> Option<Self> {
        let (first, last) = curve.days?;
        let days = i128::from(days_between(first, last));
        let values = curve.points.iter().filter_map(|(_, value)| *value);
        let plan = curve.plan.iter().flat_map(|(from, to)| [from.1, to.1]);
        let zero = curve.from_zero.then_some(0);
        let all: Vec<i128> = values.chain(plan).chain(curve.levels.iter().map(|(value, _)| *value)).chain(zero).collect();
        let (low, high) = (*all.iter().min()?, *all.iter().max()?);
        if days <= 0 {
            return None;
        }
        let step = step_of(high - low);
        let low = low.div_euclid(step) * step;
        let high = (high + step - 1).div_euclid(step).max(low / step + 1) * step;
        let scale = Scale { first, days, low, high };
        Some(scale.draw(curve, (last, step), label))
    }
}

impl Scale {
    fn draw(&self, curve: &Curve, (last, step): (Date, i128), label: impl Fn(i128) -> String) -> Chart {
        let level = |value: i128, label: String| {
            let y = self.y(value);
            Level { y: tenths(y), text_y: tenths(y + 40), label }
        };
        let count = (self.high - self.low) / step;
        let known: Vec<(Date, i128)> = curve.points.iter().filter_map(|(day, value)| Some((*day, (*value)?))).collect();
        let last_value = known.last().map(|point| self.place(*point));
        Chart {
            grid: (0..=count).map(|place| self.low + place * step).map(|value| level(value, label(value))).collect(),
            levels: curve.levels.iter().map(|(value, label)| level(*value, label.clone())).collect(),
            ticks: self.ticks(last),
            paths: self.paths(&curve.points),
            dots: if known.len() <= DOTS_MAX { known.iter().map(|point| self.place(*point)).collect() } else { Vec::new() },
            last: last_value,
            plan: curve.plan.map(|(from, to)| {
                let ((from_x, from_y), (to_x, to_y)) = (self.place(from), self.place(to));
                format!("M{from_x} {from_y} L{to_x} {to_y}")
            }),
            left: LEFT,
            right: WIDTH - RIGHT,
            bottom: HEIGHT - BOTTOM,
        }
    }

    /// The first days of years.
    fn ticks(&self, last: Date) -> Vec<Tick> {
        let years = last.year() - self.first.year() + 1;
        let every = (years + YEARS_NAMED_MAX - 1) / YEARS_NAMED_MAX;
        let begins = (self.first.year()..=last.year()).filter_map(|year| Date::new(year, 1, 1).ok());
        let inside = begins.filter(|day| *day >= self.first && *day <= last);
        let named = inside.filter(|day| (day.year() - self.first.year()) % every.max(1) == 0 || years <= 1);
        let mut ticks: Vec<Tick> = named.map(|day| Tick { x: tenths(self.x(day)), label: day.year().to_string() }).collect();
        if ticks.is_empty() {
            ticks.push(Tick { x: tenths(self.x(self.first)), label: self.first.year().to_string() });
        }
        ticks
    }

    fn paths(&self, points: &[(Date, Option<i128>)]) -> Vec<String> {
        let stretches = points.split(|(_, value)| value.is_none());
        let path = |stretch: &[(Date, Option<i128>)]| {
            let places = stretch.iter().filter_map(|(day, value)| Some(self.place((*day, (*value)?))));
            let steps = places.enumerate().map(|(place, (x, y))| format!("{}{x} {y}", if place == 0 { "M" } else { "L" }));
            steps.collect::<Vec<_>>().join(" ")
        };
        stretches.filter(|stretch| stretch.len() > 1).map(path).collect()
    }
}

/// The distance of the lines across: 1, 2 or 5 with noughts, so that there are at most [`LINES_MAX`] of them.
fn step_of(range: i128) -> i128 {
    let mut step = 1;
    loop {
        for factor in [1, 2, 5] {
            if step * factor * LINES_MAX >= range {
                return step * factor;
            }
        }
        // A range is made of values of at most 38 digits.
        step *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_gap_breaks_the_line_and_lines_across_are_round() {
        let curve = Curve {
            days: Some((date(2024, 1, 1), date(2024, 12, 31))),
            points: vec![
                (date(2024, 1, 31), Some(10)),
                (date(2024, 2, 29), Some(20)),
                (date(2024, 3, 31), None),
                (date(2024, 4, 30), Some(37)),
            ],
            plan: Some(((date(2024, 1, 1), 0), (date(2024, 12, 31), 90))),
            levels: vec![(90, "90".to_owned())],
            from_zero: true,
        };
        let chart = Chart::of(&curve, |value| value.to_string()).unwrap();
        assert_eq!(chart.paths.len(), 1, "two values in a row make a line, one alone a dot");
        assert_eq!((chart.dots.len(), chart.last.clone()), (3, chart.dots.last().cloned()));
        assert_eq!(chart.grid.iter().map(|level| level.label.as_str()).collect::<Vec<_>>(), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(chart.plan.unwrap(), "M88.0 272.0 L632.0 57.8");
        assert_eq!(chart.ticks, [Tick { x: "88.0".to_owned(), label: "2024".to_owned() }]);
    }

    #[test]
    fn one_value_alone_is_drawn_and_none_is_not() {
        let mut curve = Curve { days: Some((date(2024, 1, 1), date(2024, 3, 31))), ..Curve::default() };
        assert_eq!(Chart::of(&curve, |value| value.to_string()), None);
        curve.points = vec![(date(2024, 3, 31), Some(-7))];
        let chart = Chart::of(&curve, |value| value.to_string()).unwrap();
        assert_eq!((chart.dots.len(), chart.paths.len(), chart.grid.len()), (1, 0, 2));
    }
}
