//! Patterns of file names: `*`, `?`, `[a-z]`, `{a,b}`, and `**` for folders in between.

/// Patterns that one with alternatives stands for; past this many the rest is left out.
const ALTERNATIVES: usize = 64;

/// The patterns that `{a,b}` in one makes.
pub(super) fn alternatives(pattern: &str) -> Vec<String> {
    let mut open = vec![pattern.to_owned()];
    let mut done = Vec::new();
    while let Some(pattern) = open.pop() {
        let parts = pattern.find('{').and_then(|start| {
            let (before, rest) = pattern.split_at_checked(start)?;
            let (inside, after) = rest.strip_prefix('{')?.split_once('}')?;
            Some((before.to_owned(), inside.to_owned(), after.to_owned()))
        });
        match parts {
            Some((before, inside, after)) if open.len() + done.len() < ALTERNATIVES => {
                open.extend(inside.split(',').map(|one| format!("{before}{one}{after}")));
            }
            _ => done.push(pattern),
        }
    }
    done
}

/// Whether a path, with slashes, is of a pattern without alternatives.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').filter(|step| *step != ".").collect();
    let path: Vec<&str> = path.split('/').collect();
    // Where the pattern may stand before each step of the path: bounded by both lengths, whatever the pattern.
    let mut places = vec![false; pattern.len() + 1];
    let open = |places: &mut Vec<bool>| {
        for (at, step) in pattern.iter().enumerate() {
            if *step == "**" && places.get(at) == Some(&true) {
                set(places, at + 1);
            }
        }
    };
    set(&mut places, 0);
    open(&mut places);
    for name in path {
        let mut next = vec![false; places.len()];
        for (at, step) in pattern.iter().enumerate() {
            if places.get(at) == Some(&true) {
                if *step == "**" {
                    set(&mut next, at);
                } else if name_matches(step, name) {
                    set(&mut next, at + 1);
                }
            }
        }
        open(&mut next);
        places = next;
    }
    places.last() == Some(&true)
}

fn set(places: &mut [bool], at: usize) {
    if let Some(place) = places.get_mut(at) {
        *place = true;
    }
}

/// One name against one step of a pattern.
fn name_matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let (mut at, mut read) = (0, 0);
    // The last star, and how much of the name it has taken.
    let mut star: Option<(usize, usize)> = None;
    while read < name.len() {
        let (wide, fits) = match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
                continue;
            }
            Some('?') => (1, true),
            Some('[') => class(pattern.get(at..).unwrap_or_default(), name.get(read).copied()),
            Some('\\') => (2, pattern.get(at + 1) == name.get(read)),
            sign => (1, sign == name.get(read)),
        };
        match (fits, star) {
            (true, _) => (at, read) = (at + wide, read + 1),
            (false, Some((place, taken))) => {
                star = Some((place, taken + 1));
                (at, read) = (place + 1, taken + 1);
            }
            (false, None) => return false,
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(|sign| *sign == '*')
}

/// How long a class is as written, and whether it has the sign.
fn class(pattern: &[char], sign: Option<char>) -> (usize, bool) {
    let Some(end) = pattern.iter().position(|it| *it == ']') else { return (1, sign == Some('[')) };
    let inside = pattern.get(1..end).unwrap_or_default();
    let (inside, negated) = match inside.split_first() {
        Some(('^' | '!', rest)) => (rest, true),
        _ => (inside, false),
    };
    let Some(sign) = sign else { return (end + 1, false) };
    let mut found = false;
    let mut at = 0;
    while let Some(low) = inside.get(at) {
        match (inside.get(at + 1), inside.get(at + 2)) {
            (Some('-'), Some(high)) => {
                found |= (*low..=*high).contains(&sign);
                at += 3;
            }
            _ => {
                found |= *low == sign;
                at += 1;
            }
        }
    }
    (end + 1, found != negated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_folders() {
        for (pattern, path, wanted) in [
            ("*.json", "a.json", true),
            ("*.json", "x/a.json", false),
            ("**/*.json", "a.json", true),
            ("**/*.json", "x/y/a.json", true),
            ("x/**", "x/y/a.json", true),
            ("**", "x/y", true),
            ("[a-c]?.t*t", "bx.text", true),
            ("[!a-c]*", "b", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("[", "[", true),
            ("./a", "a", true),
        ] {
            assert_eq!(matches(pattern, path), wanted, "{pattern} {path}");
        }
        assert!(!matches(&"*a".repeat(2_000), &"a".repeat(1_999)));
        let mut all = alternatives("x.{json,yaml}");
        all.sort();
        assert_eq!(all, ["x.json", "x.yaml"]);
        assert!(alternatives(&"{a,b}".repeat(100)).len() < 200);
    }
}
