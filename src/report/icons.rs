//! Our own drawings: one path per icon class on 16 px, and the symbols of actions. No vendor's logo.

use crate::review::Action;

/// The path of an icon class: stroke 1.5, round caps and joins, no fill.
pub fn icon_path(class: &str) -> &'static str {
    ICONS.iter().find(|(name, _)| *name == class).map_or(FALLBACK, |(_, path)| path)
}

const FALLBACK: &str = "M3 3h10v10H3zM8 8h.1";

/// Class and path, sorted by class.
pub const ICONS: &[(&str, &str)] = &[
    ("address", "M8 14s4.5-4.4 4.5-7.6a4.5 4.5 0 00-9 0C3.5 9.6 8 14 8 14M8 5.2a1.3 1.3 0 100 2.6 1.3 1.3 0 000-2.6"),
    ("alarm", "M4 11V7.5a4 4 0 018 0V11l1 1.5H3zM7 14.3h2"),
    ("api", "M5 4L1.8 8 5 12M11 4l3.2 4L11 12M9.2 3.5l-2.4 9"),
    ("balancer", "M8 2v4.5M3 13v-2.5l5-4 5 4V13M8 6.5V13"),
    ("bucket", "M3 4.5l1.2 9h7.6l1.2-9M3 4c0-1 2.2-1.7 5-1.7s5 .7 5 1.7-2.2 1.7-5 1.7S3 5 3 4z"),
    ("cache", "M9 2L4 9h3.5L7 14l5-7H8.5z"),
    ("certificate", "M8 2a4 4 0 100 8 4 4 0 000-8M5.6 9.2L5 14l3-1.5 3 1.5-.6-4.8"),
    ("cluster", "M2.5 2.5h4.5V7H2.5zM9 2.5h4.5V7H9zM2.5 9H7v4.5H2.5zM9 9h4.5v4.5H9z"),
    ("config", "M2.5 5h4.5M11 5h2.5M9 3.2v3.6M2.5 11H5M9 11h4.5M7 9.2v3.6"),
    ("container", "M8 2l5.5 3v6L8 14l-5.5-3V5zM2.5 5L8 8l5.5-3M8 8v6"),
    ("database", "M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2"),
    ("disk", "M2.5 9.5h11v4h-11zM2.5 9.5l2-6.5h7l2 6.5M10.8 11.5h.4"),
    ("dns", "M8 2v12M4 3.5h7l2 1.7L11 7H4zM12 8.5H5l-2 1.7L5 12h7z"),
    ("edge", "M8 2a6 6 0 100 12A6 6 0 008 2M2 8h12M8 2c-3.3 3.5-3.3 8.5 0 12M8 2c3.3 3.5 3.3 8.5 0 12"),
    ("external", "M9 3h4v4M13 3L7.5 8.5M11 9.5V13H3V5h3.5"),
    ("firewall", "M8 1.8l5 1.8v4c0 3-2 5.3-5 6.6-3-1.3-5-3.6-5-6.6v-4z"),
    ("function", "M5 13.5c1.6 0 2-1 2.3-2.6l.9-5.2C8.5 4 9 2.5 10.8 2.5M5.5 7h5"),
    ("instance", "M3 3h10v10H3zM6 6h4v4H6z"),
    ("metric", "M2.5 2.5v11h11M5 10l2.5-3 2 2L13 5"),
    ("module", "M2.5 2.5h7v7h-7zM6.5 12v1.5h7v-7H12"),
    ("network", "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3M6 8h4"),
    ("other", FALLBACK),
    ("pipeline", "M4 2.5a2 2 0 100 4 2 2 0 000-4M12 9.5a2 2 0 100 4 2 2 0 000-4M4 6.5v2c0 2 1.5 3 6 3"),
    ("policy", "M4 2h5.5L12.5 5v9H4zM6 9l1.6 1.6L10.5 7.5"),
    ("queue", "M2 5h3v6H2zM6.5 5h3v6h-3zM11 5h3v6h-3z"),
    ("registry", "M8 2l6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3"),
    ("role", "M8 2.5a2.6 2.6 0 100 5.2 2.6 2.6 0 000-5.2M3 13.5c0-2.4 2.2-3.6 5-3.6s5 1.2 5 3.6"),
    ("scaler", "M2.5 8h11M5.5 5L2.5 8l3 3M10.5 5l3 3-3 3"),
    ("schedule", "M8 2a6 6 0 100 12A6 6 0 008 2M8 4.8V8l2.4 1.6"),
    ("secret", "M10.5 3a2.5 2.5 0 100 5 2.5 2.5 0 000-5M8.7 7.3L3 13M5 11l1.6 1.6"),
    ("subnet", "M2.5 2.5h11v11h-11zM2.5 8h11M8 8v5.5"),
    ("table", "M2.5 3h11v10h-11zM2.5 6.5h11M6.5 6.5V13"),
    ("topic", "M8 6.7a1.3 1.3 0 100 2.6 1.3 1.3 0 000-2.6M5 4.5a5 5 0 000 7M11 4.5a5 5 0 010 7"),
];

/// The name of the symbol that stands for an action, as `a-NAME` in the page and the SVG.
pub const fn action_symbol(action: Action) -> &'static str {
    match action {
        Action::Create => "create",
        Action::Update => "update",
        Action::Replace => "replace",
        Action::Delete => "delete",
        Action::Move | Action::Import | Action::Forget => "move",
        Action::Read | Action::NoOp => "same",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::icons;

    #[test]
    fn every_class_of_the_catalogue_has_a_drawing() {
        assert!(ICONS.windows(2).all(|pair| pair[0].0 < pair[1].0), "sorted by class");
        for (prefix, class) in icons::rows() {
            assert!(ICONS.iter().any(|(name, _)| *name == class), "{prefix}: no drawing for {class}");
        }
    }
}
