//! The report of the terminal: the verdict, then what changes, costs, is found, and how to go back. No colour, so
//! that it reads the same in a log.

use std::fmt::Write;

use crate::report::words;
use crate::report::words::{place, visible};
use crate::review::{ChangeEntry, CostEntry, Direction, IrreversibleEntry, NotKnownEntry, Review, StepEntry};

/// Rows of one list that a terminal shows; the rest is counted.
const MOST_ROWS: usize = 60;

pub fn text(review: &Review) -> String {
    let mut out = String::new();
    opening(&mut out, review);
    if review.compared {
        changes(&mut out, review);
    }
    in_reach(&mut out, review);
    cost(&mut out, &review.cost);
    findings(&mut out, review);
    if review.compared {
        way_back(&mut out, review);
    }
    not_known(&mut out, &review.not_known);
    out
}

fn opening(out: &mut String, review: &Review) {
    line(out, 0, &plain(&review.verdict.sentence));
    if let Some(reason) = &review.verdict.reason {
        let place = review.verdict.source.as_ref().map(|source| format!("  {}", place(source))).unwrap_or_default();
        line(out, 0, &format!("{}{}", plain(reason), visible(&place)));
    }
    out.push('\n');
    let width = review.verdict.facts.iter().map(|fact| fact.label.chars().count()).max().unwrap_or(0);
    for fact in &review.verdict.facts {
        let detail = fact.detail.as_ref().map(|detail| format!("  {}", plain(detail))).unwrap_or_default();
        line(out, 1, &format!("{:width$}  {}{detail}", visible(&fact.label), plain(&fact.value)));
    }
}

fn changes(out: &mut String, review: &Review) {
    for (action, heading) in words::ACTIONS {
        let group: Vec<&ChangeEntry> = review.changes.iter().filter(|change| change.action == action).collect();
        if group.is_empty() {
            continue;
        }
        title(out, heading, group.len());
        let width = column(group.iter().map(|change| change.address.as_str()));
        for change in group.iter().take(MOST_ROWS) {
            let symbol = if change.condition.is_some() { "?" } else { words::symbol(action) };
            let row = format!("{symbol:>3} {:width$}  {}", visible(&change.address), visible(&place(&change.source)));
            line(out, 0, &row);
            if let Some(from) = &change.previous_address {
                line(out, 3, &format!("was {}", visible(from)));
            }
            if !change.reason.is_empty() && action != crate::review::Action::Create {
                line(out, 3, &plain(&change.reason));
            }
            for source in &change.lost_by {
                line(out, 3, &visible(&place(source)));
            }
            if let Some(condition) = &change.condition {
                line(out, 3, &plain(condition));
            }
        }
        more(out, group.len());
    }
}

fn in_reach(out: &mut String, review: &Review) {
    for (direction, heading) in [(Direction::Downstream, "Also in reach"), (Direction::Upstream, "Needed by it")] {
        let entries = words::in_reach(review, direction);
        // What a change needs is of interest only to those who ask for it.
        if entries.is_empty() || (review.compared && direction == Direction::Upstream) {
            continue;
        }
        title(out, heading, entries.len());
        let width = column(entries.iter().take(MOST_ROWS).map(|(entry, _)| entry.address.as_str()));
        for (entry, source) in entries.iter().take(MOST_ROWS) {
            let place = source.map(place).unwrap_or_default();
            line(out, 0, &format!("{:>3} {:width$}  {}", entry.distance, visible(&entry.address), visible(&place)));
            if !entry.reason.is_empty() {
                line(out, 3, &plain(&entry.reason));
            }
        }
        more(out, entries.len());
    }
}

fn cost(out: &mut String, cost: &CostEntry) {
    let (figures, left_out) = (words::figures(cost), &cost.left_out);
    if figures.is_empty() && left_out.is_empty() {
        return;
    }
    title(out, "Cost a month", 0);
    let compared = cost.monthly.before.is_some();
    let width = column(figures.iter().take(MOST_ROWS).map(|entry| entry.address.as_str()));
    for entry in figures.iter().take(MOST_ROWS) {
        let (before, after) = words::figures_of(entry);
        let row = if compared {
            let before = entry.before.map_or(before, |range| words::money(range.expected));
            let change = words::difference(entry.delta, entry.not_compared.is_none());
            format!("{:width$}  {change:>11}  {before} → {after}", visible(&entry.address))
        } else {
            format!("{:width$}  {after}", visible(&entry.address))
        };
        line(out, 1, &row);
    }
    more(out, figures.len());
    let change = words::total_difference(cost).filter(|_| words::has_total(cost));
    let change = change.map(|change| format!("{change:>11}")).unwrap_or_default();
    let total = if words::has_total(cost) { words::totals(cost) } else { "not known".to_string() };
    line(out, 1, &format!("{:width$}  {change}  {total}", "Total"));
    let apart = words::not_compared(cost);
    if !apart.is_empty() {
        title(out, "Not in the difference", 0);
        for (entry, source, told) in apart.iter().take(MOST_ROWS) {
            line(out, 1, &format!("{}  {}", visible(&entry.address), visible(&place(source))));
            line(out, 3, &plain(told));
        }
        more(out, apart.len());
    }
    if left_out.is_empty() {
        return;
    }
    title(out, "Not in the total", 0);
    for entry in left_out.iter().take(MOST_ROWS) {
        let what = entry.component.as_ref().map(|component| format!("{component}, ")).unwrap_or_default();
        let (first, others) = (entry.addresses.first().cloned().unwrap_or_default(), entry.addresses.len().saturating_sub(1));
        let others = if others > 0 { format!(" and {others} more") } else { String::new() };
        line(out, 1, &plain(&format!("{what}{}: {first}{others}", words::why_left_out(entry))));
    }
    more(out, left_out.len());
}

fn findings(out: &mut String, review: &Review) {
    let findings = &review.findings;
    if findings.is_empty() {
        return;
    }
    title(out, "Findings", findings.len());
    for finding in findings.iter().take(MOST_ROWS) {
        let severity = words::severity(finding.severity);
        let old = if finding.new || !review.compared { "" } else { "  not new" };
        line(out, 1, &format!("{severity:8}  {}  {}{old}", visible(&finding.address), visible(&place(&finding.source))));
        line(out, 6, &plain(&finding.message));
        line(out, 6, &format!("{}  [{}]", plain(&finding.fix), finding.id));
    }
    more(out, findings.len());
}

fn way_back(out: &mut String, review: &Review) {
    let rollback = &review.rollback;
    if !rollback.irreversible.is_empty() {
        title(out, "Cannot be undone", rollback.irreversible.len());
        rollback.irreversible.iter().for_each(|entry| irreversible(out, entry));
    }
    if !rollback.before_deploy.is_empty() {
        title(out, "Before you deploy", 0);
        rollback.before_deploy.iter().for_each(|entry| step(out, entry));
    }
    for tier in rollback.tiers.iter().filter(|tier| !tier.steps.is_empty()) {
        let time = tier.estimate_minutes.map(|minutes| format!(", {}", words::minutes(minutes))).unwrap_or_default();
        title(out, &format!("Way back: {}{time}", words::tier(tier.tier)), 0);
        if let Some(blocked) = &tier.blocked {
            line(out, 1, &plain(blocked));
        }
        tier.steps.iter().for_each(|entry| step(out, entry));
    }
}

fn irreversible(out: &mut String, entry: &IrreversibleEntry) {
    line(out, 1, &format!("{}  {}", visible(&entry.address), visible(&place(&entry.source))));
    line(out, 3, &plain(&entry.why));
    line(out, 3, &plain(&entry.mitigation));
}

fn step(out: &mut String, step: &StepEntry) {
    line(out, 1, &format!("[ ] {}. {}  {}", step.order, plain(&step.text), visible(&place(&step.source))));
    if let Some(precondition) = &step.precondition {
        line(out, 4, &format!("Needs: {}", plain(precondition)));
    }
    if step.loses_data {
        line(out, 4, "Loses data.");
    }
    for command in step.command.iter().flat_map(|command| command.lines()) {
        line(out, 4, &visible(command));
    }
}

fn not_known(out: &mut String, entries: &[NotKnownEntry]) {
    if entries.is_empty() {
        return;
    }
    title(out, "Not known", entries.len());
    // What is missing for one reason and changes the same is told together.
    let groups: Vec<&[NotKnownEntry]> = entries.chunk_by(|a, b| a.why == b.why && a.effect == b.effect).collect();
    for group in groups.iter().take(MOST_ROWS) {
        for entry in group.iter().take(MOST_ROWS) {
            line(out, 1, &format!("{}  {}", visible(&entry.what), visible(&place(&entry.source))));
        }
        more(out, group.len());
        if let Some(entry) = group.first() {
            line(out, 3, &plain(&entry.why));
            line(out, 3, &plain(&entry.effect));
        }
    }
    more(out, groups.len());
}

fn title(out: &mut String, heading: &str, count: usize) {
    let count = if count > 0 { format!(" ({count})") } else { String::new() };
    let _ = writeln!(out, "\n{heading}{count}");
}

fn more(out: &mut String, all: usize) {
    if all > MOST_ROWS {
        line(out, 1, &format!("and {} more", all - MOST_ROWS));
    }
}

fn line(out: &mut String, indent: usize, text: &str) {
    let _ = writeln!(out, "{:indent$}{}", "", text.trim_end(), indent = indent * 2);
}

/// A sentence without the marks of code: a terminal has no second font.
fn plain(sentence: &str) -> String {
    let text: String = words::runs(sentence)
        .into_iter()
        .map(|run| match run {
            words::Run::Text(text) | words::Run::Code(text) => text,
        })
        .collect();
    visible(&text).into_owned()
}

/// The width of a column of names; a few very long ones do not push the rest away.
fn column<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.map(|name| name.chars().count()).filter(|width| *width <= 60).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::example;

    #[test]
    fn a_replacement() {
        insta::assert_snapshot!(text(&example::replaced()), @r#"
        The database primary is replaced; its data may be lost.
        storage_encrypted cannot change in place.  rds.tf:34

          Changes       1 replaced, 1 deleted, 1 created
          Data          1 may lose data  skip_final_snapshot is not known
          Downtime      15–60 min
          Cost a month  +$82  $36 before
          Way back      1–2 h
          Not known     1

        Replaced (1)
        -/+ aws_db_instance.primary  rds.tf:26
              Replaced because storage_encrypted changes.

        Deleted (1)
          - aws_eip.web  web.tf:59 (before)
              No file declares it any more.

        Created (1)
          + aws_sqs_queue.jobs["a"]  queue.tf:1

        Also in reach (1)
          1 aws_route53_record.db
              Reads .address of primary, through local.db_host.

        Cost a month
          aws_db_instance.primary      +$85.32  $32.03 → $117.35
          aws_eip.web                   −$3.65  $3.65 → –
          Total                        +$81.67  $35.68 → $117.35

        Not in the total
          Backups beyond the storage, $0.095 per GB-month, depends on use: aws_db_instance.primary
          No price for this type: aws_shield_protection.shop

        Findings (1)
          Low       aws_cloudwatch_log_group.cluster  monitoring.tf:44
                    aws_cloudwatch_log_group.cluster keeps every line for ever.
                    Set retention_in_days.  [log-group-without-retention]

        Cannot be undone (1)
          aws_eip.web  web.tf:59 (before)
              The address is released; nobody can claim it again.
              Keep aws_eip.web in this change.

        Before you deploy
          [ ] 1. Take a snapshot.  rds.tf:26
                aws rds create-db-snapshot

        Way back: With data, 15–30 min
          Blocked at step 1: no snapshot was taken.
          [ ] 1. Restore the snapshot.  rds.tf:26
                Needs: The snapshot before-change is available.
                Loses data.
                aws rds restore-db-instance-from-db-snapshot

        Way back: Everything, 1–2 h
          [ ] 1. Apply the version before.  rds.tf:26

        Not known (1)
          var.skip_final_snapshot  variables.tf:36
              var.skip_final_snapshot has no value here.
              Data loss is certain if it is true.
        "#);
    }

    #[test]
    fn what_is_missing_for_one_reason_is_told_together() {
        let mut review = example::replaced();
        let first = review.not_known[0].clone();
        let named = |what: &str, effect: &str| NotKnownEntry { what: what.into(), effect: effect.into(), ..first.clone() };
        review.not_known = vec![named("var.a", "Nothing."), named("var.b", "Nothing."), named("var.c", "Something.")];
        let printed = text(&review);
        let (_, printed) = printed.split_once("Not known (3)\n").unwrap();
        let lines: Vec<&str> = printed.lines().map(str::trim).collect();
        let why = "var.skip_final_snapshot has no value here.";
        assert_eq!(
            lines,
            ["var.a  variables.tf:36", "var.b  variables.tf:36", why, "Nothing.", "var.c  variables.tf:36", why, "Something."]
        );
    }

    #[test]
    fn nothing() {
        insta::assert_snapshot!(text(&example::empty()), @r"
        Nothing to review.

          Changes       none
          Data          none
          Downtime      none
          Cost a month  $0
          Way back      none needed
          Not known     nothing
        ");
    }

    #[test]
    fn hostile_names_stay_on_their_line() {
        let text = text(&example::hostile());
        assert!(!text.contains('\u{1b}'));
        assert!(text.lines().all(|line| !line.starts_with("# @all")));
    }
}
