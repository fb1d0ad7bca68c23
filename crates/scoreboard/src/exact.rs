//! Exact numbers: whole where they can be, fractions where shares made them so.
