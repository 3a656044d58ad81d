import { at, must } from '../lib/at.ts';
import type { Packing } from './packing.ts';
import { leavesAlone, renamed, type Renaming, type WordMap } from './swap.ts';

/**
 * What is added to an engine whose states have images (see `Symmetry`): the fingerprint of a state is the least of its own and theirs, so that one of
 * them stands for all. Which is less is decided by the exclusive or of the two halves, so that each half is still as likely as any
 * other. A sum of all would not do: what they have in common would half fall out of it.
 */
export interface SymmetryText {
  /** Tables and functions. */
  readonly tables: string;
  /** After a state was unpacked. */
  readonly unpacked: string;
  /** Before word `o` of the state, which is packed in word `w`, changes back to `y`. */
  readonly change: string;
  /** Before the fingerprint of a successor is worked out ... */
  readonly before: string;
  /** ... where packed word `w` changes it by `p` and `q` ... */
  readonly mixed: string;
  /** ... where it came up a moment ago and is dropped ... */
  readonly dropped: string;
  /** ... and else, after it was found, as `a` and `b`. */
  readonly least: string;
}

const NO_IMAGES: SymmetryText = {
  tables: '',
  unpacked: '',
  change: '',
  before: '',
  mixed: '',
  dropped: '',
  least: '',
};

/** Words of the flat state that some image has elsewhere or otherwise. */
export function changedWords(maps: readonly WordMap[], words: number): ReadonlySet<number> {
  const all = Array.from({ length: words }, (_, word) => word);
  return new Set(all.filter((word) => !maps.every((map) => leavesAlone(map, word))));
}

/**
 * Words that images change are packed into the first `packing.apart` words, by themselves. For image g, what is packed in word w of it
 * stands at g * apart + w: in IB for the state B, in IA and IZ its mixtures, in ID how a successor's differs. TA and TZ hold their exclusive ors, of B
 * itself first, then of each image.
 */
export function symmetryText(packing: Packing, maps: readonly WordMap[], flatWords: number): SymmetryText {
  if (maps.length === 0) return NO_IMAGES;
  const { apart, elements } = packing;
  const array = (length: number) => (name: string) => `${name}=new Int32Array(${String(length)})`;
  const arrays = ['IB', 'IA', 'IZ', 'ID'].map(array(maps.length * apart));
  const sums = ['TA', 'TZ'].map(array(maps.length + 1));
  const moved = elements.filter(({ word }) => word < apart).map(({ offset }) => offset);
  const words = `for(let w=0;w<${String(apart)};w++`;
  const images = `for(let g=1,q=0;g<=${String(maps.length)};g++)`;
  return {
    tables: `${placesText(packing, maps, flatWords)}
const ${[...arrays, ...sums].join(',')};
function change(o,z,y){for(let i=o;i<${String(maps.length * flatWords)};i+=${String(flatWords)}){const t=IV[i];ID[IW[i]]^=(t<0?z^y:VT[t+z]^VT[t+y])<<IH[i];}}
function remix(g,q,w){const x=IB[q]^=ID[q],a=mixA(w,x),b=mixZ(w,x);ID[q]=0;TA[g]^=IA[q]^a;TZ[g]^=IZ[q]^b;IA[q]=a;IZ[q]=b;}
function unpacked(){let a=0,b=0;${words}){a^=A[w];b^=Z[w];}TA[0]=a;TZ[0]=b;${images}${words},q++)if(ID[q]!==0)remix(g,q,w);}
for(const o of [${moved.join(',')}])change(o,0,S[o]);
${images}${words},q++)remix(g,q,w);`,
    unpacked: 'unpacked();',
    change: `if(w<${String(apart)}&&S[o]!==y)change(o,S[o],y);`,
    before: 'let ta=TA[0],tb=TZ[0];',
    mixed: `if(w<${String(apart)}){ta^=p;tb^=q;}`,
    dropped: 'ID.fill(0);',
    least: `let la=a,lb=b;
${images}{let x=a^ta^TA[g],y=b^tb^TZ[g];
${words},q++){const d=ID[q];if(d!==0){const v=IB[q]^d;ID[q]=0;x^=IA[q]^mixA(w,v);y^=IZ[q]^mixZ(w,v);}}
if((x^y)<(la^lb)||(x^y)===(la^lb)&&x<la){la=x;lb=y;}}
a=la;b=lb;`,
  };
}

/** By image and word of the flat state: IW where it goes, IH how far up, IV where in VT its renaming begins (-1: it has none). */
function placesText({ apart, elements }: Packing, maps: readonly WordMap[], flatWords: number): string {
  const packed = new Map(elements.map((element) => [element.offset, element]));
  const moved = elements.filter(({ word }) => word < apart);
  const begins = new Map<string, number>();
  const renamings: number[] = [];
  const begin = (renaming: Renaming, bits: number): number => {
    if (renaming === null) return -1;
    const whole = Array.from({ length: 2 ** bits }, (_, value) => renamed(renaming, value));
    const known = begins.get(whole.join()) ?? renamings.push(...whole) - whole.length;
    begins.set(whole.join(), known);
    return known;
  };
  const places = maps.flatMap(({ place, values }, g) =>
    moved.map(({ offset, bits }) => {
      const { word, shift } = must(packed, at(place, offset));
      const parts = [g * flatWords + offset, g * apart + word, shift, begin(at(values, offset), bits)];
      return `[${parts.join(',')}]`;
    }),
  );
  const arrays = ['IW', 'IH', 'IV'].map(
    (name) => `${name}=new Int32Array(${String(maps.length * flatWords)})`,
  );
  return `const ${arrays.join(',')},VT=Int32Array.from([${renamings.join(',')}]);
for(const[i,w,h,v] of [${places.join(',')}]){IW[i]=w;IH[i]=h;IV[i]=v;}`;
}
