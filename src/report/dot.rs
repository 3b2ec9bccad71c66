//! The whole graph in Graphviz's language. Arrows point from the resource that refers to the one it needs; the
//! direction of ranks puts what is needed on the left, as in the picture.

use std::fmt::{self, Write as _};

use super::scene::{CardKind, EdgeStyle, Visit, outline};
use crate::review::{Action, Review};

pub fn dot(review: &Review) -> String {
    let mut out = String::new();
    // Writing to memory cannot fail.
    let _ = write_dot(&mut out, review);
    out
}

fn write_dot(out: &mut String, review: &Review) -> fmt::Result {
    let outline = outline(review);
    out.push_str("digraph plumbline {\n");
    out.push_str("  rankdir=RL;\n  node [shape=box, style=rounded, fontname=\"Helvetica\", fontsize=11];\n");
    out.push_str("  edge [color=\"#80878e\"];\n");
    let mut result = Ok(());
    outline.walk(|visit, depth| {
        let written = write_part(out, &outline, visit, depth);
        if result.is_ok() {
            result = written;
        }
    });
    result?;
    for edge in &outline.edges {
        let (Some(from), Some(to)) = (outline.nodes.get(edge.dependent as usize), outline.nodes.get(edge.needed as usize)) else {
            continue;
        };
        let style = match edge.style {
            EdgeStyle::Solid => "",
            EdgeStyle::Implied => " [style=dashed]",
            EdgeStyle::BeforeOnly => " [style=dotted, color=\"#800a06\"]",
        };
        writeln!(out, "  {} -> {}{style};", Quoted(from.address), Quoted(to.address))?;
    }
    out.push_str("}\n");
    Ok(())
}

fn write_part(out: &mut String, outline: &super::scene::Outline<'_>, visit: Visit, depth: usize) -> fmt::Result {
    let indent = "  ".repeat(depth.max(1));
    match visit {
        Visit::Open(group) => {
            let label = outline.groups.get(group as usize).map_or("", |group| group.0.as_str());
            writeln!(out, "{indent}subgraph \"cluster_{group}\" {{")?;
            writeln!(
                out,
                "{indent}  label={}; color=\"#d8dcdf\"; fontcolor=\"#59636d\"; fontname=\"Helvetica\"; fontsize=10;",
                Quoted(label)
            )
        }
        Visit::Close => writeln!(out, "{indent}}}"),
        Visit::Node(number) => {
            let Some(node) = outline.nodes.get(number as usize) else { return Ok(()) };
            let mark = mark(node.action);
            let kind = if node.short_type.is_empty() { "declared in no file here" } else { node.short_type };
            let name = if mark.is_empty() { node.name.to_string() } else { format!("{mark} {}", node.name) };
            let label = format!("{name}\n{kind}");
            write!(out, "{indent}{} [label={}", Quoted(node.address), Quoted(&label))?;
            let look = match (node.kind, node.action) {
                (CardKind::External, _) => ", style=\"rounded,dashed\"",
                (CardKind::Module, _) => ", peripheries=2",
                (_, Action::Create) => ", color=\"#005f48\", fillcolor=\"#e2f2ec\", style=\"rounded,filled\"",
                (_, Action::Update) => ", color=\"#856400\", fillcolor=\"#f8f0d6\", style=\"rounded,filled\"",
                (_, Action::Replace) => ", color=\"#681468\", fillcolor=\"#681468\", fontcolor=\"#ffffff\", style=\"filled\"",
                (_, Action::Delete) => ", color=\"#800a06\", fillcolor=\"#800a06\", fontcolor=\"#ffffff\", style=\"filled\"",
                _ => "",
            };
            writeln!(out, "{look}];")
        }
    }
}

/// How a plan's text marks an action.
pub(super) const fn mark(action: Action) -> &'static str {
    match action {
        Action::Create => "+",
        Action::Update => "~",
        Action::Replace => "-/+",
        Action::Delete => "-",
        Action::Move | Action::Import | Action::Forget => ">",
        Action::Read | Action::NoOp => "",
    }
}

/// A quoted string: only quotes and backslashes mean something in it; a line feed is written as Graphviz does.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
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
        insta::assert_snapshot!(dot(&review), @r##"
        digraph plumbline {
          rankdir=RL;
          node [shape=box, style=rounded, fontname="Helvetica", fontsize=11];
          edge [color="#80878e"];
          "elsewhere.thing" [label="elsewhere.thing\ndeclared in no file here", style="rounded,dashed"];
          subgraph "cluster_0" {
            label="rds.tf"; color="#d8dcdf"; fontcolor="#59636d"; fontname="Helvetica"; fontsize=10;
            "aws_db_instance.primary" [label="-/+ primary\ndb_instance", color="#681468", fillcolor="#681468", fontcolor="#ffffff", style="filled"];
          }
          subgraph "cluster_1" {
            label="module.app"; color="#d8dcdf"; fontcolor="#59636d"; fontname="Helvetica"; fontsize=10;
            "module.app.aws_instance.web" [label="+ web\ninstance", color="#005f48", fillcolor="#e2f2ec", style="rounded,filled"];
          }
          "module.app.aws_instance.web" -> "aws_db_instance.primary";
          "module.app.aws_instance.web" -> "elsewhere.thing" [style=dashed];
        }
        "##);
    }

    #[test]
    fn hostile_names_stay_inside_their_quotes() {
        let mut review = sample::review("create aws_sqs_queue.jobs main.tf");
        review.resources[0].address = "a\"];\n}\\".into();
        review.resources[0].name = "x\" [shape=none]\\".into();
        let dot = dot(&review);
        assert!(dot.contains(r#""a\"];\n}\\" [label="x\" [shape=none]\\\nsqs_queue"#), "{dot}");
    }
}
