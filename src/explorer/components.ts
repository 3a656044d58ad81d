interface Edges {
  /** The edges of node s (from 1) are `first[s]` to `first[s + 1]`. */
  readonly first: Uint32Array;
  readonly target: Uint32Array;
}

/** A graph whose nodes are divided into sets, and room for the work of dividing them further. */
export interface Division {
  readonly edges: Edges;
  /** Whether an edge is one. */
  readonly counts: (edge: number) => boolean;
  /** By node; at first all are in set 1. Set 0: on no cycle that is looked for. */
  readonly setOf: Uint32Array;
  sets: number;
  /** The order of visiting, 0 before it. */
  readonly index: Uint32Array;
  readonly low: Uint32Array;
  /** By node: the edge to look at next. */
  readonly edge: Uint32Array;
  readonly path: Uint32Array;
  /** Nodes visited whose part is not known yet: those of the set whose index is not 0. */
  readonly stack: Uint32Array;
  stacked: number;
  visited: number;
}

export function undivided(edges: Edges, counts: (edge: number) => boolean): Division {
  const room = (): Uint32Array => new Uint32Array(edges.first.length - 1);
  const work = { index: room(), low: room(), edge: room(), path: room(), stack: room() };
  return { edges, counts, setOf: room().fill(1), sets: 1, ...work, stacked: 0, visited: 0 };
}

/** All nodes of a graph that is undivided. */
export function allNodes({ setOf }: Division): Uint32Array {
  return Uint32Array.from({ length: setOf.length - 1 }, (_, i) => i + 1);
}

/** Makes a set of nodes of one set; the others of that set are for the caller to drop. Gives its number. */
export function divideOff(d: Division, nodes: Uint32Array): number {
  const set = ++d.sets;
  for (const node of nodes) d.setOf[node] = set;
  return set;
}

/**
 * The strongly connected parts of a set that hold a cycle: each becomes a set, all other nodes of it go to set 0. Tarjan 1972, with a
 * stack of its own: graphs are deeper than a call stack. `nodes` are those of the set.
 */
export function divideIntoParts(d: Division, nodes: Uint32Array, set: number): readonly Uint32Array[] {
  const { index, setOf } = d;
  const found: Uint32Array[] = [];
  for (const node of nodes) index[node] = 0;
  for (const root of nodes) if (index[root] === 0 && setOf[root] === set) visitFrom(d, { root, set, found });
  return found;
}

interface Visit {
  readonly root: number;
  readonly set: number;
  readonly found: Uint32Array[];
}

function visitFrom(d: Division, { root, set, found }: Visit): void {
  const { edges, counts, setOf, index, low, edge, path } = d;
  const { first, target } = edges;
  let depth = 0;
  enter(d, root);
  path[0] = root;
  for (;;) {
    const node = path[depth] ?? 0;
    const e = edge[node] ?? 0;
    if (e < (first[node + 1] ?? 0)) {
      edge[node] = e + 1;
      const to = target[e] ?? 0;
      if (setOf[to] !== set || !counts(e)) continue;
      const seen = index[to] ?? 0;
      if (seen !== 0) {
        if (seen < (low[node] ?? 0)) low[node] = seen;
        continue;
      }
      enter(d, to);
      path[++depth] = to;
      continue;
    }
    if (low[node] === index[node]) leave(d, node, found);
    if (depth === 0) return;
    const above = path[--depth] ?? 0;
    if ((low[node] ?? 0) < (low[above] ?? 0)) low[above] = low[node] ?? 0;
  }
}

function enter(d: Division, node: number): void {
  d.index[node] = d.low[node] = ++d.visited;
  d.edge[node] = d.edges.first[node] ?? 0;
  d.stack[d.stacked++] = node;
}

/** Takes a part off the stack, down to the node at which it was entered. */
function leave(d: Division, node: number, found: Uint32Array[]): void {
  const end = d.stacked;
  do d.stacked -= 1;
  while (d.stack[d.stacked] !== node);
  const members = d.stack.slice(d.stacked, end);
  if (members.length > 1 || hasLoop(d, node)) {
    divideOff(d, members);
    found.push(members);
  } else d.setOf[node] = 0;
}

function hasLoop({ edges: { first, target }, counts }: Division, node: number): boolean {
  for (let e = first[node] ?? 0; e < (first[node + 1] ?? 0); e++)
    if (target[e] === node && counts(e)) return true;
  return false;
}
