//! `data/free.csv`, the types that cost nothing by themselves, to one sorted text.

/// `type reason` per line. Rows are sorted by type, each type once, each with its reason.
pub fn table(text: &str) -> Result<String, String> {
    let mut lines = text.lines();
    if lines.next() != Some("type,reason") {
        return Err("the first line is not type,reason".into());
    }
    let mut rows = String::new();
    let mut last = "";
    for line in lines {
        let (name, reason) = line.split_once(',').ok_or_else(|| format!("{line:?} has no reason"))?;
        if name.is_empty() || reason.trim().is_empty() || reason.contains([',', '"']) {
            return Err(format!("{line:?} is not type,reason"));
        }
        if name <= last {
            return Err(format!("{name} is not in order"));
        }
        last = name;
        rows.extend([name, " ", reason, "\n"]);
    }
    Ok(rows)
}
