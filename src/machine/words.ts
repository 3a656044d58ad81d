import { at } from '../lib/at.ts';
import type { Piece } from '../program/interpret.ts';
import { ENTRY_A, ENTRY_D, ENTRY_LEAF, ENTRY_P, ENTRY_SWAP, ENTRY_W, entryFrame } from './entry.ts';
import { IPI_KINDS } from './mmu.ts';
import type { World } from './world.ts';

/** Page frame numbers of small worlds are small and read best in decimal; real ones are known in hex. */
export function pfnText(pfn: number): string {
  return pfn < 10_000 ? String(pfn) : `0x${pfn.toString(16)}`;
}

export function frameText(world: World, frame: number): string {
  if (frame === 0) return 'no frame';
  const pfn = world.pfn[frame];
  return pfn === undefined ? `frame id ${String(frame)}` : `frame ${pfnText(pfn)}`;
}

/** "frame 7 P W A": the frame an entry leads to and the flags that are set. */
export function entryText(world: World, word: number): string {
  if (word === 0) return 'empty';
  const flags = [
    [ENTRY_P, 'P'],
    [ENTRY_W, 'W'],
    [ENTRY_A, 'A'],
    [ENTRY_D, 'D'],
    [ENTRY_LEAF, 'huge'],
    [ENTRY_SWAP, 'swap'],
  ] as const;
  const set = flags.filter(([bit]) => (word & bit) !== 0).map(([, name]) => name);
  return [frameText(world, entryFrame(word)), ...set].join(' ');
}

function maskText(mask: number): string {
  const cpus: string[] = [];
  for (let cpu = 0; cpu < 31; cpu++) if ((mask & (1 << cpu)) !== 0) cpus.push(`CPU${String(cpu)}`);
  return cpus.length === 0 ? 'nobody' : cpus.join(', ');
}

const NO_IPI = ['no IPI is pending', 'interrupts are off', 'an instruction is under way'];

/** Puts one piece of a label into words. */
export function pieceText(world: World, piece: Piece): string {
  if (typeof piece === 'string') return piece;
  const { value, as } = piece;
  switch (as) {
    case 'frame':
      return frameText(world, value);
    case 'entry':
      return entryText(world, value);
    case 'owner':
      return value === 0 ? 'nobody' : `CPU${String(value - 1)}`;
    case 'mask':
      return maskText(value);
    case 'hit':
      return value !== 0 ? 'hit' : 'miss';
    case 'flag':
      return value !== 0 ? 'set' : 'not set';
    case 'ipi':
      return at(IPI_KINDS, value);
    case 'no-ipi':
      return at(NO_IPI, value);
    case 'speculative-va':
      return world.vas[value]?.name ?? 'an address';
    default:
      return String(value);
  }
}

export function textOf(world: World, pieces: readonly Piece[]): string {
  return pieces.map((piece) => pieceText(world, piece)).join('');
}
