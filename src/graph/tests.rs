use super::*;
use proptest::prelude::*;

fn edge(from: u32, to: u32) -> Dependency {
    Dependency {
        from: ResourceId(from),
        to: ResourceId(to),
        kind: DependencyKind::Reference,
        argument: "a".into(),
        reads: "id".into(),
        through: Default::default(),
        span: Span::new(crate::source::FileId(0), 0, 0),
    }
}

fn graph(count: usize, edges: &[(u32, u32)]) -> Graph {
    let mut edges = edges.to_vec();
    edges.sort_unstable();
    Graph::from_sorted(edges.into_iter().map(|(from, to)| edge(from, to)).collect(), count, false)
}

fn ids(reached: &[Reached]) -> Vec<(u32, u32, u32)> {
    reached.iter().map(|reached| (reached.resource.0, reached.distance, reached.from.0)).collect()
}

#[test]
fn reach_has_the_shortest_way_and_the_first_by_address() {
    // 4 needs 2 and 3, both need 1, 1 needs 0; 4 needs 1 directly too.
    let graph = graph(6, &[(4, 2), (4, 3), (2, 1), (3, 1), (1, 0), (4, 1), (3, 0)]);
    assert_eq!(ids(&graph.downstream(&[ResourceId(0)])), [(1, 1, 0), (3, 1, 0), (2, 2, 1), (4, 2, 1)]);
    assert_eq!(ids(&graph.upstream(&[ResourceId(4)])), [(1, 1, 4), (2, 1, 4), (3, 1, 4), (0, 2, 1)]);
    assert_eq!(ids(&graph.downstream(&[ResourceId(5)])), []);
}

#[test]
fn parallel_edges_stay_edges_and_are_one_neighbour() {
    let graph = graph(2, &[(1, 0), (1, 0)]);
    assert_eq!(graph.needs(ResourceId(1)).count(), 2);
    assert_eq!(graph.needed_by(ResourceId(0)).count(), 2);
    assert_eq!(graph.direct_needs(ResourceId(1)), [ResourceId(0)]);
    assert_eq!(graph.direct_needed_by(ResourceId(0)), [ResourceId(1)]);
}

#[test]
fn cycles_are_named_and_stand_together_in_the_order() {
    let graph = graph(5, &[(0, 3), (1, 2), (2, 1), (2, 0), (4, 1)]);
    assert_eq!(graph.cycles(), [vec![ResourceId(1), ResourceId(2)]]);
    assert_eq!(graph.order(), [3, 0, 1, 2, 4].map(ResourceId));
}

#[test]
fn a_long_chain_needs_no_stack() {
    let edges: Vec<(u32, u32)> = (1..200_000).map(|at| (at - 1, at)).collect();
    let graph = graph(200_000, &edges);
    assert!(graph.cycles().is_empty());
    assert_eq!(graph.order().first(), Some(&ResourceId(199_999)));
    assert_eq!(graph.upstream(&[ResourceId(0)]).len(), 199_999);
}

proptest! {
    #[test]
    fn the_order_puts_needs_first(edges in proptest::collection::vec((0u32..30, 0u32..30), 0..80)) {
        let edges: Vec<(u32, u32)> = edges.into_iter().filter(|(from, to)| from != to).collect();
        let graph = graph(30, &edges);
        let order = graph.order();
        prop_assert_eq!(order.len(), 30);
        let mut place = [0; 30];
        for (at, resource) in order.iter().enumerate() {
            place[resource.index()] = at;
        }
        let cycles = graph.cycles();
        for (from, to) in edges {
            let together = cycles.iter().any(|members| members.contains(&ResourceId(from)) && members.contains(&ResourceId(to)));
            prop_assert!(together || place[from as usize] > place[to as usize]);
            // Members of a cycle reach each other, and only they do.
            let back = graph.upstream(&[ResourceId(to)]).iter().any(|reached| reached.resource == ResourceId(from));
            prop_assert_eq!(together, back);
        }
    }
}
