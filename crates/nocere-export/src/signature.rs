//! Signatures in the form of minisign, over the manifest, which holds the hash of every other file.

use std::{fmt, io::Cursor};

use base64::{Engine, prelude::BASE64_STANDARD};
use minisign::{PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};
use nocere_model::bundle::CatalogVersion;

use crate::{
    File,
    manifest::{PATH, SIGNATURE},
};

/// Why a key cannot be used. Nothing of the key itself is ever in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyError {
    /// The key is protected, and no password was given.
    Password,
    /// Anything else, in words.
    Other(String),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Password => f.write_str("the key is protected by a password, and none was given"),
            Self::Other(words) => f.write_str(words),
        }
    }
}
impl std::error::Error for KeyError {}

/// Signs the manifest among the files of a bundle.
///
/// The trusted comment names the catalog and its version. The bytes of a signature differ from run to run; those of
/// what is signed do not.
///
/// # Errors
/// When the key cannot be read or needs a password.
pub fn sign(
    files: &[File],
    catalog: &CatalogVersion,
    key: &str,
    password: Option<String>,
) -> Result<File, KeyError> {
    let other = |words: &str| KeyError::Other(words.to_owned());
    let manifest =
        files.iter().find(|file| file.path == PATH).ok_or_else(|| other("there is no manifest to sign"))?;
    let key = open(key, password)?;
    // Checked against the key's own public half, so that a damaged key signs nothing.
    let public = minisign::PublicKey::from_secret_key(&key).map_err(|_| other(NO_KEY))?;
    let (comment, about) = (comment(catalog), "signature of a nocere bundle");
    let signed =
        minisign::sign(Some(&public), &key, Cursor::new(&manifest.bytes), Some(&comment), Some(about));
    let signature = signed.map_err(|_| other(NO_KEY))?;
    Ok(File { path: SIGNATURE.into(), format: String::new(), bytes: signature.into_string().into_bytes() })
}

const NO_KEY: &str = "the key file is not a secret key of minisign, or is damaged; `minisign -G` makes one";

/// Reads a secret key. The crate itself refuses keys without a password that the program minisign made: it writes no
/// checksum into them.
fn open(text: &str, password: Option<String>) -> Result<SecretKey, KeyError> {
    let unreadable = || KeyError::Other(NO_KEY.into());
    let line = text.lines().nth(1).ok_or_else(unreadable)?;
    let bytes = BASE64_STANDARD.decode(line.trim()).map_err(|_| unreadable())?;
    let key = SecretKey::from_bytes(&bytes).map_err(|_| unreadable())?;
    if !key.is_encrypted() {
        return if key.to_bytes() == bytes { Ok(key) } else { Err(unreadable()) };
    }
    let password = password.ok_or(KeyError::Password)?;
    let opened = SecretKeyBox::from_string(text).and_then(|held| held.into_secret_key(Some(password)));
    let wrong = || KeyError::Other("the password does not open the key, or the key file is damaged".into());
    opened.map_err(|_| wrong())
}

/// What a signature says beside the signed bytes, and is signed with them.
fn comment(catalog: &CatalogVersion) -> String {
    format!("nocere bundle of {} {}", catalog.id, catalog.version)
}

/// A key to verify with.
#[derive(Clone, Debug)]
pub struct PublicKey(minisign::PublicKey);

impl PublicKey {
    /// Reads a key: the content of a key file, or its line of letters alone.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        let key = match text.lines().count() {
            1 => minisign::PublicKey::from_base64(text),
            _ => PublicKeyBox::from_string(text).and_then(PublicKeyBox::into_public_key),
        };
        key.map(Self).map_err(|_| {
            KeyError::Other("that is not a public key of minisign, which begins with `RW`".into())
        })
    }

    /// Why a signature does not prove that the holder of this key signed this manifest.
    pub(crate) fn refuses(
        &self,
        manifest: &[u8],
        signature: &str,
        catalog: &CatalogVersion,
    ) -> Option<String> {
        let Ok(signature) = SignatureBox::from_string(signature) else {
            return Some(format!("{SIGNATURE} is not a signature of minisign"));
        };
        if signature.keynum() != self.0.keynum() {
            return Some(format!(
                "the bundle was signed with another key: {} signed it, and the key to check with is {}",
                name(signature.keynum()),
                name(self.0.keynum())
            ));
        }
        if minisign::verify(&self.0, &signature, Cursor::new(manifest), true, false, false).is_err() {
            return Some(format!(
                "the signature does not fit {PATH}: one of the two was changed after it was signed"
            ));
        }
        let said = signature.trusted_comment().unwrap_or_default();
        let due = comment(catalog);
        (said != due).then(|| format!("the signature was made for something else: it says \"{said}\", and the manifest is of a \"{due}\""))
    }

    /// The name of the key, as minisign prints it.
    #[must_use]
    pub fn name(&self) -> String {
        name(self.0.keynum())
    }
}

fn name(number: &[u8]) -> String {
    number.iter().rev().map(|byte| format!("{byte:02X}")).collect()
}
