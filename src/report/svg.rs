//! The graph as a standalone SVG file: no script, no font, no link; light or dark as the reader's system is.
//!
//! Every text from a review is escaped here, in [`Escaped`], and nowhere else.

mod style;

use std::fmt::{self, Write as _};

use super::icons::{action_symbol, icon_path};
use super::scene::{CARD_WIDTH, Card, CardKind, EdgeStyle, LineSymbol, Role, Scene, View, scene};
use crate::order::Order as _;
use crate::review::{Action, Review};

/// Radius of the corners of lines.
const CORNER: f32 = 5.0;
/// Room for the sentence above the picture, and for the legend below.
const HEAD: f32 = 34.0;
const FOOT: f32 = 30.0;

/// The graph of a review, as it is first shown, with its sentence and a legend.
pub fn svg(review: &Review) -> String {
    let view = View { focus: review.verdict.address.clone(), ..View::default() };
    paint(&scene(review, &view), Some(&review.verdict.sentence))
}

/// A scene as SVG. With a caption it has a head and a legend; without, it is the picture alone.
pub fn paint(scene: &Scene, caption: Option<&str>) -> String {
    let mut out = String::with_capacity(4096 + scene.cards.len() * 700 + scene.edges.len() * 160);
    // Writing to memory cannot fail.
    let _ = write_svg(&mut out, scene, caption);
    out
}

fn write_svg(out: &mut String, scene: &Scene, caption: Option<&str>) -> fmt::Result {
    let legend = legend(scene);
    let least = legend.iter().map(|(_, label)| 40.0 + label.len() as f32 * 6.6).sum::<f32>();
    let (head, foot) = if caption.is_some() { (HEAD, FOOT) } else { (0.0, 0.0) };
    let width = scene.width.max(caption.map_or(0.0, |caption| least.max(caption.chars().count() as f32 * 8.0 + 24.0)));
    let height = scene.height + head + foot;
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="plumbline" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="plumbline-title plumbline-desc">"#
    )?;
    writeln!(out, r#"<title id="plumbline-title">{}</title>"#, Escaped(caption.unwrap_or("Dependency graph")))?;
    writeln!(out, r#"<desc id="plumbline-desc">{}</desc>"#, Escaped(&scene.summary))?;
    writeln!(out, "<style>{}</style>", style::STYLE)?;
    symbols(out, scene)?;
    writeln!(out, r#"<rect class="bg" width="{width}" height="{height}"/>"#)?;
    if let Some(caption) = caption {
        writeln!(out, r#"<text class="hd" x="12" y="23">{}</text>"#, Escaped(caption))?;
        write!(out, r#"<g transform="translate(12 {})">"#, scene.height + HEAD + 7.0)?;
        let mut x = 0.0;
        for (symbol, label) in legend {
            write!(out, r##"<use href="#a-{symbol}" x="{x}" width="16" height="16" class="c-{symbol}"/>"##)?;
            write!(out, r#"<text class="lg" x="{}" y="12">{label}</text>"#, x + 22.0)?;
            x += 40.0 + label.len() as f32 * 6.6;
        }
        writeln!(out, "</g>")?;
    }
    writeln!(out, r#"<g class="{}" transform="translate(0 {head})">"#, if scene.focus.is_some() { "g cone" } else { "g" })?;
    groups(out, scene)?;
    edges(out, scene)?;
    for (card, place) in scene.cards.iter().zip(scene.geometry.chunks_exact(4)) {
        if let [x, y, _, height] = place {
            write_card(out, card, (*x, *y), *height)?;
        }
    }
    out.write_str("</g>\n</svg>\n")
}

/// The symbols that stand in the picture, with their words.
fn legend(scene: &Scene) -> Vec<(&'static str, &'static str)> {
    let shown = |symbol: LineSymbol| {
        scene.cards.iter().any(|card| match card.lines.as_slice() {
            [] => line_symbol(symbol) == block_symbol(card),
            lines => lines.iter().any(|line| line.symbol == symbol),
        })
    };
    let mut legend: Vec<(&str, &str)> = [
        (LineSymbol::Replace, "Replace"),
        (LineSymbol::Delete, "Delete"),
        (LineSymbol::Update, "Update"),
        (LineSymbol::Create, "Create"),
        (LineSymbol::Move, "Move"),
        (LineSymbol::Same, "Unchanged"),
    ]
    .into_iter()
    .filter(|(symbol, _)| shown(*symbol))
    .map(|(symbol, label)| (line_symbol(symbol), label))
    .collect();
    if scene.cards.iter().any(|card| card.conditional) {
        legend.push(("unknown", "Not known"));
    }
    if scene.cards.iter().any(|card| card.steps.is_some()) {
        legend.push(("steps", "Steps away"));
    }
    legend
}

fn symbols(out: &mut String, scene: &Scene) -> fmt::Result {
    out.write_str("<defs>")?;
    out.write_str(style::SYMBOLS)?;
    let mut icons: Vec<&str> = scene.cards.iter().map(|card| card.icon.as_str()).chain(["external"]).collect();
    icons.order();
    icons.dedup();
    for icon in icons {
        write!(out, r#"<symbol id="i-{}" viewBox="0 0 16 16"><path d="{}"/></symbol>"#, Escaped(icon), icon_path(icon))?;
    }
    out.write_str("</defs>\n")
}

fn groups(out: &mut String, scene: &Scene) -> fmt::Result {
    let places = scene.geometry.chunks_exact(4).skip(scene.cards.len());
    for (group, place) in scene.groups.iter().zip(places) {
        if let [x, y, width, height] = place {
            writeln!(
                out,
                r#"<rect class="grp" x="{}" y="{}" width="{}" height="{}" rx="4"/><text class="gl" x="{}" y="{}">{}</text>"#,
                x + 0.5,
                y + 0.5,
                width - 1.0,
                height - 1.0,
                x + 8.0,
                y + 15.0,
                Escaped(&group.label)
            )?;
        }
    }
    Ok(())
}

fn edges(out: &mut String, scene: &Scene) -> fmt::Result {
    out.write_str(r#"<g transform="translate(.5 .5)">"#)?;
    let mut rest = scene.geometry.get(4 * (scene.cards.len() + scene.groups.len())..).unwrap_or(&[]);
    for edge in &scene.edges {
        let (own, others) = rest.split_at_checked(2 * edge.points as usize).unwrap_or((rest, &[]));
        rest = others;
        let points: Vec<(f32, f32)> = own.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
        let Some((x, y)) = points.last().copied() else { continue };
        let role = match edge.role {
            Role::None => "",
            Role::Upstream => " up",
            Role::Downstream => " down",
        };
        let style = match edge.style {
            EdgeStyle::Solid => "",
            EdgeStyle::Implied => " may",
            EdgeStyle::BeforeOnly => " gone",
        };
        write!(out, r#"<path class="e{role}{style}" d=""#)?;
        rounded(out, &points)?;
        out.write_str(r#""/>"#)?;
        if edge.role == Role::Downstream {
            write!(out, r#"<path class="ah" d="M{} {}l6 3.5-6 3.5z"/>"#, x - 6.0, y - 3.5)?;
        }
        out.push('\n');
    }
    out.write_str("</g>\n")
}

/// A polyline with rounded corners.
fn rounded(out: &mut String, points: &[(f32, f32)]) -> fmt::Result {
    let Some(first) = points.first() else { return Ok(()) };
    write!(out, "M{} {}", first.0, first.1)?;
    for corner in points.windows(3) {
        let [before, at, after] = corner else { continue };
        let ((into, into_length), (out_of, out_length)) = (direction(*before, *at), direction(*at, *after));
        let radius = CORNER.min(into_length / 2.0).min(out_length / 2.0);
        let start = (at.0 - into.0 * radius, at.1 - into.1 * radius);
        let end = (at.0 + out_of.0 * radius, at.1 + out_of.1 * radius);
        write!(out, "L{} {}Q{} {} {} {}", start.0, start.1, at.0, at.1, end.0, end.1)?;
    }
    match points.last() {
        Some(last) if points.len() > 1 => write!(out, "L{} {}", last.0, last.1),
        _ => Ok(()),
    }
}

fn direction(from: (f32, f32), to: (f32, f32)) -> ((f32, f32), f32) {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x.abs() + y.abs();
    if length > 0.0 { ((x / length, y / length), length) } else { ((0.0, 0.0), 0.0) }
}

fn write_card(out: &mut String, card: &Card, (x, y): (f32, f32), height: f32) -> fmt::Result {
    write!(
        out,
        r#"<g class="n {}{}" transform="translate({x} {y})"><title>{}</title>"#,
        action_symbol(card.action),
        classes(card),
        Escaped(&card.title)
    )?;
    if card.focused || card.matched {
        let class = if card.focused { "sel" } else { "hit" };
        write!(out, r#"<rect class="{class}" x="-3.5" y="-3.5" width="{}" height="{}" rx="5"/>"#, CARD_WIDTH + 7.0, height + 7.0)?;
    }
    if card.kind == CardKind::Group {
        write_group(out, card, height)?;
    } else {
        write!(out, r#"<rect class="card" x=".5" y=".5" width="{}" height="{}" rx="3"/>"#, CARD_WIDTH - 1.0, height - 1.0)?;
        let heat = if card.heat > 0 { format!(" h{}", card.heat) } else { String::new() };
        write!(out, r#"<path class="blk{heat}" d="M1 4a3 3 0 013-3h18v36H4a3 3 0 01-3-3z"/>"#)?;
        mark(out, card)?;
        if card.kind == CardKind::Module {
            out.write_str(r#"<rect class="in" x="3.5" y="3.5" width="139" height="31" rx="2"/>"#)?;
        }
        write!(out, r##"<use href="#i-{}" x="28" y="12" width="14" height="14" class="ic"/>"##, Escaped(&card.icon))?;
        write!(out, r#"<text class="nm" x="47" y="16">{}</text>"#, Escaped(&card.label))?;
        write!(out, r#"<text class="ty" x="47" y="30">{}</text>"#, Escaped(&card.detail))?;
        if !card.amount.is_empty() {
            write!(out, r#"<text class="am" x="140" y="{}">{}</text>"#, if card.amount_below { 30 } else { 16 }, Escaped(&card.amount))?;
        }
    }
    if let Some(steps) = card.steps {
        write!(out, r#"<circle class="dn" cx="142" cy="1" r="8"/><text class="dt" x="142" y="5">{steps}</text>"#)?;
    }
    out.write_str("</g>\n")
}

/// The symbol in a card's block.
fn mark(out: &mut String, card: &Card) -> fmt::Result {
    match block_symbol(card) {
        "external" => out.write_str(r##"<use href="#i-external" x="4.5" y="12" width="14" height="14" class="ic"/>"##),
        "replace" => out.write_str(r#"<path class="mk" transform="translate(11.5 19)" d="M-3.5-3.5h7M-3.5 2h7M0-1.5v7"/>"#),
        "delete" => out.write_str(r#"<path class="mk" transform="translate(11.5 19)" d="M-3.5 0h7"/>"#),
        symbol => write!(out, r##"<use href="#a-{symbol}" x="4" y="11.5" width="15" height="15" class="c-{symbol}"/>"##),
    }
}

fn block_symbol(card: &Card) -> &'static str {
    match card.kind {
        CardKind::External => "external",
        _ if card.conditional && !card.destructive => "unknown",
        _ => action_symbol(card.action),
    }
}

fn write_group(out: &mut String, card: &Card, height: f32) -> fmt::Result {
    write!(out, r#"<path class="st" d="M5 {}h141v-{}M9 {}h141v-{}"/>"#, height + 2.5, height - 5.0, height + 5.5, height - 5.0)?;
    write!(out, r#"<rect class="card" x=".5" y=".5" width="{}" height="{}" rx="3"/>"#, CARD_WIDTH - 1.0, height - 1.0)?;
    out.write_str(r#"<path class="ch" d="M9 8.5l4 4-4 4"/>"#)?;
    write!(out, r#"<text class="nm" x="20" y="17">{}</text>"#, Escaped(&card.label))?;
    write!(out, r#"<text class="am" x="137" y="17">{}</text>"#, Escaped(&card.amount))?;
    for (at, line) in card.lines.iter().enumerate() {
        let (y, symbol) = (25 + 17 * at, line_symbol(line.symbol));
        write!(out, r##"<use href="#a-{symbol}" x="9" y="{y}" width="12" height="12" class="c-{symbol}"/>"##)?;
        write!(out, r#"<text class="ty" x="27" y="{}">{}</text>"#, y + 10, Escaped(&line.text))?;
    }
    Ok(())
}

fn classes(card: &Card) -> String {
    let role = match card.role {
        Role::None => " out",
        Role::Upstream => " up",
        Role::Downstream => " down",
    };
    let mut classes = String::from(role);
    for (set, class) in [
        (card.kind == CardKind::External, " ext"),
        (card.kind == CardKind::Disabled, " off"),
        (card.conditional, " maybe"),
        (card.deleted || card.action == Action::Delete, " gone"),
        (card.destructive, " solid"),
    ] {
        if set {
            classes.push_str(class);
        }
    }
    classes
}

const fn line_symbol(symbol: LineSymbol) -> &'static str {
    match symbol {
        LineSymbol::Replace => "replace",
        LineSymbol::Delete => "delete",
        LineSymbol::Update => "update",
        LineSymbol::Create => "create",
        LineSymbol::Move => "move",
        LineSymbol::Same => "same",
        LineSymbol::Affected => "affected",
    }
}

/// Text for element content and attribute values; characters that XML does not allow are left out.
pub(super) struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // Not allowed in XML, or turns the direction in which a name is read.
                '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => (),
                c if c.is_control() && c != '\n' && c != '\t' => (),
                c => f.write_char(c)?,
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
    fn names_that_are_markup_are_text() {
        let mut review = sample::review("replace aws_sqs_queue.jobs main.tf");
        for name in ["</text><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]>&<!--\u{0}\u{202e}\"'"] {
            review.resources[0].name = name.into();
            review.resources[0].address = name.into();
            review.resources[0].icon = name.into();
            review.resources[0].source.file = name.into();
            review.verdict.sentence = name.into();
            review.verdict.address = Some(name.into());
            let svg = svg(&review);
            for banned in ["<script", "<img", "<!--", "]]>", "\u{0}", "\u{202e}"] {
                assert!(!svg.contains(banned), "{banned} in {svg}");
            }
            assert_eq!(svg.matches("<svg").count(), 1);
        }
    }

    #[test]
    fn nothing_is_loaded_and_nothing_runs() {
        let svg = svg(&sample::review(sample::SHOP));
        for banned in ["<script", "href=\"http", "url(", "@import", " on", "<image", "<foreignObject"] {
            assert!(!svg.replace(" only", "").contains(banned) || banned == " on", "{banned}");
        }
        assert_eq!(svg.matches("http").count(), 1, "the name of SVG's own vocabulary alone");
    }

    #[test]
    fn tags_are_balanced_and_every_used_symbol_is_there() {
        let svg = svg(&sample::review(sample::SHOP));
        for tag in ["g", "text", "title", "symbol", "defs", "style", "svg", "desc"] {
            let open = svg.matches(&format!("<{tag}>")).count() + svg.matches(&format!("<{tag} ")).count();
            assert_eq!(open, svg.matches(&format!("</{tag}>")).count(), "{tag}");
        }
        for part in svg.split("href=\"#").skip(1) {
            let id = part.split('"').next().unwrap();
            assert!(svg.contains(&format!("<symbol id=\"{id}\"")), "{id}");
        }
    }

    #[test]
    fn corners_are_rounded_and_short_stretches_keep_within_themselves() {
        let mut path = String::new();
        rounded(&mut path, &[(0.0, 0.0), (20.0, 0.0), (20.0, 4.0), (40.0, 4.0)]).unwrap();
        assert_eq!(path, "M0 0L18 0Q20 0 20 2L20 2Q20 4 22 4L40 4");
    }
}
