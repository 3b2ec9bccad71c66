//! `data/unique_names.csv`, the types of which two cannot have one name, to one sorted text.

/// `type argument within?` per line. Rows are sorted by type, each type once, each with its source.
pub fn table(text: &str) -> Result<String, String> {
    let mut lines = text.lines();
    if lines.next() != Some("type,argument,within,source") {
        return Err("the first line is not type,argument,within,source".into());
    }
    let mut rows = String::new();
    let mut last = "";
    for line in lines {
        let [name, argument, within, source] = line.split(',').collect::<Vec<_>>()[..] else {
            return Err(format!("{line:?} is not type,argument,within,source"));
        };
        if name.is_empty() || argument.is_empty() || source.trim().is_empty() {
            return Err(format!("{line:?} lacks a type, an argument or a source"));
        }
        if name <= last {
            return Err(format!("{name} is not in order"));
        }
        last = name;
        rows.push_str(format!("{name} {argument} {within}").trim_end());
        rows.push('\n');
    }
    Ok(rows)
}
