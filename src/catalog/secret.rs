//! Which arguments hold secrets, whatever the type: providers hide their values, and so do reviews.

/// Ends of their names, in small letters and without what parts words.
const ENDS: [&str; 6] = ["password", "authtoken", "secretstring", "privatekey", "clientsecret", "secretkey"];

/// Whether a dotted path names a secret, or a part of one.
pub fn is(path: &str) -> bool {
    path.split('.').any(|name| ENDS.iter().any(|end| ends(name, end)))
}

fn ends(name: &str, end: &str) -> bool {
    let mut letters = name.bytes().rev().filter(|byte| *byte != b'_');
    end.bytes().rev().all(|wanted| letters.next().is_some_and(|found| found.to_ascii_lowercase() == wanted))
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_in_any_spelling() {
        for path in ["password", "MasterUserPassword", "administrator_login_password", "user.0.password", "secret_string.user", "AuthToken"]
        {
            assert!(super::is(path), "{path}");
        }
        for path in ["password_policy", "name", "", "minimum_password_length", "manage_master_user_password_kms"] {
            assert!(!super::is(path), "{path}");
        }
    }
}
