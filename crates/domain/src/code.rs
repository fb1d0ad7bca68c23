//! Closed sets of words that are stored as text: states, kinds, roles.

/// A value of a closed set, stored and sent in forms as its code.
pub trait Coded: Sized + Copy + 'static {
    /// Every value, in the order people read them.
    const ALL: &'static [Self];

    /// The word that is stored.
    fn code(self) -> &'static str;

    /// The value of a stored or sent word.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }
}

/// Declares an enum with its codes, or gives codes to one that stands elsewhere.
macro_rules! codes {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$value_meta:meta])* $value:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$value_meta])* $value,)+ }
        $crate::code::codes!($name { $($value = $code,)+ });
    };
    ($name:ident { $($value:ident = $code:literal,)+ }) => {
        impl $crate::code::Coded for $name {
            const ALL: &'static [Self] = &[$(Self::$value,)+];
            fn code(self) -> &'static str {
                match self { $(Self::$value => $code,)+ }
            }
        }
    };
}
pub(crate) use codes;
