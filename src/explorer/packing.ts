import { at } from '../lib/at.ts';
import { writtenFields } from '../program/effects.ts';
import { fieldOf } from '../program/layout.ts';
import type { ModelSpec } from './model.ts';

/** Where one element of the state lies in a packed state. */
export interface Packed {
  /** Word offset in the flat state. */
  readonly offset: number;
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
}

/** How the states of a search are packed: only what some program can write, each element in as few bits as its field needs. */
export interface Packing {
  readonly elements: readonly Packed[];
  /** 32-bit words of a packed state. */
  readonly words: number;
  /** The first words hold the elements that were to be apart, and no others. */
  readonly apart: number;
}

function bitsFor(max: number): number {
  return Math.max(1, 32 - Math.clz32(max));
}

/** First fit, in the order of the fields; no element crosses a word. Words of the flat state that are to be `apart` come first. */
export function packState(spec: ModelSpec, apart: ReadonlySet<number> = new Set()): Packing {
  const written = writtenFields(spec.actors.flatMap((actor) => actor.program.instrs));
  const names = new Set([...written, ...spec.actors.map((actor) => actor.program.pcField)]);
  const all = [...names].flatMap((name) => {
    const { offset, rows, cols, max } = fieldOf(spec.layout, name);
    return Array.from({ length: rows * cols }, (_, i) => ({ offset: offset + i, bits: bitsFor(max) }));
  });
  const first = packed(
    all.filter(({ offset }) => apart.has(offset)),
    0,
  );
  const rest = packed(
    all.filter(({ offset }) => !apart.has(offset)),
    first.words,
  );
  return { elements: [...first.elements, ...rest.elements], words: rest.words, apart: first.words };
}

/** Elements packed into words from one on, and how many words there are then. */
function packed(
  all: readonly Pick<Packed, 'offset' | 'bits'>[],
  from: number,
): Pick<Packing, 'elements' | 'words'> {
  const room: number[] = [];
  const elements = all.map(({ offset, bits }) => {
    let word = room.findIndex((used) => used + bits <= 32);
    if (word < 0) word = room.push(0) - 1;
    const shift = at(room, word);
    room[word] = shift + bits;
    return { offset, word: from + word, shift, bits };
  });
  return { elements, words: from + room.length };
}

/**
 * JavaScript for packed states. `B` holds the state that S is, packed; `W`, `H` and `V` say for a word of S which word of B it lies in,
 * how far up, and with which bits. `unpack(P, p)` makes the packed state at P[p ...] the current one: states that follow one another in a search
 * have most words in common, and only the others are taken apart.
 */
export function packingText({ elements, words, apart }: Packing, flatWords: number): string {
  const parts: string[][] = Array.from({ length: words }, () => []);
  const unpacked: string[][] = Array.from({ length: words }, () => []);
  const places = elements.map(
    ({ offset, word, shift, bits }) =>
      `W[${String(offset)}]=${String(word)};H[${String(offset)}]=${String(shift)};V[${String(offset)}]=${maskOf(bits)};`,
  );
  for (const { offset, word, shift, bits } of elements) {
    at(parts, word).push(shift === 0 ? `S[${String(offset)}]` : `S[${String(offset)}]<<${String(shift)}`);
    const value = `x>>>${String(shift)}&${maskOf(bits)}`;
    at(unpacked, word).push(
      word < apart ? takeApart(String(offset), value) : `S[${String(offset)}]=${value};`,
    );
  }
  const pack = parts.map((part, word) => `B[${String(word)}]=${part.join('|')};`);
  const take = unpacked.map(
    (part, word) =>
      `function w${String(word)}(P,p){const x=P[p+${String(word)}];B[${String(word)}]=x;mixed(${String(word)});${part.join('')}}`,
  );
  const unpack = unpacked.map(
    (_, word) => `if(P[p+${String(word)}]!==B[${String(word)}])w${String(word)}(P,p);`,
  );
  return `const B=new Int32Array(${String(words)}),W=new Int32Array(${String(flatWords)}),H=new Int32Array(${String(flatWords)}),V=new Int32Array(${String(flatWords)});
${places.join('')}
${pack.join('')}
const first=B.slice();
${take.join('\n')}
function unpack(P,p){${unpack.join('\n')}}`;
}

function maskOf(bits: number): string {
  return String(bits === 32 ? -1 : 2 ** bits - 1);
}

/** An element that images change: see `symmetryText`. */
function takeApart(offset: string, value: string): string {
  return `{const z=S[${offset}],y=${value};if(z!==y){change(${offset},z,y);S[${offset}]=y;}}`;
}
