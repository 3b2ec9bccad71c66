//! The report a reviewer pastes into a pull request: GitHub's Markdown, with the way back as a task list.

use std::fmt::Write;

use crate::report::words;
use crate::report::words::{Run, place, visible};
use crate::review::{
    Action, ChangeEntry, CostEntry, DiagnosticEntry, Direction, NotKnownEntry, ResourceCostEntry, Review, Source, StepEntry,
};

/// Rows of one list; a comment of a pull request has a limit of 65,536 characters.
const MOST_ROWS: usize = 60;

pub fn markdown(review: &Review) -> String {
    let mut out = String::new();
    opening(&mut out, review);
    if review.compared {
        changes(&mut out, &review.changes);
    }
    in_reach(&mut out, review);
    cost(&mut out, &review.cost);
    if review.compared {
        way_back(&mut out, review);
    }
    not_known(&mut out, &review.not_known);
    findings(&mut out, review);
    not_read(&mut out, &review.diagnostics);
    closing(&mut out, review);
    out
}

fn opening(out: &mut String, review: &Review) {
    let _ = writeln!(out, "## {}", sentence(&review.verdict.sentence));
    if let Some(reason) = &review.verdict.reason {
        let place = review.verdict.source.as_ref().map(|source| format!(" {}", at(source))).unwrap_or_default();
        let _ = writeln!(out, "\n{}{place}", sentence(reason));
    }
    if review.verdict.facts.is_empty() {
        return;
    }
    let cells = |of: &dyn Fn(&crate::review::Fact) -> String| review.verdict.facts.iter().map(of).collect::<Vec<_>>().join(" | ");
    let _ = writeln!(out, "\n| {} |", cells(&|fact| sentence(&fact.label)));
    let _ = writeln!(out, "|{}", " --- |".repeat(review.verdict.facts.len()));
    let value = |fact: &crate::review::Fact| match &fact.detail {
        Some(detail) => format!("**{}**<br>{}", sentence(&fact.value), sentence(detail)),
        None => format!("**{}**", sentence(&fact.value)),
    };
    let _ = writeln!(out, "| {} |", cells(&value));
}

fn changes(out: &mut String, changes: &[ChangeEntry]) {
    if changes.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### Changes");
    for (action, heading) in words::ACTIONS {
        let group: Vec<&ChangeEntry> = changes.iter().filter(|change| change.action == action).collect();
        if group.is_empty() {
            continue;
        }
        // What is merely made is folded: it is long, and it is not what a reviewer must see first.
        let folded = matches!(action, Action::Create | Action::Read | Action::NoOp) && group.len() > 3;
        let title = format!("{heading} {}", group.len());
        let _ = match folded {
            true => writeln!(out, "\n<details><summary>{title}</summary>\n"),
            false => writeln!(out, "\n**{title}**\n"),
        };
        let _ = writeln!(out, "| | Resource | Why | Where |\n| --- | --- | --- | --- |");
        for change in group.iter().take(MOST_ROWS) {
            let symbol = format!("`{}`", words::symbol(action));
            let _ = writeln!(out, "| {symbol} | {} | {} | {} |", code(&change.address), why(change), at(&change.source));
        }
        more(out, group.len());
        if folded {
            let _ = writeln!(out, "\n</details>");
        }
    }
}

fn why(change: &ChangeEntry) -> String {
    let mut lines = Vec::new();
    if let Some(from) = &change.previous_address {
        lines.push(format!("was {}", code(from)));
    }
    if !change.reason.is_empty() {
        lines.push(sentence(&change.reason));
    }
    lines.extend(change.lost_by.iter().map(at));
    lines.extend(change.condition.as_ref().map(|condition| sentence(condition)));
    for because in change.because.iter().take(12) {
        lines.push(format!("{}: {} {}", code(&because.path), words::values(because, code), at(&because.source)));
    }
    if change.because.len() > 12 {
        lines.push(format!("and {} more arguments", change.because.len() - 12));
    }
    lines.join("<br>")
}

fn in_reach(out: &mut String, review: &Review) {
    for (direction, heading) in [(Direction::Downstream, "Also in reach"), (Direction::Upstream, "Needed by it")] {
        let entries = words::in_reach(review, direction);
        // What a change needs is of interest only to those who ask for it.
        if entries.is_empty() || (review.compared && direction == Direction::Upstream) {
            continue;
        }
        let _ = writeln!(out, "\n### {heading}\n\n| Steps | Resource | Why | Where |\n| ---: | --- | --- | --- |");
        for (entry, source) in entries.iter().take(MOST_ROWS) {
            let place = source.map(at).unwrap_or_default();
            let _ = writeln!(out, "| {} | {} | {} | {place} |", entry.distance, code(&entry.address), sentence(&entry.reason));
        }
        more(out, entries.len());
    }
}

fn cost(out: &mut String, cost: &CostEntry) {
    let (figures, left_out) = (words::figures(cost), &cost.left_out);
    if figures.is_empty() && left_out.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### Cost a month\n");
    let compared = cost.monthly.before.is_some();
    let _ = match compared {
        true => writeln!(out, "| Resource | Before | After | Change |\n| --- | ---: | ---: | ---: |"),
        false => writeln!(out, "| Resource | A month |\n| --- | ---: |"),
    };
    for entry in figures.iter().take(MOST_ROWS) {
        let _ = writeln!(out, "{}", cost_row(entry, compared));
    }
    if figures.len() > MOST_ROWS {
        let _ = writeln!(out, "| and {} more |", figures.len() - MOST_ROWS);
    }
    let _ = match words::side_totals(cost, words::money_range) {
        _ if !words::has_total(cost) => {
            writeln!(out, "| **Total** | **not known** |{}", if compared { " **not known** | |" } else { "" })
        }
        (Some(before), after) => {
            let change = words::total_difference(cost).unwrap_or_default();
            writeln!(out, "| **Total** | **{before}** | **{after}** | **{change}** |")
        }
        (None, after) => writeln!(out, "| **Total** | **{after}** |"),
    };
    let apart = words::not_compared(cost);
    if !apart.is_empty() {
        let _ = writeln!(out, "\nNot in the difference:\n");
        for (entry, source, told) in apart.iter().take(MOST_ROWS) {
            let _ = writeln!(out, "- {} {}: {}", code(&entry.address), at(source), sentence(told));
        }
        more(out, apart.len());
    }
    if left_out.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nNot in the total:\n");
    for entry in left_out.iter().take(MOST_ROWS) {
        let what = entry.component.as_ref().map(|component| format!("{}: ", escaped(component))).unwrap_or_default();
        let addresses: Vec<String> = entry.addresses.iter().take(3).map(|address| code(address)).collect();
        let others = entry.addresses.len().saturating_sub(3);
        let others = if others > 0 { format!(" and {others} more") } else { String::new() };
        let _ = writeln!(out, "- {what}{} ({}{others})", sentence(&words::why_left_out(entry)), addresses.join(", "));
    }
    more(out, left_out.len());
}

fn cost_row(entry: &ResourceCostEntry, compared: bool) -> String {
    let (before, after) = words::figures_of(entry);
    if !compared {
        return format!("| {} | {after} |", code(&entry.address));
    }
    let change = words::difference(entry.delta, entry.not_compared.is_none());
    format!("| {} | {before} | {after} | {change} |", code(&entry.address))
}

fn way_back(out: &mut String, review: &Review) {
    let rollback = &review.rollback;
    if !rollback.irreversible.is_empty() {
        let _ = writeln!(out, "\n### Cannot be undone\n");
        for entry in &rollback.irreversible {
            let (why, instead) = (sentence(&entry.why), sentence(&entry.mitigation));
            let _ = writeln!(out, "- {} {}: {why} {instead}", code(&entry.address), at(&entry.source));
        }
    }
    if !rollback.before_deploy.is_empty() {
        let _ = writeln!(out, "\n### Before you deploy\n");
        rollback.before_deploy.iter().for_each(|entry| step(out, entry));
    }
    if rollback.tiers.iter().all(|tier| tier.steps.is_empty()) {
        return;
    }
    let _ = writeln!(out, "\n### Way back");
    for tier in rollback.tiers.iter().filter(|tier| !tier.steps.is_empty()) {
        let time = tier.estimate_minutes.map(|minutes| format!(", {}", words::minutes(minutes))).unwrap_or_default();
        let _ = writeln!(out, "\n**{}{time}**\n", words::tier(tier.tier));
        if let Some(blocked) = &tier.blocked {
            let _ = writeln!(out, "{}\n", sentence(blocked));
        }
        tier.steps.iter().for_each(|entry| step(out, entry));
    }
}

fn step(out: &mut String, step: &StepEntry) {
    let _ = writeln!(out, "- [ ] {}. {} {}", step.order, sentence(&step.text), at(&step.source));
    if let Some(precondition) = &step.precondition {
        let _ = writeln!(out, "  Needs: {}", sentence(precondition));
    }
    if step.loses_data {
        let _ = writeln!(out, "  **Loses data.**");
    }
    if let Some(command) = &step.command {
        let fence = fence(command, 3);
        let _ = writeln!(out, "\n  {fence}sh");
        for line in command.lines() {
            let _ = writeln!(out, "  {}", visible(line));
        }
        let _ = writeln!(out, "  {fence}");
    }
}

fn not_known(out: &mut String, entries: &[NotKnownEntry]) {
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### Not known\n\n| What | Why | What it would change |\n| --- | --- | --- |");
    for entry in entries.iter().take(MOST_ROWS) {
        let what = format!("{} {}", code(&entry.what), at(&entry.source));
        let _ = writeln!(out, "| {what} | {} | {} |", sentence(&entry.why), sentence(&entry.effect));
    }
    more(out, entries.len());
}

fn findings(out: &mut String, review: &Review) {
    let findings = &review.findings;
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### Findings\n\n| | What | Fix | Where |\n| --- | --- | --- | --- |");
    for finding in findings.iter().take(MOST_ROWS) {
        let old = if finding.new || !review.compared { "" } else { ", not new" };
        let links: String = finding
            .references
            .iter()
            .filter(|link| link.starts_with("https://") && !link.contains(['<', '>', ' ', '|']))
            .map(|link| format!(" <{link}>"))
            .collect();
        let what = format!("{}<br>{}{links}", sentence(&finding.message), code(&finding.id));
        let place = format!("{}<br>{}", code(&finding.address), at(&finding.source));
        let _ = writeln!(out, "| {}{old} | {what} | {} | {place} |", words::severity(finding.severity), sentence(&finding.fix));
    }
    more(out, findings.len());
}

fn not_read(out: &mut String, diagnostics: &[DiagnosticEntry]) {
    if diagnostics.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### Not read\n");
    for diagnostic in diagnostics.iter().take(MOST_ROWS) {
        let help = diagnostic.help.as_ref().map(|help| format!(" {}", sentence(help))).unwrap_or_default();
        let _ = writeln!(out, "- {} {}{help}", at(&diagnostic.source), sentence(&diagnostic.message));
    }
    more(out, diagnostics.len());
}

fn closing(out: &mut String, review: &Review) {
    let prices = match &review.catalog.prices_as_of {
        Some(month) => format!(", prices of {}", escaped(month)),
        None => ", without prices".to_string(),
    };
    let _ = writeln!(out, "\n<sub>Computed offline by Plumbline {}{prices}.</sub>", escaped(&review.tool.version));
}

fn more(out: &mut String, all: usize) {
    if all > MOST_ROWS {
        let _ = writeln!(out, "\nand {} more", all - MOST_ROWS);
    }
}

fn at(source: &Source) -> String {
    code(&place(source))
}

/// A sentence of the review, its code runs as code.
fn sentence(text: &str) -> String {
    words::runs(text)
        .into_iter()
        .map(|run| match run {
            Run::Text(text) => escaped(text),
            Run::Code(text) => code(text),
        })
        .collect()
}

/// Text of which nothing is markup, a mention or a link.
fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A mention would call people.
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    // A bare address would become a link.
    out.replace("://", ":&#47;&#47;")
}

/// A code span inside a table cell: the fence is longer than any run of backticks in it, and a bar is escaped, which
/// tables take out again even inside code.
fn code(text: &str) -> String {
    let text = visible(text).replace('|', "\\|");
    if text.is_empty() {
        return String::new();
    }
    let fence = fence(&text, 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Backticks, at least so many, and more than stand in a row in the text.
fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(least.max(longest + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::example;

    #[test]
    fn a_replacement() {
        insta::assert_snapshot!(markdown(&example::replaced()), @r#"
        ## The database `primary` is replaced; its data may be lost.

        `storage_encrypted` cannot change in place. `rds.tf:34`

        | Changes | Data | Downtime | Cost a month | Way back | Not known |
        | --- | --- | --- | --- | --- | --- |
        | **1 replaced, 1 deleted, 1 created** | **1 may lose data**<br>`skip_final_snapshot` is not known | **15–60 min** | **+$82**<br>$36 before | **1–2 h** | **1** |

        ### Changes

        **Replaced 1**

        | | Resource | Why | Where |
        | --- | --- | --- | --- |
        | `-/+` | `aws_db_instance.primary` | Replaced because `storage_encrypted` changes.<br>`storage_encrypted`: `false` → `true` `rds.tf:34`<br>`instance_class`: `"db.t3.small"` → `"db.t3.medium"` `rds.tf:30` | `rds.tf:26` |

        **Deleted 1**

        | | Resource | Why | Where |
        | --- | --- | --- | --- |
        | `-` | `aws_eip.web` | No file declares it any more. | `web.tf:59 (before)` |

        **Created 1**

        | | Resource | Why | Where |
        | --- | --- | --- | --- |
        | `+` | `aws_sqs_queue.jobs["a"]` | New. | `queue.tf:1` |

        ### Also in reach

        | Steps | Resource | Why | Where |
        | ---: | --- | --- | --- |
        | 1 | `aws_route53_record.db` | Reads `.address` of primary, through `local.db_host`. |  |

        ### Cost a month

        | Resource | Before | After | Change |
        | --- | ---: | ---: | ---: |
        | `aws_db_instance.primary` | $32.03 | $117.35 | +$85.32 |
        | `aws_eip.web` | $3.65 | – | −$3.65 |
        | **Total** | **$35.68** | **$117.35** | **+$81.67** |

        Not in the total:

        - Backups beyond the storage: $0.095 per GB-month, depends on use (`aws_db_instance.primary`)
        - No price for this type (`aws_shield_protection.shop`)

        ### Cannot be undone

        - `aws_eip.web` `web.tf:59 (before)`: The address is released; nobody can claim it again. Keep `aws_eip.web` in this change.

        ### Before you deploy

        - [ ] 1. Take a snapshot. `rds.tf:26`

          ```sh
          aws rds create-db-snapshot
          ```

        ### Way back

        **With data, 15–30 min**

        Blocked at step 1: no snapshot was taken.

        - [ ] 1. Restore the snapshot. `rds.tf:26`
          Needs: The snapshot `before-change` is available.
          **Loses data.**

          ```sh
          aws rds restore-db-instance-from-db-snapshot
          ```

        **Everything, 1–2 h**

        - [ ] 1. Apply the version before. `rds.tf:26`

        ### Not known

        | What | Why | What it would change |
        | --- | --- | --- |
        | `var.skip_final_snapshot` `variables.tf:36` | `var.skip_final_snapshot` has no value here. | Data loss is certain if it is true. |

        ### Findings

        | | What | Fix | Where |
        | --- | --- | --- | --- |
        | Low | `aws_cloudwatch_log_group.cluster` keeps every line for ever.<br>`log-group-without-retention` <https://example.com/retention> | Set `retention_in_days`. | `aws_cloudwatch_log_group.cluster`<br>`monitoring.tf:44` |

        <sub>Computed offline by Plumbline 0.0.0, prices of 2026-10.</sub>
        "#);
    }

    #[test]
    fn nothing() {
        insta::assert_snapshot!(markdown(&example::empty()), @r"
        ## Nothing to review.

        | Changes | Data | Downtime | Cost a month | Way back | Not known |
        | --- | --- | --- | --- | --- | --- |
        | **none** | **none** | **none** | **$0** | **none needed** | **nothing** |

        <sub>Computed offline by Plumbline 0.0.0, prices of 2026-10.</sub>
        ");
    }

    #[test]
    fn hostile_names_stay_text() {
        let text = markdown(&example::hostile());
        assert!(!text.contains('\u{1b}'), "no escape sequence");
        let command = "\n  ````sh\n  echo ```\n  ```\n  <script>\n  ````\n";
        assert!(text.contains(command), "the fence is longer than what it holds");
        for line in text.replace(command, "").lines() {
            let outside: String = code_removed(line);
            assert!(!outside.contains("<img") && !outside.contains("<script"), "markup outside code: {line}");
            assert!(!outside.contains('@'), "a mention: {line}");
            assert!(!outside.replace("\\]", "").contains("]("), "a link: {line}");
            assert!(!line.starts_with("# "), "a heading: {line}");
        }
        assert!(!text.contains("javascript:"), "only https links");
    }

    /// The line without what stands between equally long runs of backticks.
    fn code_removed(line: &str) -> String {
        let mut out = String::new();
        let mut rest = line;
        while let Some(at) = rest.find('`') {
            if rest[..at].ends_with('\\') {
                out.push_str(&rest[..at + 1]);
                rest = &rest[at + 1..];
                continue;
            }
            out.push_str(&rest[..at]);
            let fence: String = rest[at..].chars().take_while(|character| *character == '`').collect();
            let inner = &rest[at + fence.len()..];
            let end = inner.match_indices(&fence).find(|(end, _)| !inner[end + fence.len()..].starts_with('`'));
            match end {
                Some((end, _)) => rest = &inner[end + fence.len()..],
                None => rest = "",
            }
        }
        out + rest
    }
}
