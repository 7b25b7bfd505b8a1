//! A signed bundle proves who made it. Keys are those of minisign, made for each test.

use std::{fs, path::Path};

use minisign::KeyPair;

use super::{assert_refused, change, content, export, exported, json, nocere, tiny, verify};
use crate::common::{Folder, consumer};

/// A pair of keys, as minisign writes them, in a folder: `NAME.key` and `NAME.pub`.
fn keys(folder: &Folder, name: &str) -> String {
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    folder.write(&format!("{name}.key"), pair.sk.to_box(None).unwrap().into_string());
    folder.write(&format!("{name}.pub"), pair.pk.to_box().unwrap().into_string());
    pair.pk.to_base64()
}

fn at(folder: &Folder, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

#[test]
fn what_was_changed_swapped_or_signed_by_others_is_refused() {
    let folder = tiny();
    let line = keys(&folder, "house");
    let stranger = keys(&folder, "stranger");
    let unsigned = content(&export(&folder));
    let dist = exported(&folder, &["--format", &super::formats().join(","), "--sign", "house.key"]);
    let house = at(&folder, "house.pub");
    for key in [&house, &line] {
        let ran = verify(&dist, &["--public-key", key]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(ran.stdout.contains("signed with the key "), "{}", ran.stdout);
    }
    let ran = verify(&dist, &[]);
    assert!(
        ran.code == Some(0)
            && ran.stdout.contains("note: the bundle is signed; `--public-key` checks by whom"),
        "{ran:#?}"
    );
    // Signing changes nothing of what is signed.
    let mut signed = content(&dist);
    let signature = signed.remove("manifest.json.minisig").unwrap();
    assert!(signed == unsigned);
    assert!(
        String::from_utf8(signature.clone())
            .unwrap()
            .contains("trusted comment: nocere bundle of tiny 1.2.3\n")
    );

    assert_refused(&dist, &["--public-key", &stranger], "the bundle was signed with another key");
    let manifest = fs::read_to_string(dist.join("manifest.json")).unwrap();
    let again = |text: &[u8]| fs::write(dist.join("manifest.json"), text).unwrap();
    // A byte of the manifest, with or without the files to go with it.
    again(manifest.replace("\"tiny\"", "\"tony\"").as_bytes());
    assert_refused(&dist, &["--public-key", &house], "the signature does not fit manifest.json");
    again(manifest.as_bytes());
    let bundle = fs::read_to_string(dist.join("bundle.json")).unwrap();
    fs::write(dist.join("bundle.json"), bundle.replace("Stay small.", "Go all in.")).unwrap();
    assert_refused(&dist, &["--public-key", &house], "bundle.json has");
    super::reseal(&dist, "bundle.json");
    assert_refused(&dist, &["--public-key", &house], "the signature does not fit manifest.json");
    fs::write(dist.join("bundle.json"), &bundle).unwrap();
    again(manifest.as_bytes());
    // The signature: gone, damaged, of an earlier version, with another comment.
    fs::remove_file(dist.join("manifest.json.minisig")).unwrap();
    assert_refused(
        &dist,
        &["--public-key", &house],
        "manifest.json.minisig is missing: nobody has signed this bundle",
    );
    for damaged in [&b"not a signature"[..], b"", b"\xff\xfe", &signature[..signature.len() - 60]] {
        fs::write(dist.join("manifest.json.minisig"), damaged).unwrap();
        assert_refused(&dist, &["--public-key", &house], "manifest.json");
    }
    let text = String::from_utf8(signature.clone()).unwrap();
    fs::write(dist.join("manifest.json.minisig"), text.replace("tiny 1.2.3", "tiny 9.2.3")).unwrap();
    assert_refused(&dist, &["--public-key", &house], "the signature does not fit");
    change(&folder, "catalog/nocere.toml", "1.2.3", "1.2.2");
    let older = folder.path().join("older");
    let ran = nocere(["export", "catalog", "--sign", "house.key", "--out", "older"]).at(folder.path()).run();
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    fs::copy(older.join("manifest.json.minisig"), dist.join("manifest.json.minisig")).unwrap();
    assert_refused(&dist, &["--public-key", &house], "the signature does not fit");
    assert_refused(
        &older,
        &["--public-key", &house, "--newer-than", dist.to_str().unwrap()],
        "which is not newer than",
    );
    // Who exports without a key takes the signature away with what it signed.
    let dist = exported(&folder, &[]);
    assert!(!dist.join("manifest.json.minisig").exists());
}

#[test]
fn a_signature_for_something_else_is_refused() {
    let folder = tiny();
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    folder.write("house.pub", pair.pk.to_box().unwrap().into_string());
    let dist = exported(&folder, &[]);
    let manifest = fs::read(dist.join("manifest.json")).unwrap();
    let signed =
        minisign::sign(None, &pair.sk, &manifest[..], Some("nocere bundle of tiny 9.9.9"), None).unwrap();
    fs::write(dist.join("manifest.json.minisig"), signed.into_string()).unwrap();
    assert_refused(
        &dist,
        &["--public-key", &at(&folder, "house.pub")],
        "the signature was made for something else",
    );
}

#[test]
fn keys_that_cannot_be_used_are_named_and_never_shown() {
    let folder = tiny();
    keys(&folder, "house");
    let secret = fs::read_to_string(folder.path().join("house.key")).unwrap();
    let secret = secret.lines().nth(1).unwrap();
    let sign = |key: &str| {
        let ran = nocere(["export", "catalog", "--out", "dist", "--sign", key]).at(folder.path()).run();
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(!folder.path().join("dist").exists(), "nothing was exported");
        assert!(!ran.stderr.contains(secret) && !ran.stderr.contains("RW"), "{}", ran.stderr);
        ran.stderr
    };
    assert!(sign("nowhere.key").contains("`nowhere.key`: no such file"));
    assert!(sign("house.pub").contains("is not a secret key of minisign"));
    folder.write("broken.key", format!("untrusted comment: x\n{}\n", &secret[..secret.len() - 8]));
    assert!(sign("broken.key").contains("is not a secret key of minisign"));
    let dist = exported(&folder, &[]);
    for (key, words) in
        [("RWnonsense", "RWnonsense"), (&*at(&folder, "house.key"), "is not a public key"), ("", "")]
    {
        let ran = verify(&dist, &["--public-key", key]);
        assert_eq!(ran.code, Some(2), "{ran:#?}");
        assert!(ran.stderr.contains(words) && !ran.stderr.contains(secret), "{}", ran.stderr);
    }
}

/// minisign itself verifies what nocere signs, and signs what nocere verifies.
#[test]
fn minisign_agrees() {
    let minisign = || consumer::system("minisign");
    let Some(mut generate) = minisign() else { return };
    let folder = tiny();
    let run = |command: &mut std::process::Command| {
        let output = command.current_dir(folder.path()).output().unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let (made, said) = run(generate.args(["-G", "-W", "-p", "house.pub", "-s", "house.key"]));
    assert!(made, "{said}");
    let dist = exported(&folder, &["--sign", "house.key"]);
    let check = |dist: &Path| {
        run(minisign().unwrap().args(["-V", "-p", "house.pub", "-m"]).arg(dist.join("manifest.json")))
    };
    let (good, said) = check(&dist);
    assert!(good && said.contains("nocere bundle of tiny 1.2.3"), "{said}");
    let manifest = fs::read(dist.join("manifest.json")).unwrap();
    fs::write(dist.join("manifest.json"), [&manifest[..], b" "].concat()).unwrap();
    assert!(!check(&dist).0);
    fs::write(dist.join("manifest.json"), manifest).unwrap();
    fs::remove_file(dist.join("manifest.json.minisig")).unwrap();
    let comment = "nocere bundle of tiny 1.2.3";
    let (signed, said) = run(minisign()
        .unwrap()
        .args(["-S", "-s", "house.key", "-t", comment, "-m"])
        .arg(dist.join("manifest.json")));
    assert!(signed, "{said}");
    let ran = verify(&dist, &["--public-key", &at(&folder, "house.pub")]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(json(&dist.join("manifest.json"))["catalog"]["id"], "tiny");
}

/// A key with a password: it is taken from the environment, and never asked for where nobody can answer.
#[test]
fn a_protected_key_needs_its_password() {
    let folder = tiny();
    let pair = KeyPair::generate_encrypted_keypair(Some("correct horse".into())).unwrap();
    folder.write("house.key", pair.sk.to_box(None).unwrap().into_string());
    let sign = |password: Option<&str>| {
        let call = nocere(["export", "catalog", "--out", "dist", "--sign", "house.key"]).at(folder.path());
        match password {
            Some(password) => call.env("NOCERE_SIGN_PASSWORD", password).run(),
            None => call.run(),
        }
    };
    let wrong = sign(Some("battery staple"));
    assert_eq!(wrong.code, Some(2), "{wrong:#?}");
    assert!(
        wrong.stderr.contains("the password does not open the key") && !wrong.stderr.contains("battery"),
        "{}",
        wrong.stderr
    );
    assert!(!folder.path().join("dist").exists());
    let right = sign(Some("correct horse"));
    assert_eq!(right.code, Some(0), "{}", right.stderr);
    let dist = folder.path().join("dist");
    assert_eq!(verify(&dist, &["--public-key", &pair.pk.to_base64()]).code, Some(0));
}
