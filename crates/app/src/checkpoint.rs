//! Signed checkpoints of the journal: who kept one can see later that the past was not rewritten and the end not cut.
//! One line of text: `cotmoc-checkpoint-1 SEQUENCE HASH MILLISECONDS PUBLIC-KEY SIGNATURE`, all but the first in hex or digits.

use std::fmt;
use std::str::FromStr;

use domain::moment::Moment;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use store::journal::JournalHead;

/// The first word, with the version of the form.
const WORD: &str = "cotmoc-checkpoint-1";

/// A head of the journal as it was at a moment, signed by the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many entries there were.
    pub sequence: i64,
    /// The hash of the last one.
    pub hash: String,
    /// When it was signed.
    pub at: Moment,
    /// The installation's public key, in hex.
    pub public_key: String,
    signature: String,
}

/// Why a text is no checkpoint, or not the one that was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckpointFault {
    /// Not a line of this form.
    Form,
    /// The signature is not the key's over this line.
    Signature,
}

impl Checkpoint {
    /// Signs a head.
    pub fn sign(head: &JournalHead, at: Moment, key: &SigningKey) -> Self {
        let public_key = hex(key.verifying_key().as_bytes());
        let signature = hex(&key.sign(signed_text(head.sequence, &head.hash, at, &public_key).as_bytes()).to_bytes());
        Self { sequence: head.sequence, hash: head.hash.clone(), at, public_key, signature }
    }

    /// Whether the signature is the printed key's.
    fn check(&self) -> Result<(), CheckpointFault> {
        let key = VerifyingKey::from_bytes(&bytes::<32>(&self.public_key)?).map_err(|_| CheckpointFault::Form)?;
        let signature = Signature::from_bytes(&bytes::<64>(&self.signature)?);
        let text = signed_text(self.sequence, &self.hash, self.at, &self.public_key);
        key.verify(text.as_bytes(), &signature).map_err(|_| CheckpointFault::Signature)
    }
}

fn signed_text(sequence: i64, hash: &str, at: Moment, public_key: &str) -> String {
    format!("{WORD} {sequence} {hash} {} {public_key}", at.0)
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", signed_text(self.sequence, &self.hash, self.at, &self.public_key), self.signature)
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointFault;

    fn from_str(text: &str) -> Result<Self, CheckpointFault> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [WORD, sequence, hash, at, public_key, signature] = words[..] else { return Err(CheckpointFault::Form) };
        let number = |word: &str| word.parse().map_err(|_| CheckpointFault::Form);
        let checkpoint = Self {
            sequence: number(sequence)?,
            hash: hash.to_owned(),
            at: Moment(number(at)?),
            public_key: public_key.to_owned(),
            signature: signature.to_owned(),
        };
        checkpoint.check().map(|()| checkpoint)
    }
}

/// Bytes in hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// So many bytes from their hex.
pub fn bytes<const N: usize>(hex: &str) -> Result<[u8; N], CheckpointFault> {
    if hex.len() != 2 * N || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(CheckpointFault::Form);
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| CheckpointFault::Form)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| CheckpointFault::Form)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> Checkpoint {
        let head = JournalHead { sequence: 29, hash: "53df".to_owned(), at: None };
        Checkpoint::sign(&head, Moment(5), &SigningKey::from_bytes(&[7; 32]))
    }

    #[test]
    fn a_checkpoint_is_read_as_it_was_printed() {
        assert_eq!(signed().to_string().parse(), Ok(signed()));
        assert_eq!(format!("  {}\n", signed()).parse(), Ok(signed()));
    }

    #[test]
    fn a_changed_word_is_seen() {
        let line = signed().to_string();
        assert_eq!(line.replace(" 29 ", " 28 ").parse::<Checkpoint>(), Err(CheckpointFault::Signature));
        assert_eq!(line.replace("53df", "53de").parse::<Checkpoint>(), Err(CheckpointFault::Signature));
        for broken in ["", "cotmoc-checkpoint-1", "cotmoc-checkpoint-2 29 53df 5 aa bb", &line[..line.len() - 1]] {
            assert_eq!(broken.parse::<Checkpoint>(), Err(CheckpointFault::Form), "{broken}");
        }
    }
}
