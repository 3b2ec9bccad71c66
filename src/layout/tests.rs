//! Laws that every layout keeps, whatever the graph.

use proptest::prelude::*;

use super::*;

fn card(group: Option<u32>) -> Node {
    Node { width: 146.0, height: 38.0, group }
}

fn graph(groups: &[Option<u32>], nodes: &[Option<u32>], edges: &[(u32, u32)]) -> Input {
    Input {
        nodes: nodes.iter().map(|group| card(*group)).collect(),
        edges: edges.iter().map(|(source, target)| Edge { source: *source, target: *target }).collect(),
        groups: groups.iter().map(|parent| Group { parent: *parent, label_width: 60.0 }).collect(),
    }
}

fn apart(a: &Rect, b: &Rect) -> bool {
    a.x + a.width <= b.x + 0.01 || b.x + b.width <= a.x + 0.01 || a.y + a.height <= b.y + 0.01 || b.y + b.height <= a.y + 0.01
}

fn inside(inner: &Rect, outer: &Rect) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.width <= outer.x + outer.width + 0.01
        && inner.y + inner.height <= outer.y + outer.height + 0.01
}

/// Whether an axis-parallel stretch goes through the inside of a box.
fn cuts(a: (f32, f32), b: (f32, f32), rect: &Rect) -> bool {
    let (left, right) = (a.0.min(b.0), a.0.max(b.0));
    let (top, bottom) = (a.1.min(b.1), a.1.max(b.1));
    left < rect.x + rect.width - 0.5 && right > rect.x + 0.5 && top < rect.y + rect.height - 0.5 && bottom > rect.y + 0.5
}

/// Fails with what is wrong, if anything is.
fn check(input: &Input) -> Result<Layout, String> {
    let layout = layered(input);
    let whole = Rect { x: 0.0, y: 0.0, width: layout.width, height: layout.height };
    let all = || layout.nodes.iter().chain(&layout.groups);
    let numbers = all().flat_map(|rect| [rect.x, rect.y, rect.width, rect.height]);
    if numbers.chain(layout.edges.iter().flatten().flat_map(|point| [point.0, point.1])).any(|number| !number.is_finite() || number < 0.0) {
        return Err("a coordinate is not a number from 0".into());
    }
    let parent = |group: u32| input.groups[group as usize].parent.filter(|parent| *parent < group);
    for (at, rect) in layout.nodes.iter().enumerate() {
        let around = input.nodes[at].group.map_or(whole, |group| layout.groups[group as usize]);
        if !inside(rect, &around) {
            return Err(format!("node {at} {rect:?} leaves its group {around:?}"));
        }
        for (other, second) in layout.nodes.iter().enumerate().skip(at + 1) {
            if !apart(rect, second) {
                return Err(format!("nodes {at} and {other} overlap: {rect:?} {second:?}"));
            }
        }
        for (group, second) in layout.groups.iter().enumerate() {
            let mut around = input.nodes[at].group;
            while around.is_some_and(|around| around != group as u32) {
                around = around.and_then(parent);
            }
            if around.is_none() && !apart(rect, second) {
                return Err(format!("node {at} stands in group {group}"));
            }
        }
    }
    for (at, rect) in layout.groups.iter().enumerate() {
        let around = parent(at as u32).map_or(whole, |group| layout.groups[group as usize]);
        if !inside(rect, &around) {
            return Err(format!("group {at} {rect:?} leaves {around:?}"));
        }
        for (other, second) in layout.groups.iter().enumerate().skip(at + 1) {
            if parent(at as u32) == parent(other as u32) && !apart(rect, second) {
                return Err(format!("groups {at} and {other} overlap: {rect:?} {second:?}"));
            }
        }
    }
    for (at, (edge, points)) in input.edges.iter().zip(&layout.edges).enumerate() {
        let (from, to) = (layout.nodes[edge.source as usize], layout.nodes[edge.target as usize]);
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return Err(format!("edge {at} has no points")) };
        if (first.0 - from.x - from.width).abs() > 0.01 || first.1 < from.y || first.1 > from.y + from.height {
            return Err(format!("edge {at} starts at {first:?}, not at {from:?}"));
        }
        if (last.0 - to.x).abs() > 0.01 || last.1 < to.y || last.1 > to.y + to.height {
            return Err(format!("edge {at} ends at {last:?}, not at {to:?}"));
        }
        for pair in points.windows(2) {
            if (pair[0].0 - pair[1].0).abs() > 0.01 && (pair[0].1 - pair[1].1).abs() > 0.01 {
                return Err(format!("edge {at} is slanted: {points:?}"));
            }
            if let Some(node) = layout.nodes.iter().position(|rect| cuts(pair[0], pair[1], rect)) {
                return Err(format!("edge {at} {points:?} goes through node {node} {:?}", layout.nodes[node]));
            }
        }
    }
    Ok(layout)
}

#[test]
fn nothing_gives_an_empty_picture_and_one_node_a_small_one() {
    let empty = check(&Input::default()).unwrap();
    assert!(empty.nodes.is_empty() && empty.width < 50.0);
    let one = check(&graph(&[], &[None], &[])).unwrap();
    assert_eq!((one.width, one.height), (146.0 + 16.0, 38.0 + 16.0));
}

#[test]
fn what_needs_another_stands_right_of_it() {
    let layout = check(&graph(&[], &[None; 4], &[(0, 1), (1, 2), (0, 3)])).unwrap();
    let x = |node: usize| layout.nodes[node].x;
    assert!(x(0) < x(1) && x(1) < x(2));
    assert_eq!(x(1), x(3));
    assert_eq!(layout.edges[0].len(), 2, "neighbours on one line: {:?}", layout.edges[0]);
}

#[test]
fn loops_and_cycles_go_around() {
    let layout = check(&graph(&[None, None], &[Some(0), Some(0), Some(1)], &[(0, 0), (0, 1), (1, 0), (1, 2), (2, 0)])).unwrap();
    assert!(layout.edges.iter().all(|points| points.len() >= 2));
}

#[test]
fn an_edge_to_a_missing_node_has_no_points() {
    let layout = layered(&graph(&[], &[None], &[(0, 7), (9, 0)]));
    assert!(layout.edges.iter().all(Vec::is_empty));
}

#[test]
fn a_long_chain_is_folded_and_a_wide_rank_is_cut() {
    let chain: Vec<(u32, u32)> = (0..39).map(|at| (at, at + 1)).collect();
    let layout = check(&graph(&[], &[None; 40], &chain)).unwrap();
    assert!(layout.width / layout.height < 4.0, "{} x {}", layout.width, layout.height);
    let fan: Vec<(u32, u32)> = (1..60).map(|at| (0, at)).collect();
    let layout = check(&graph(&[], &[None; 60], &fan)).unwrap();
    assert!(layout.width / layout.height > 0.7, "{} x {}", layout.width, layout.height);
}

#[test]
fn unconnected_nodes_form_a_block() {
    let layout = check(&graph(&[None], &[Some(0); 30], &[])).unwrap();
    let aspect = layout.width / layout.height;
    assert!((1.0..2.4).contains(&aspect), "{} x {}", layout.width, layout.height);
}

#[test]
fn one_node_more_leaves_the_order_of_the_others() {
    let nodes = [None; 12];
    let edges: Vec<(u32, u32)> = (0..4).flat_map(|hub| [(hub, 4 + hub), (hub, 8 + hub)]).collect();
    let before = check(&graph(&[], &nodes, &edges)).unwrap();
    let mut more = edges.clone();
    more.push((0, 12));
    let after = check(&graph(&[], &[None; 13], &more)).unwrap();
    for (a, b) in [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7), (8, 9), (9, 10)] {
        let order = |layout: &Layout| layout.nodes[a].y.total_cmp(&layout.nodes[b].y);
        assert_eq!(order(&before), order(&after), "{a} and {b}");
    }
}

/// Dense and long graphs end in reasonable time; the bound is generous, for slow machines and unoptimised builds.
#[test]
fn hostile_graphs_do_not_hang() {
    let started = std::time::Instant::now();
    let count = 10_000_u32;
    let dense: Vec<(u32, u32)> = (0..100_000_u32).map(|at| (at.wrapping_mul(7919) % count, at.wrapping_mul(104_729) % count)).collect();
    layered(&graph(&[], &vec![None; count as usize], &dense));
    let chain: Vec<(u32, u32)> = (1..count).map(|at| (at - 1, at)).chain((1..count).map(|at| (0, at))).collect();
    layered(&graph(&[], &vec![None; count as usize], &chain));
    let nested: Vec<Option<u32>> = (0..2_000_u32).map(|at| at.checked_sub(1)).collect();
    layered(&graph(&nested, &[Some(1_999), Some(0)], &[(0, 1), (1, 0)]));
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

prop_compose! {
    fn graphs()(nodes in 1..40_usize, groups in 0..8_usize)(
        parents in proptest::collection::vec(proptest::option::weighted(0.6, 0..8_u32), groups),
        homes in proptest::collection::vec(proptest::option::weighted(0.8, 0..groups.max(1) as u32), nodes),
        sizes in proptest::collection::vec((20.0..200.0_f32, 20.0..120.0_f32), nodes),
        fixed in any::<bool>(),
        edges in proptest::collection::vec((0..nodes as u32, 0..nodes as u32), 0..80),
    ) -> Input {
        let parents: Vec<Option<u32>> =
            parents.iter().enumerate().map(|(at, parent)| parent.filter(|parent| (*parent as usize) < at)).collect();
        let homes: Vec<Option<u32>> = homes.iter().map(|home| home.filter(|home| (*home as usize) < parents.len())).collect();
        let mut input = graph(&parents, &homes, &edges);
        if !fixed {
            for (node, size) in input.nodes.iter_mut().zip(sizes) {
                (node.width, node.height) = (size.0.round(), size.1.round());
            }
        }
        input
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_layout_keeps_the_laws(input in graphs()) {
        let layout = check(&input).map_err(TestCaseError::fail)?;
        prop_assert_eq!(layout, layered(&input), "the same input gives the same layout");
    }

    #[test]
    fn any_numbers_are_survived(
        groups in proptest::collection::vec(any::<Option<u32>>(), 0..6),
        nodes in proptest::collection::vec((any::<f32>(), any::<f32>(), proptest::option::of(0..9_u32)), 0..12),
        edges in proptest::collection::vec((0..14_u32, 0..14_u32), 0..20),
    ) {
        layered(&Input {
            nodes: nodes.into_iter().map(|(width, height, group)| Node { width, height, group }).collect(),
            edges: edges.into_iter().map(|(source, target)| Edge { source, target }).collect(),
            groups: groups.into_iter().map(|parent| Group { parent, label_width: f32::NAN }).collect(),
        });
    }
}
