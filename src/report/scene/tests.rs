use super::*;
use crate::report::sample;

fn labels(scene: &Scene) -> Vec<&str> {
    scene.cards.iter().map(|card| card.label.as_str()).collect()
}

fn card<'a>(scene: &'a Scene, id: &str) -> &'a Card {
    scene.cards.iter().find(|card| card.id == id).unwrap_or_else(|| panic!("{id} in {:?}", labels(scene)))
}

/// Writes pictures to look at: `PICTURES=folder cargo test --lib pictures -- --ignored`.
#[test]
#[ignore = "writes files"]
fn pictures() {
    let folder = std::env::var("PICTURES").unwrap_or_else(|_| "/tmp".into());
    let review = sample::review(sample::SHOP);
    let focus = Some("aws_db_instance.primary".into());
    let views = [
        ("shop", View { focus: focus.clone(), ..View::default() }),
        ("shop-plain", View::default()),
        ("shop-all", View { focus, show_all: true, show_disabled: true, colour: Colour::Cost, ..View::default() }),
        (
            "shop-collapsed",
            View { collapsed: vec!["module:://module.production".into(), "module://module.production".into()], ..View::default() },
        ),
        ("shop-type", View { group_by: GroupBy::Type, show_all: true, ..View::default() }),
        ("shop-none", View { group_by: GroupBy::None, show_all: true, ..View::default() }),
    ];
    for (name, view) in views {
        let svg = crate::report::svg::paint(&scene(&review, &view), Some(&review.verdict.sentence));
        std::fs::write(format!("{folder}/{name}.svg"), svg).unwrap();
    }
}

fn shop(view: View) -> Scene {
    scene(&sample::review(sample::SHOP), &view)
}

fn focus(address: &str) -> View {
    View { focus: Some(address.into()), ..View::default() }
}

#[test]
fn first_come_changes_and_what_touches_them_and_the_rest_is_collapsed() {
    let scene = shop(View::default());
    let logs = card(&scene, "module://module.logs");
    assert_eq!(logs.kind, CardKind::Group);
    assert_eq!(logs.lines, [CardLine { symbol: LineSymbol::Same, count: 3, text: "3 unchanged".into() }]);
    // Unchanged, but a changed version needs it.
    assert_eq!(card(&scene, "aws_secretsmanager_secret.database_url").action, Action::NoOp);
    assert_eq!((scene.total, scene.hidden), (28, 3));
}

#[test]
fn a_collapsed_group_counts_by_action_worst_first() {
    let scene =
        shop(View { collapsed: vec!["module://module.production".into(), "file:main.tf".into()], ..focus("kubernetes_secret.database") });
    let production = card(&scene, "module://module.production");
    let lines: Vec<(LineSymbol, u32)> = production.lines.iter().map(|line| (line.symbol, line.count)).collect();
    assert_eq!(lines, [(LineSymbol::Create, 4), (LineSymbol::Affected, 4)]);
    assert_eq!((production.amount.as_str(), production.steps), ("4", Some(1)));
    assert!(card(&scene, "file:main.tf").destructive);
}

#[test]
fn the_cone_of_the_selected_resource_is_marked_with_its_steps() {
    let scene = shop(focus("aws_db_instance.primary"));
    let steps = |address: &str| card(&scene, address).steps;
    // primary, secret, api deployment, service, ingress, record: five steps to the record.
    assert_eq!(steps("aws_db_instance.read_replica"), Some(1));
    assert_eq!(steps("aws_route53_record.app"), Some(5));
    assert_eq!(steps("aws_eks_cluster.main"), None);
    assert_eq!(card(&scene, "module.vpc").role, Role::Upstream);
    assert_eq!(card(&scene, "aws_eks_cluster.main").role, Role::None);
    let focus = scene.focus.unwrap();
    assert_eq!(scene.cards[focus as usize].id, "aws_db_instance.primary");
    for edge in &scene.edges {
        let roles = [edge.from, edge.to].map(|card| scene.cards[card as usize].role);
        let expected = match roles {
            [Role::Downstream, Role::Downstream] => Role::Downstream,
            [Role::Upstream, Role::Upstream] => Role::Upstream,
            [Role::Upstream, Role::Downstream] if edge.to == focus => Role::Upstream,
            _ => Role::None,
        };
        assert_eq!(edge.role, expected, "{edge:?}");
    }
}

#[test]
fn a_name_that_nothing_declares_is_a_card() {
    let scene = scene(&sample::review("create aws_instance.web main.tf\n aws_instance.web -> aws_subnet.lost"), &View::default());
    let lost = card(&scene, "aws_subnet.lost");
    assert_eq!((lost.kind, lost.detail.as_str()), (CardKind::External, "not declared here"));
    assert_eq!(scene.edges.len(), 1);
}

#[test]
fn edges_of_the_version_before_and_implied_ones_look_so() {
    let scene = shop(View::default());
    let style = |from: &str, to: &str| {
        let is = |card: u32, id: &str| scene.cards[card as usize].id == id;
        scene.edges.iter().find(|edge| is(edge.from, from) && is(edge.to, to)).unwrap().style
    };
    assert_eq!(style("aws_eip.web", "aws_route53_record.app"), EdgeStyle::BeforeOnly);
    assert_eq!(style("redis-secrets.Secret", "module.production.kubernetes_deployment.api"), EdgeStyle::Implied);
    assert_eq!(style("module.vpc", "aws_db_instance.primary"), EdgeStyle::Solid);
}

#[test]
fn geometry_has_four_numbers_a_box_and_two_a_point() {
    let scene = shop(focus("aws_db_instance.primary"));
    let points: u32 = scene.edges.iter().map(|edge| edge.points).sum();
    assert!(scene.edges.iter().all(|edge| edge.points >= 2));
    assert_eq!(scene.geometry.len(), 4 * (scene.cards.len() + scene.groups.len()) + 2 * points as usize);
    assert_eq!(scene, shop(focus("aws_db_instance.primary")), "the same review gives the same scene");
}

#[test]
fn selecting_a_card_moves_nothing() {
    let plain = shop(View::default());
    let boxes = 4 * (plain.cards.len() + plain.groups.len());
    for address in ["aws_db_instance.primary", "aws_iam_role.node", "aws_route53_record.app"] {
        let selected = shop(focus(address));
        assert_eq!(plain.geometry[..boxes], selected.geometry[..boxes], "{address}");
    }
}

#[test]
fn a_snapshot_shows_no_actions_and_plain_costs() {
    let mut review = sample::review(sample::SHOP);
    review.compared = false;
    let scene = scene(&review, &View::default());
    assert!(scene.cards.iter().all(|card| card.action == Action::NoOp && !card.destructive));
    assert_eq!(card(&scene, "aws_eks_cluster.main").amount, "$73");
    assert_eq!(scene.hidden, 0);
}

#[test]
fn very_many_resources_give_few_cards_until_all_are_asked_for() {
    let text: String = (0..3_000).map(|at| format!("create module.m{}.aws_sqs_queue.q{at} m.tf\n", at % 40)).collect();
    let review = sample::review(&text);
    let first = scene(&review, &View::default());
    assert!(first.cards.len() <= 150, "{}", first.cards.len());
    assert_eq!(first.total, 3_000);
    assert_eq!(scene(&review, &View { show_all: true, ..View::default() }).cards.len(), 3_000);
    let one = scene(&review, &View { expanded: vec!["module://module.m7".into()], ..View::default() });
    assert_eq!(one.cards.iter().filter(|card| card.kind == CardKind::Resource).count(), 75);
    let loose: String = (0..400).map(|at| format!("create aws_sqs_queue.q{at} main.tf\n")).collect();
    let flat = scene(&sample::review(&loose), &View { group_by: GroupBy::None, ..View::default() });
    assert_eq!(flat.cards.len(), 151, "150 and one for the rest");
    assert_eq!(card(&flat, "/").label, "250 more");
}

#[test]
fn a_query_marks_its_matches_and_brings_them_into_view() {
    let scene = shop(View { query: "KMS".into(), ..View::default() });
    let found: Vec<&str> = scene.cards.iter().filter(|card| card.matched).map(|card| card.id.as_str()).collect();
    assert_eq!(found, ["module.logs.aws_kms_key.logs"]);
}

#[test]
fn data_sources_can_be_hidden() {
    let review = sample::review(
        "same data.aws_ami.base main.tf
         create aws_instance.web main.tf
         aws_instance.web -> data.aws_ami.base",
    );
    let shown = scene(&review, &View::default());
    assert!(card(&shown, "data.aws_ami.base").data);
    let hidden = scene(&review, &View { hide_data: true, ..View::default() });
    assert_eq!((hidden.cards.len(), hidden.edges.len()), (1, 0));
}

#[test]
fn heat_is_by_quintile_of_the_shown() {
    let text: String = (1..=10).map(|at| format!("create aws_instance.i{at} main.tf - -> {}\n", at * 10)).collect();
    let scene = scene(&sample::review(&text), &View { colour: Colour::Cost, ..View::default() });
    let heats: Vec<u8> = scene.cards.iter().map(|card| card.heat).collect();
    assert_eq!(heats, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
}

#[test]
fn every_field_of_a_view_may_be_left_out() {
    let view: View = serde_json::from_str(r#"{"focus":"a.b","group_by":"type"}"#).unwrap();
    assert_eq!(view, View { focus: Some("a.b".into()), group_by: GroupBy::Type, ..View::default() });
}
