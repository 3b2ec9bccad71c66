//! The graph as a Mermaid flowchart, for Markdown that draws it. Arrows point from the resource that refers to the
//! one it needs.
//!
//! Renderers refuse large charts; of a large review the first view is printed, with its groups collapsed.

use std::fmt::{self, Write as _};

use super::dot::mark;
use super::scene::{CardKind, EdgeStyle, View, Visit, outline, scene};
use crate::order::Order as _;
use crate::review::{Action, Review};

/// Above this many edges a chart is refused by default (Mermaid's `maxEdges` is 500).
const MOST_EDGES: usize = 500;
const MOST_NODES: usize = 300;

pub fn mermaid(review: &Review) -> String {
    let mut out = String::from("flowchart RL\n");
    // Writing to memory cannot fail.
    let _ = write_chart(&mut out, review);
    out
}

fn write_chart(out: &mut String, review: &Review) -> fmt::Result {
    let outline = outline(review);
    let mut classes: Vec<(u32, &str)> = Vec::new();
    if outline.edges.len() > MOST_EDGES || outline.nodes.len() > MOST_NODES {
        writeln!(out, "  %% {} resources: groups without change are one box each.", outline.nodes.len())?;
        let scene = scene(review, &View::default());
        for (number, card) in (0..).zip(&scene.cards) {
            let detail = card.lines.first().map_or(card.detail.as_str(), |line| line.text.as_str());
            node(out, 1, number, card.kind, card.action, &card.label, detail)?;
            classes.extend(class(card.kind, card.action).map(|class| (number, class)));
        }
        for line in scene.edges.iter().take(MOST_EDGES) {
            edge(out, line.to, line.from, line.style)?;
        }
    } else {
        let mut result = Ok(());
        outline.walk(|visit, depth| {
            let depth = depth.max(1);
            let written = match visit {
                Visit::Open(group) => {
                    let label = outline.groups.get(group as usize).map_or("", |group| group.0.as_str());
                    writeln!(out, "{}subgraph g{group}[\"{}\"]", "  ".repeat(depth), Encoded(label))
                }
                Visit::Close => writeln!(out, "{}end", "  ".repeat(depth)),
                Visit::Node(number) => match outline.nodes.get(number as usize) {
                    Some(thing) => {
                        classes.extend(class(thing.kind, thing.action).map(|class| (number, class)));
                        let kind = if thing.short_type.is_empty() { "declared in no file here" } else { thing.short_type };
                        node(out, depth, number, thing.kind, thing.action, &thing.name, kind)
                    }
                    None => Ok(()),
                },
            };
            if result.is_ok() {
                result = written;
            }
        });
        result?;
        for line in &outline.edges {
            edge(out, line.dependent, line.needed, line.style)?;
        }
    }
    write_classes(out, &mut classes)
}

fn node(out: &mut String, depth: usize, number: u32, kind: CardKind, action: Action, name: &str, detail: &str) -> fmt::Result {
    let (open, close) = match kind {
        CardKind::Module | CardKind::Group => ("[[", "]]"),
        CardKind::External => ("(", ")"),
        CardKind::Resource | CardKind::Disabled | CardKind::More => ("[", "]"),
    };
    let mark = mark(action);
    let space = if mark.is_empty() { "" } else { " " };
    writeln!(out, "{}n{number}{open}\"{}{space}{}<br>{}\"{close}", "  ".repeat(depth), Encoded(mark), Encoded(name), Encoded(detail))
}

fn edge(out: &mut String, dependent: u32, needed: u32, style: EdgeStyle) -> fmt::Result {
    let arrow = match style {
        EdgeStyle::Solid => "-->",
        EdgeStyle::Implied | EdgeStyle::BeforeOnly => "-.->",
    };
    writeln!(out, "  n{dependent} {arrow} n{needed}")
}

const fn class(kind: CardKind, action: Action) -> Option<&'static str> {
    match (kind, action) {
        (CardKind::External, _) => Some("elsewhere"),
        (_, Action::Create) => Some("create"),
        (_, Action::Update) => Some("update"),
        (_, Action::Replace) => Some("replace"),
        (_, Action::Delete) => Some("delete"),
        _ => None,
    }
}

fn write_classes(out: &mut String, classes: &mut [(u32, &str)]) -> fmt::Result {
    classes.order_by_key(|(number, class)| (*class, *number));
    for same in classes.chunk_by(|a, b| a.1 == b.1) {
        let Some((_, class)) = same.first() else { continue };
        let look = match *class {
            "create" => "stroke:#005f48,fill:#e2f2ec,color:#171d24",
            "update" => "stroke:#856400,fill:#f8f0d6,color:#171d24",
            "replace" => "stroke:#681468,fill:#681468,color:#ffffff",
            "delete" => "stroke:#800a06,fill:#800a06,color:#ffffff",
            _ => "stroke-dasharray:4 3",
        };
        writeln!(out, "  classDef {class} {look}")?;
        write!(out, "  class ")?;
        for (at, (number, _)) in same.iter().enumerate() {
            write!(out, "{}n{number}", if at > 0 { "," } else { "" })?;
        }
        writeln!(out, " {class}")?;
    }
    Ok(())
}

/// Letters, digits and a few harmless signs as they are, everything else as a number: no text can end its label,
/// begin a tag or close the code block around the chart.
struct Encoded<'a>(&'a str);

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, c) in self.0.chars().enumerate() {
            match c {
                // At the start of a label a dash would begin a list.
                '-' if at > 0 => f.write_char(c)?,
                c if c.is_alphanumeric() || matches!(c, ' ' | '_' | '.' | ',' | '/' | '…') => f.write_char(c)?,
                c if c.is_control() => f.write_char(' ')?,
                c => write!(f, "#{};", c as u32)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn nodes_stand_in_groups_and_carry_their_change() {
        let review = sample::review(
            "replace aws_db_instance.primary rds.tf
             create module.app.aws_instance.web app/main.tf
             module.app.aws_instance.web -> aws_db_instance.primary
             module.app.aws_instance.web ~> elsewhere.thing",
        );
        insta::assert_snapshot!(mermaid(&review), @r##"
        flowchart RL
          n2("elsewhere.thing<br>declared in no file here")
          subgraph g0["rds.tf"]
            n0["#45;/#43; primary<br>db_instance"]
          end
          subgraph g1["module.app"]
            n1["#43; web<br>instance"]
          end
          n1 --> n0
          n1 -.-> n2
          classDef create stroke:#005f48,fill:#e2f2ec,color:#171d24
          class n1 create
          classDef elsewhere stroke-dasharray:4 3
          class n2 elsewhere
          classDef replace stroke:#681468,fill:#681468,color:#ffffff
          class n0 replace
        "##);
    }

    #[test]
    fn hostile_names_cannot_leave_their_label() {
        let mut review = sample::review("create aws_sqs_queue.jobs main.tf");
        review.resources[0].name = "\"]; click n0 \"javascript:x\"\n```<img onerror=x>".into();
        let chart = mermaid(&review);
        let label = chart.lines().find(|line| line.contains("n0[")).unwrap();
        assert!(!label.contains("click n0 \"") && !label.contains('`') && !label.contains("<img"), "{label}");
        assert_eq!(label.matches('"').count(), 2, "{label}");
    }

    #[test]
    fn a_large_review_is_printed_with_its_groups_collapsed() {
        let text: String = (0..600).map(|at| format!("create aws_sqs_queue.q{at} m{}.tf\n", at % 20)).collect();
        let chart = mermaid(&sample::review(&text));
        assert!(chart.lines().count() < 400, "{}", chart.lines().count());
        assert!(chart.contains("%% 600 resources"));
    }
}
