//! One group after another, from the inside out: shape, order, heights, lines.

use super::columns::columns;
use super::hierarchy::{Hierarchy, NONE, Net};
use super::order::order;
use super::plan::Plan;
use super::rank::ranks;
use super::route::Router;
use super::settle::settle;
use super::table::Table;

/// Lays out one container whose inner groups are laid out, and tells the container around it what it needs.
pub(super) fn lay(hierarchy: &mut Hierarchy, number: usize) {
    let is_root = number + 1 == hierarchy.containers.len();
    let Some(mut container) = hierarchy.containers.get_mut(number).map(std::mem::take) else { return };
    for item in &mut container.items {
        if let Some(inner) = hierarchy.containers.get(item.number as usize).filter(|_| item.group) {
            (item.width, item.height) = (inner.width, inner.height);
        }
    }
    let mut nets: Vec<Net> =
        container.nets.iter().map(|net| hierarchy.nets.get_mut(*net as usize).map(std::mem::take).unwrap_or_default()).collect();
    let items = &container.items;
    let mut arcs = Vec::new();
    let mut anchored = vec![false; items.len()];
    for net in &mut nets {
        let Some(source) = items.get(net.source as usize) else {
            net.sinks.iter().for_each(|sink| anchored.put(sink.item as usize, true));
            continue;
        };
        if !source.group {
            net.source_port = source.height / 2.0;
        }
        arcs.extend(net.sinks.iter().filter(|sink| sink.item != net.source).map(|sink| (net.source, sink.item)));
    }
    let columns = columns(items, &ranks(items.len(), &arcs, &anchored));
    let mut plan = Plan::of(items, &nets, &columns);
    for grid in &mut plan.grids {
        order(grid);
    }
    plan.set_ports(items, &mut nets, &columns);
    for grid in &mut plan.grids {
        settle(grid);
    }
    plan.straighten(items, &mut nets);
    Router::new(&plan, &columns, nets.len()).draw(&mut container, &mut nets, is_root);
    for (place, net) in container.nets.iter().zip(nets) {
        if let Some(outer) = hierarchy.nets.get_mut(net.outer as usize) {
            let end = if net.source == NONE {
                net.paths.first().and_then(|path| path.first())
            } else {
                net.paths.last().and_then(|path| path.last())
            };
            let y = end.map_or(0.0, |end| end.1);
            if net.source != NONE {
                outer.source_port = y;
            } else if let Some(sink) = outer.sinks.get_mut(net.outer_sink as usize) {
                sink.port = y;
            }
        }
        if let Some(slot) = hierarchy.nets.get_mut(*place as usize) {
            *slot = net;
        }
    }
    if let Some(slot) = hierarchy.containers.get_mut(number) {
        *slot = container;
    }
}
