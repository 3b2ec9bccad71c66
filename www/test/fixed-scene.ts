//! Pictures of the fixed review: a few cards in columns, and as many as asked for.

import type { Card, Edge, Scene, View } from '../src/graph/scene';
import { ADDRESSES } from './fixed-review';

const WIDE = 146;
const HIGH = 38;

export function fixedScene(view: View): { scene: Scene; geometry: Float32Array } {
  const column = [1, 0, 0, 0, 2, 2, 2, 3, 1, 2, 3, 3];
  const actions: readonly Card['action'][] = ['replace', 'replace', 'delete', 'delete', 'create', 'update', 'update', 'update', 'create', 'create', 'no-op', 'no-op'];
  const icons = ['database', 'firewall', 'instance', 'address', 'database', 'secret', 'alarm', 'dns', 'cluster', 'instance', 'bucket', 'container'];
  const rows = [0, 0, 0, 0];
  const places: number[] = [];
  const focus = view.focus ?? null;
  const cards = ADDRESSES.map((id, index): Card => {
    const [type = '', name = ''] = id.split('.');
    const at = column[index] ?? 0;
    places.push(24 + at * 177, 34 + (rows[at] ?? 0) * 52, WIDE, HIGH);
    rows[at] = (rows[at] ?? 0) + 1;
    const reached = focus === ADDRESSES[0] && at >= 2 && index < 7;
    return {
      id, kind: 'resource', label: name, detail: type.replace('aws_', ''), amount: index === 0 ? '+$91' : '', title: id, action: actions[index] ?? 'no-op',
      icon: icons[index] ?? 'other', role: reached || id === focus ? 'downstream' : 'none', heat: 0, ...(index === 0 ? { group: 0 } : {}),
      ...(reached ? { steps: 1 } : {}), ...(id === focus ? { focused: true } : {}),
    };
  });
  const edges: Edge[] = [4, 5, 6].map((to) => ({ from: 0, to, role: focus === ADDRESSES[0] ? 'downstream' : 'none', style: 'solid', references: 1, points: 4 }));
  const points = edges.flatMap(({ to }) => {
    const [fromX, fromY] = [(places[0] ?? 0) + WIDE, (places[1] ?? 0) + HIGH / 2];
    const [toX, toY] = [places[to * 4] ?? 0, (places[to * 4 + 1] ?? 0) + HIGH / 2];
    return [fromX, fromY, (fromX + toX) / 2, fromY, (fromX + toX) / 2, toY, toX, toY];
  });
  const scene: Scene = {
    width: 760, height: 260, cards, groups: [{ id: 'rds.tf', label: 'rds.tf', total: 1 }], edges, total: 12, hidden: 0,
    summary: 'Each stands right of what it needs.',
  };
  return { scene, geometry: Float32Array.from([...places, 193, 10, 162, 68, ...points]) };
}

export function largeScene(count: number): { scene: Scene; geometry: Float32Array } {
  const columns = Math.ceil(Math.sqrt(count / 2));
  const places: number[] = [];
  const cards: Card[] = [];
  const edges: Edge[] = [];
  const points: number[] = [];
  for (let index = 0; index < count; index += 1) {
    places.push(20 + (index % columns) * 180, 20 + Math.floor(index / columns) * 54, WIDE, HIGH);
    cards.push({
      id: index === 0 ? ADDRESSES[0] ?? '' : `aws_sqs_queue.q${index}`, kind: 'resource', label: `q${index}`, detail: 'sqs_queue', amount: '$0', title: `aws_sqs_queue.q${index}`,
      action: index % 97 === 0 ? 'replace' : 'create', icon: 'queue', role: 'none', heat: 0,
    });
    if (index % columns === 0) continue;
    edges.push({ from: index - 1, to: index, role: 'none', style: 'solid', references: 1, points: 2 });
    points.push((places[(index - 1) * 4] ?? 0) + WIDE, (places[index * 4 + 1] ?? 0) + 19, places[index * 4] ?? 0, (places[index * 4 + 1] ?? 0) + 19);
  }
  const scene: Scene = { width: 40 + columns * 180, height: 40 + Math.ceil(count / columns) * 54, cards, groups: [], edges, total: count, hidden: 0, summary: `${count} resources` };
  return { scene, geometry: Float32Array.from([...places, ...points]) };
}
