//! Names that a thing of this ledger keeps for ever, whatever host or address the site moves to: feeds and calendars know by them
//! what they have seen. They are made from the hash of the journal's first entry, which no other ledger has.

use sha2::{Digest, Sha256};

use super::{App, Fault};

/// What the names of one ledger are made of.
#[derive(Debug, Clone)]
pub struct LastingIds {
    beginning: String,
}

impl LastingIds {
    /// Those of this ledger.
    pub async fn of(app: &App) -> Result<Self, Fault> {
        Ok(Self { beginning: app.store().journal_beginning().await? })
    }

    /// The name of `thing` (`article/12`): a UUID of version 8 (RFC 9562), whose bits are a hash.
    pub fn name(&self, thing: &str) -> String {
        let hash = Sha256::digest(format!("{}\n{thing}", self.beginning));
        let mut bytes: [u8; 16] = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_uuid_of_the_ledger_and_the_thing() {
        let ids = LastingIds { beginning: "6f1c".to_owned() };
        let name = ids.name("article/12");
        let groups: Vec<usize> = name.split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12]);
        assert_eq!(&name[14..15], "8", "{name}");
        assert!("89ab".contains(&name[19..20]), "{name}");
        assert_eq!(name, ids.name("article/12"));
        assert_ne!(name, ids.name("article/13"));
        assert_ne!(name, LastingIds { beginning: "6f1d".to_owned() }.name("article/12"));
    }
}
