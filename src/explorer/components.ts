import { at } from '../lib/at.ts';

interface Edges {
  /** The edges of node s (from 1) are `first[s]` to `first[s + 1]`. */
  readonly first: Uint32Array;
  readonly target: Uint32Array;
}

/**
 * The strongly connected parts of a graph that hold a cycle, each as its nodes (Tarjan 1972, with a stack of its own:
 * graphs are deeper than a call stack). Nodes are 1 to first.length - 2; of them only those in `within`, if it is given; an
 * edge to 0 leads nowhere.
 */
export function components({ first, target }: Edges, within?: ReadonlySet<number>): readonly Uint32Array[] {
  const nodes = first.length - 2;
  const roots = within ?? Array.from({ length: nodes }, (_, i) => i + 1);
  const isIn = (node: number): boolean => within === undefined || within.has(node);
  const [index, low] = [new Uint32Array(nodes + 1), new Uint32Array(nodes + 1)];
  const onStack = new Uint8Array(nodes + 1);
  const edge = new Uint32Array(nodes + 1);
  const stack: number[] = [];
  const found: Uint32Array[] = [];
  let count = 0;
  const enter = (node: number, path: number[]): void => {
    index[node] = low[node] = ++count;
    edge[node] = at(first, node);
    stack.push(node);
    onStack[node] = 1;
    path.push(node);
  };
  const leave = (node: number): void => {
    if (low[node] !== index[node]) return;
    const part = stack.splice(stack.lastIndexOf(node));
    for (const member of part) onStack[member] = 0;
    if (part.length > 1 || hasLoop(node)) found.push(Uint32Array.from(part));
  };
  const hasLoop = (node: number): boolean => target.subarray(first[node], first[node + 1]).includes(node);
  for (const root of roots) {
    if (index[root] !== 0) continue;
    const path: number[] = [];
    enter(root, path);
    while (path.length > 0) {
      const node = at(path, path.length - 1);
      const e = at(edge, node);
      if (e < at(first, node + 1)) {
        edge[node] = e + 1;
        const to = at(target, e);
        if (to === 0 || !isIn(to)) continue;
        if (index[to] === 0) enter(to, path);
        else if (onStack[to] === 1) low[node] = Math.min(at(low, node), at(index, to));
        continue;
      }
      path.pop();
      leave(node);
      const above = path.at(-1);
      if (above !== undefined) low[above] = Math.min(at(low, above), at(low, node));
    }
  }
  return found;
}
