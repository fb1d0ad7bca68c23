//! The rows that scores are computed from.
