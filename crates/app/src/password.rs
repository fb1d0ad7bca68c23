//! Passwords: argon2id hashes, made two at a time beside the web's threads, and one-time passwords that can be read aloud.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// Hashes made at the same time: each takes 19 MiB and a core for some 30 ms, and a small server has two cores.
const AT_ONCE_MAX: usize = 2;
/// Groups of a one-time password: 4 × 4 letters of 30 are 78 bits.
const GROUPS: usize = 4;
/// Letters of a group.
const GROUP_LETTERS: usize = 4;
/// Letters that cannot be taken for each other when read aloud or copied from paper: no i, l, o, u, 0 or 1.
const LETTERS: &[u8; 30] = b"abcdefghjkmnpqrstvwxyz23456789";

/// The hash of a password nobody has: checking against it takes as long as against a real one, so an unknown name is
/// not told apart by time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$xp0rUTaiHMQfzMf56UxPaw$chldobh/+FunyTPt5AR8UDBD3dXMrqz9+sx1sdSA2do";

/// Makes and checks hashes, a few at a time.
#[derive(Debug, Clone)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE_MAX)))
    }
}

/// Why no hash was made or checked: the system gives no random bytes or no threads. Never the password's fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashFault(pub String);

impl std::fmt::Display for HashFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "passwords cannot be hashed: {}", self.0)
    }
}

impl std::error::Error for HashFault {}

impl Passwords {
    /// The hash of a password, in its text form.
    pub async fn hash(&self, password: &str) -> Result<String, HashFault> {
        let password = password.to_owned();
        self.beside(move || hash(&password)).await?
    }

    /// Whether a password is the one of a hash; of no hash (an unknown name) it never is, after the same work.
    pub async fn fits(&self, password: &str, hash: Option<&str>) -> Result<bool, HashFault> {
        let (password, known) = (password.to_owned(), hash.is_some());
        let hash = hash.unwrap_or(NOBODY).to_owned();
        self.beside(move || fits(&password, &hash) && known).await
    }

    async fn beside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashFault> {
        let fault = |error: &dyn std::fmt::Display| HashFault(error.to_string());
        let _turn = self.0.acquire().await.map_err(|error| fault(&error))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| fault(&error))
    }
}

/// The hash of a password with the parameters that OWASP gives for argon2id (19 MiB, two passes).
pub fn hash(password: &str) -> Result<String, HashFault> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|error| HashFault(error.to_string()))
}

fn fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// How long a one-time password holds: long enough to reach a commune by paper.
pub const ONE_TIME_DAYS: i64 = 7;

/// A one-time password such as `kqzt-7mwa-x3cd-9fhe`.
pub fn one_time() -> Result<String, HashFault> {
    let mut groups = Vec::with_capacity(GROUPS);
    for _ in 0..GROUPS {
        groups.push(random_letters()?);
    }
    Ok(groups.join("-"))
}

fn random_letters() -> Result<String, HashFault> {
    let mut letters = String::new();
    while letters.len() < GROUP_LETTERS {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| HashFault(error.to_string()))?;
        // Bytes of 240 and more would make some letters likelier than others.
        let fair = bytes.iter().filter(|byte| **byte < 240).map(|byte| char::from(LETTERS[usize::from(byte % 30)]));
        letters.extend(fair.take(GROUP_LETTERS - letters.len()));
    }
    Ok(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::default();
        let hash = passwords.hash("giữ rừng giữ đất").await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert_eq!(passwords.fits("giữ rừng giữ đất", Some(&hash)).await, Ok(true));
        assert_eq!(passwords.fits("giữ rừng", Some(&hash)).await, Ok(false));
        assert_eq!(passwords.fits("abc", None).await, Ok(false));
        assert_eq!(passwords.fits("abc", Some("not a hash")).await, Ok(false));
    }

    #[test]
    fn one_time_passwords_differ_and_read_well() {
        let (one, two) = (one_time().unwrap(), one_time().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), GROUPS * GROUP_LETTERS + GROUPS - 1);
        assert!(one.split('-').all(|group| group.bytes().all(|letter| LETTERS.contains(&letter))));
    }
}
