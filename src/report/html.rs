//! The report as one HTML file: styles inside, no script, nothing fetched; it prints as it reads.

use std::fmt::Write;

use crate::report::scene::{View, scene};
use crate::report::svg;
use crate::report::words;
use crate::report::words::{Run, place, visible};
use crate::review::{
    Action, ChangeEntry, CostEntry, DiagnosticEntry, Direction, LeftOutEntry, NotKnownEntry, Review, Severity, Source, StepEntry,
};

/// Rows of one list; what is over is counted.
const MOST_ROWS: usize = 500;

pub fn html(review: &Review) -> String {
    let mut out = String::with_capacity(32 * 1024);
    let title = escaped(&str::replace(&review.verdict.sentence, '`', ""));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        include_str!("html.css")
    );
    opening(&mut out, review);
    graph(&mut out, review);
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
    let verdict = &review.verdict;
    let _ = writeln!(out, "<div class=\"verdict {}\">\n<h1>{}</h1>", class(verdict.action), sentence(&verdict.sentence));
    if let Some(reason) = &verdict.reason {
        let place = verdict.source.as_ref().map(|source| format!(" {}", at(source))).unwrap_or_default();
        let _ = writeln!(out, "<p>{}{place}</p>", sentence(reason));
    }
    let _ = writeln!(out, "</div>\n<dl class=\"facts\">");
    for fact in &verdict.facts {
        let detail = fact.detail.as_ref().map(|detail| format!("<dd>{}</dd>", sentence(detail))).unwrap_or_default();
        let _ = writeln!(out, "<div><dt>{}</dt><dd>{}</dd>{detail}</div>", sentence(&fact.label), sentence(&fact.value));
    }
    let _ = writeln!(out, "</dl>");
}

/// The picture escapes its own texts.
fn graph(out: &mut String, review: &Review) {
    let view = View { focus: review.verdict.address.clone(), ..View::default() };
    let scene = scene(review, &view);
    if !scene.cards.is_empty() {
        let _ = writeln!(out, "<h2>Graph</h2>\n<div class=\"graph\">{}</div>", svg::paint(&scene, None));
    }
}

fn changes(out: &mut String, changes: &[ChangeEntry]) {
    if changes.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h2>Changes</h2>");
    for (action, heading) in words::ACTIONS {
        let group: Vec<&ChangeEntry> = changes.iter().filter(|change| change.action == action).collect();
        if group.is_empty() {
            continue;
        }
        let head =
            "<tr><th scope=\"col\">Action</th><th scope=\"col\">Resource</th><th scope=\"col\">Why</th><th scope=\"col\">Where</th></tr>";
        let _ = writeln!(out, "<table><caption>{heading} {}</caption>\n<thead>{head}</thead>\n<tbody>", group.len());
        for change in group.iter().take(MOST_ROWS) {
            let sign = format!("<span class=\"sign\" title=\"{}\">{}</span>", words::action(action), escaped(words::symbol(action)));
            let _ = writeln!(
                out,
                "<tr><td class=\"{}\">{sign}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                class(action),
                code(&change.address),
                why(change),
                at(&change.source)
            );
        }
        let _ = writeln!(out, "</tbody></table>");
        more(out, group.len());
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
    for because in &change.because {
        lines.push(format!("{}: {} {}", code(&because.path), words::values(because, code), at(&because.source)));
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
        let head =
            "<tr><th scope=\"col\">Steps</th><th scope=\"col\">Resource</th><th scope=\"col\">Why</th><th scope=\"col\">Where</th></tr>";
        let _ = writeln!(out, "<h2>{heading}</h2>\n<table><thead>{head}</thead>\n<tbody>");
        for (entry, source) in entries.iter().take(MOST_ROWS) {
            let (address, why, place) = (code(&entry.address), sentence(&entry.reason), source.map(at).unwrap_or_default());
            let _ = writeln!(out, "<tr><td>{}</td><td>{address}</td><td>{why}</td><td>{place}</td></tr>", entry.distance);
        }
        let _ = writeln!(out, "</tbody></table>");
        more(out, entries.len());
    }
}

fn cost(out: &mut String, cost: &CostEntry) {
    let (figures, left_out) = (words::figures(cost), &cost.left_out);
    if figures.is_empty() && left_out.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h2>Cost a month</h2>\n<table>");
    let compared = cost.monthly.before.is_some();
    let column = |name: &str| format!("<th scope=\"col\" class=\"num\">{name}</th>");
    let columns = if compared { column("Before") + &column("After") + &column("Change") } else { column("A month") };
    let _ = writeln!(out, "<thead><tr><th scope=\"col\">Resource</th>{columns}</tr></thead>\n<tbody>");
    let cell = |text: String| format!("<td class=\"num\">{}</td>", escaped(&text));
    let known = |text: String| cell(if words::has_total(cost) { text } else { "not known".to_string() });
    for entry in figures.iter().take(MOST_ROWS) {
        let (before, after) = words::figures_of(entry);
        let mut row = format!("<tr><td>{}{}</td>", code(&entry.address), components(entry));
        if compared {
            row.push_str(&cell(before));
        }
        row.push_str(&cell(after));
        if compared {
            row.push_str(&cell(words::difference(entry.delta, entry.not_compared.is_none())));
        }
        let _ = writeln!(out, "{row}</tr>");
    }
    let (before, after) = words::side_totals(cost, words::money_range);
    let mut total = String::from("<tr class=\"total\"><td>Total</td>");
    if compared {
        total.push_str(&known(before.unwrap_or_default()));
    }
    total.push_str(&known(after));
    if let Some(change) = words::total_difference(cost) {
        total.push_str(&cell(change));
    }
    let _ = writeln!(out, "{total}</tr>\n</tbody></table>");
    more(out, figures.len());
    let apart = words::not_compared(cost)
        .into_iter()
        .map(|(entry, source, told)| format!("{} {}: {}", code(&entry.address), at(source), sentence(&told)));
    list(out, "<h3>Not in the difference</h3>", &apart.collect::<Vec<_>>());
    not_in_total(out, left_out);
}

/// The parts of one figure, with the price's source and what was assumed.
fn components(entry: &crate::review::ResourceCostEntry) -> String {
    let mut out = String::new();
    for component in &entry.components {
        let Some(monthly) = &component.monthly else { continue };
        let quantity = component.quantity.as_ref().map(words::quantity).unwrap_or_default();
        let price = component.unit_price.map(words::price).unwrap_or_default();
        let _ = write!(
            out,
            "<br><span class=\"quiet\">{}: {quantity} {} at {price}, {}</span>",
            escaped(&component.name),
            escaped(&component.unit),
            escaped(&words::money_range(monthly))
        );
        if let Some(assumption) = &component.assumption {
            let _ = write!(out, " <span class=\"quiet\">({})</span>", sentence(assumption));
        }
    }
    out
}

fn not_in_total(out: &mut String, left_out: &[LeftOutEntry]) {
    let rows: Vec<String> = left_out
        .iter()
        .map(|entry| {
            let what = entry.component.as_ref().map(|component| format!("{}: ", escaped(component))).unwrap_or_default();
            let addresses: Vec<String> = entry.addresses.iter().map(|address| code(address)).collect();
            format!("{what}{} ({})", sentence(&words::why_left_out(entry)), addresses.join(", "))
        })
        .collect();
    list(out, "<h3>Not in the total</h3>", &rows);
}

fn way_back(out: &mut String, review: &Review) {
    let rollback = &review.rollback;
    if !rollback.irreversible.is_empty() {
        let _ = writeln!(out, "<h2>Cannot be undone</h2>\n<ul class=\"undone\">");
        for entry in &rollback.irreversible {
            let (why, instead) = (sentence(&entry.why), sentence(&entry.mitigation));
            let _ = writeln!(out, "<li>{} {}<br>{why} {instead}</li>", code(&entry.address), at(&entry.source));
        }
        let _ = writeln!(out, "</ul>");
    }
    if !rollback.before_deploy.is_empty() {
        let _ = writeln!(out, "<h2>Before you deploy</h2>\n<ol>");
        rollback.before_deploy.iter().for_each(|entry| step(out, entry));
        let _ = writeln!(out, "</ol>");
    }
    if rollback.tiers.iter().all(|tier| tier.steps.is_empty()) {
        return;
    }
    let _ = writeln!(out, "<h2>Way back</h2>");
    for tier in rollback.tiers.iter().filter(|tier| !tier.steps.is_empty()) {
        let time = tier.estimate_minutes.map(|minutes| format!(", {}", words::minutes(minutes))).unwrap_or_default();
        let _ = writeln!(out, "<h3>{}{time}</h3>", words::tier(tier.tier));
        if let Some(blocked) = &tier.blocked {
            let _ = writeln!(out, "<p class=\"loses\">{}</p>", sentence(blocked));
        }
        let _ = writeln!(out, "<ol>");
        tier.steps.iter().for_each(|entry| step(out, entry));
        let _ = writeln!(out, "</ol>");
    }
}

fn step(out: &mut String, step: &StepEntry) {
    let _ = write!(out, "<li class=\"step\">{} {}", sentence(&step.text), at(&step.source));
    if let Some(precondition) = &step.precondition {
        let _ = write!(out, "<div class=\"quiet\">Needs: {}</div>", sentence(precondition));
    }
    if step.loses_data {
        let _ = write!(out, "<div class=\"loses\">Loses data.</div>");
    }
    if let Some(command) = &step.command {
        let lines: Vec<String> = command.lines().map(escaped).collect();
        let _ = write!(out, "<pre>{}</pre>", lines.join("\n"));
    }
    let _ = writeln!(out, "</li>");
}

fn not_known(out: &mut String, entries: &[NotKnownEntry]) {
    if entries.is_empty() {
        return;
    }
    let head = "<tr><th scope=\"col\">What</th><th scope=\"col\">Why</th><th scope=\"col\">What it would change</th></tr>";
    let _ = writeln!(out, "<h2>Not known</h2>\n<table><thead>{head}</thead>\n<tbody>");
    for entry in entries.iter().take(MOST_ROWS) {
        let what = format!("{} {}", code(&entry.what), at(&entry.source));
        let _ = writeln!(out, "<tr><td>{what}</td><td>{}</td><td>{}</td></tr>", sentence(&entry.why), sentence(&entry.effect));
    }
    let _ = writeln!(out, "</tbody></table>");
    more(out, entries.len());
}

fn findings(out: &mut String, review: &Review) {
    let findings = &review.findings;
    if findings.is_empty() {
        return;
    }
    let head = "<tr><th scope=\"col\">Severity</th><th scope=\"col\">What</th><th scope=\"col\">Fix</th><th scope=\"col\">Where</th></tr>";
    let _ = writeln!(out, "<h2>Findings</h2>\n<table><thead>{head}</thead>\n<tbody>");
    for finding in findings.iter().take(MOST_ROWS) {
        let tag = if finding.severity == Severity::Critical { " class=\"critical\"" } else { "" };
        let severity = words::severity(finding.severity);
        let old = if finding.new || !review.compared { "" } else { "<br><span class=\"quiet\">not new</span>" };
        let links: String = finding.references.iter().filter(|link| link.starts_with("https://")).map(|link| reference(link)).collect();
        let _ = writeln!(
            out,
            "<tr><td><span{tag}>{severity}</span>{old}</td><td>{}<br><span class=\"quiet\">{}</span>{links}</td><td>{}</td><td>{}<br>{}</td></tr>",
            sentence(&finding.message),
            code(&finding.id),
            sentence(&finding.fix),
            code(&finding.address),
            at(&finding.source)
        );
    }
    let _ = writeln!(out, "</tbody></table>");
    more(out, findings.len());
}

fn not_read(out: &mut String, diagnostics: &[DiagnosticEntry]) {
    let rows: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| {
            let help = diagnostic.help.as_ref().map(|help| format!(" {}", sentence(help))).unwrap_or_default();
            format!("{} {}{help}", at(&diagnostic.source), sentence(&diagnostic.message))
        })
        .collect();
    list(out, "<h2>Not read</h2>", &rows);
}

fn closing(out: &mut String, review: &Review) {
    let prices = review.catalog.prices_as_of.as_ref().map_or_else(|| "without prices".to_string(), |month| format!("prices of {month}"));
    let version = escaped(&review.tool.version);
    let _ = writeln!(out, "<footer>Computed offline by Plumbline {version}, {}.</footer>\n</body>\n</html>", escaped(&prices));
}

fn list(out: &mut String, heading: &str, rows: &[String]) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "{heading}\n<ul>");
    for row in rows.iter().take(MOST_ROWS) {
        let _ = writeln!(out, "<li>{row}</li>");
    }
    let _ = writeln!(out, "</ul>");
    more(out, rows.len());
}

fn more(out: &mut String, all: usize) {
    if all > MOST_ROWS {
        let _ = writeln!(out, "<p class=\"quiet\">and {} more</p>", all - MOST_ROWS);
    }
}

fn reference(link: &str) -> String {
    let link = escaped(link);
    format!(" <a href=\"{link}\" rel=\"noreferrer\">{link}</a>")
}

const fn class(action: Action) -> &'static str {
    match action {
        Action::Create => "create",
        Action::Update => "update",
        Action::Replace => "replace",
        Action::Delete => "delete",
        _ => "other",
    }
}

fn at(source: &Source) -> String {
    format!("<span class=\"at\">{}</span>", escaped(&place(source)))
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
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

/// Text that is safe between tags and inside a quoted attribute.
fn escaped(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::example;

    /// What stands between `<body>` and `</body>`.
    fn body(page: &str) -> &str {
        page.split_once("<body>\n").and_then(|(_, rest)| rest.split_once("</body>")).map_or("", |(body, _)| body)
    }

    #[test]
    fn a_replacement() {
        insta::assert_snapshot!(body(&html(&example::replaced())), @r#"
        <div class="verdict replace">
        <h1>The database <code>primary</code> is replaced; its data may be lost.</h1>
        <p><code>storage_encrypted</code> cannot change in place. <span class="at">rds.tf:34</span></p>
        </div>
        <dl class="facts">
        <div><dt>Changes</dt><dd>1 replaced, 1 deleted, 1 created</dd></div>
        <div><dt>Data</dt><dd>1 may lose data</dd><dd><code>skip_final_snapshot</code> is not known</dd></div>
        <div><dt>Downtime</dt><dd>15–60 min</dd></div>
        <div><dt>Cost a month</dt><dd>+$82</dd><dd>$36 before</dd></div>
        <div><dt>Way back</dt><dd>1–2 h</dd></div>
        <div><dt>Not known</dt><dd>1</dd></div>
        </dl>
        <h2>Changes</h2>
        <table><caption>Replaced 1</caption>
        <thead><tr><th scope="col">Action</th><th scope="col">Resource</th><th scope="col">Why</th><th scope="col">Where</th></tr></thead>
        <tbody>
        <tr><td class="replace"><span class="sign" title="replace">-/+</span></td><td><code>aws_db_instance.primary</code></td><td>Replaced because <code>storage_encrypted</code> changes.<br><code>storage_encrypted</code>: <code>false</code> → <code>true</code> <span class="at">rds.tf:34</span><br><code>instance_class</code>: <code>&quot;db.t3.small&quot;</code> → <code>&quot;db.t3.medium&quot;</code> <span class="at">rds.tf:30</span></td><td><span class="at">rds.tf:26</span></td></tr>
        </tbody></table>
        <table><caption>Deleted 1</caption>
        <thead><tr><th scope="col">Action</th><th scope="col">Resource</th><th scope="col">Why</th><th scope="col">Where</th></tr></thead>
        <tbody>
        <tr><td class="delete"><span class="sign" title="delete">-</span></td><td><code>aws_eip.web</code></td><td>No file declares it any more.</td><td><span class="at">web.tf:59 (before)</span></td></tr>
        </tbody></table>
        <table><caption>Created 1</caption>
        <thead><tr><th scope="col">Action</th><th scope="col">Resource</th><th scope="col">Why</th><th scope="col">Where</th></tr></thead>
        <tbody>
        <tr><td class="create"><span class="sign" title="create">+</span></td><td><code>aws_sqs_queue.jobs[&quot;a&quot;]</code></td><td>New.</td><td><span class="at">queue.tf:1</span></td></tr>
        </tbody></table>
        <h2>Also in reach</h2>
        <table><thead><tr><th scope="col">Steps</th><th scope="col">Resource</th><th scope="col">Why</th><th scope="col">Where</th></tr></thead>
        <tbody>
        <tr><td>1</td><td><code>aws_route53_record.db</code></td><td>Reads <code>.address</code> of primary, through <code>local.db_host</code>.</td><td></td></tr>
        </tbody></table>
        <h2>Cost a month</h2>
        <table>
        <thead><tr><th scope="col">Resource</th><th scope="col" class="num">Before</th><th scope="col" class="num">After</th><th scope="col" class="num">Change</th></tr></thead>
        <tbody>
        <tr><td><code>aws_db_instance.primary</code><br><span class="quiet">Instance (db.t3.medium, Multi-AZ): 730 h at $0.145, $105.85</span></td><td class="num">$32.03</td><td class="num">$117.35</td><td class="num">+$85.32</td></tr>
        <tr><td><code>aws_eip.web</code></td><td class="num">$3.65</td><td class="num">–</td><td class="num">−$3.65</td></tr>
        <tr class="total"><td>Total</td><td class="num">$35.68</td><td class="num">$117.35</td><td class="num">+$81.67</td></tr>
        </tbody></table>
        <h3>Not in the total</h3>
        <ul>
        <li>Backups beyond the storage: $0.095 per GB-month, depends on use (<code>aws_db_instance.primary</code>)</li>
        <li>No price for this type (<code>aws_shield_protection.shop</code>)</li>
        </ul>
        <h2>Cannot be undone</h2>
        <ul class="undone">
        <li><code>aws_eip.web</code> <span class="at">web.tf:59 (before)</span><br>The address is released; nobody can claim it again. Keep <code>aws_eip.web</code> in this change.</li>
        </ul>
        <h2>Before you deploy</h2>
        <ol>
        <li class="step">Take a snapshot. <span class="at">rds.tf:26</span><pre>aws rds create-db-snapshot</pre></li>
        </ol>
        <h2>Way back</h2>
        <h3>With data, 15–30 min</h3>
        <p class="loses">Blocked at step 1: no snapshot was taken.</p>
        <ol>
        <li class="step">Restore the snapshot. <span class="at">rds.tf:26</span><div class="quiet">Needs: The snapshot <code>before-change</code> is available.</div><div class="loses">Loses data.</div><pre>aws rds restore-db-instance-from-db-snapshot</pre></li>
        </ol>
        <h3>Everything, 1–2 h</h3>
        <ol>
        <li class="step">Apply the version before. <span class="at">rds.tf:26</span></li>
        </ol>
        <h2>Not known</h2>
        <table><thead><tr><th scope="col">What</th><th scope="col">Why</th><th scope="col">What it would change</th></tr></thead>
        <tbody>
        <tr><td><code>var.skip_final_snapshot</code> <span class="at">variables.tf:36</span></td><td><code>var.skip_final_snapshot</code> has no value here.</td><td>Data loss is certain if it is true.</td></tr>
        </tbody></table>
        <h2>Findings</h2>
        <table><thead><tr><th scope="col">Severity</th><th scope="col">What</th><th scope="col">Fix</th><th scope="col">Where</th></tr></thead>
        <tbody>
        <tr><td><span>Low</span></td><td><code>aws_cloudwatch_log_group.cluster</code> keeps every line for ever.<br><span class="quiet"><code>log-group-without-retention</code></span> <a href="https://example.com/retention" rel="noreferrer">https://example.com/retention</a></td><td>Set <code>retention_in_days</code>.</td><td><code>aws_cloudwatch_log_group.cluster</code><br><span class="at">monitoring.tf:44</span></td></tr>
        </tbody></table>
        <footer>Computed offline by Plumbline 0.0.0, prices of 2026-10.</footer>
        "#);
    }

    #[test]
    fn nothing_is_fetched_or_run() {
        let page = html(&example::replaced());
        for part in ["<script", "src=", "url(", "@import", "<link", " on"] {
            let found = page.match_indices(part).filter(|(at, _)| part != " on" || page[*at..].starts_with(" onload=")).count();
            assert_eq!(found, 0, "{part}");
        }
        assert!(page.contains("default-src 'none'"));
    }

    #[test]
    fn hostile_names_stay_text() {
        let page = html(&example::hostile());
        let tags: Vec<&str> = page.split('<').skip(1).filter_map(|rest| rest.split(['>', ' ']).next()).collect();
        let known = "!doctype html head meta title style body div h1 h2 h3 p dl dt dd table caption thead tbody tr th td span code br ul ol li pre a footer";
        for tag in tags {
            assert!(known.split(' ').any(|name| name == tag.trim_start_matches('/').trim_end()), "unexpected tag {tag}");
        }
        assert!(!page.contains("javascript:") && !page.contains('\u{1b}'));
        assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    }

    #[test]
    fn every_tag_is_closed() {
        let page = html(&example::hostile());
        for tag in ["div", "p", "table", "tr", "td", "th", "span", "code", "ul", "ol", "li", "pre", "h1", "h2", "h3", "a", "dl", "tbody"] {
            let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
        }
    }
}
