import type { GeometryId } from '../machine/geometry.ts';
import { mostVas, type Shape } from '../scenarios/small-world.ts';
import type { PageDocument, ScenarioDocument, VmaDocument } from './scenario-document.ts';

/** What is taken over from a real process: its geometry, its nodes, the kinds of its mappings. */
export interface CaptureShape {
  readonly name: string;
  readonly geometry: string;
  readonly nodes: readonly unknown[];
  /** `perms` as in /proc/PID/maps: `rw-p`. */
  readonly vmas: readonly { readonly perms: string; readonly pages: number }[];
}

const SHAPES: Readonly<Record<GeometryId, Shape>> = {
  'x86-32': 'two',
  'x86-32-pae': 'pae',
  'x86-64-4': 'four',
  'x86-64-5': 'five',
};

const isKnown = (id: string): id is GeometryId => Object.hasOwn(SHAPES, id);

/**
 * A small scenario in the shape of a real process: as many levels, a page for each of its first mappings, writable where
 * they are, private where they are; it reads, writes, and its tables move from node 0 to node 1.
 */
export function documentOfCapture({ name, geometry, nodes, vmas }: CaptureShape): ScenarioDocument {
  const shape = isKnown(geometry) ? SHAPES[geometry] : 'four';
  const used = vmas.filter(({ pages }) => pages > 0).slice(0, mostVas(shape));
  const wanted = used.length === 0 ? [{ perms: 'rw-p', pages: 1 }] : used;
  const tables = 8;
  const isWritable = ({ perms }: { readonly perms: string }): boolean => perms.includes('w');
  const written = Math.max(0, wanted.findLastIndex(isWritable));
  return {
    title: `In the shape of ${name}`.slice(0, 80),
    about: 'A page for each of its first mappings; its tables move while it reads and writes.',
    geometry: shape,
    nodes: Array.from({ length: Math.min(4, Math.max(2, nodes.length)) }, (_, node) => ({
      freeTables: node === 1 ? tables : 0,
    })),
    cpus: [{ node: 0 }, { node: 1 }],
    process: { name: 'mm', cpus: [0] },
    second: null,
    vmas: wanted.map(vmaOf),
    threads: [
      {
        cpu: 0,
        name: 'user',
        process: 0,
        actions: [
          { do: 'access', va: 0, write: false },
          { do: 'access', va: written, write: wanted.some(isWritable) },
        ],
      },
      { cpu: 1, name: 'relocate', process: 0, actions: [{ do: 'relocate-mm', from: 0, to: 1 }] },
    ],
    splitLocks: true,
    allocationSleeps: false,
    speculation: null,
    opensWith: { version: '2008-05-09', overrides: { nodeTest: 'pointee' } },
  };
}

function vmaOf({ perms }: { readonly perms: string }): VmaDocument {
  const page: PageDocument = { present: true, writable: perms.includes('w'), dirty: false, node: 0 };
  return { mapping: perms.endsWith('p') ? 'private' : 'shared', pages: [page] };
}
