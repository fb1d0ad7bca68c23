//! The reader: text of one paper in, drafts tied to their sentences out. Pure, never fails, linear time.
//! It is not a parser of formats (that is `paper`) and never writes (that is `store`).

pub mod text;

use domain::reading::Reading;
use jiff::civil::Date;

/// Reads one paper. `published_on` is its day where the caller knows it, to complete dates without a year.
pub fn read(text: &str, published_on: Option<Date>) -> Reading {
    let text = text::normalise(text);
    Reading { published_on, text, ..Reading::default() }
}
