/**
 * JavaScript for fingerprints of packed states: two 32-bit numbers, neither of them 0, which are the exclusive ors of two mixtures of each
 * word with its place. So a successor's is its parent's, but for the words that differ. A mixture is a bijection (that of murmur3
 * and that of lowbias32), so that states which differ in one word never have the same. `A` and `Z` hold the mixtures of the words of B, and `M`
 * those of all: numbers of 32 bits stay in arrays, since V8 in a browser makes an object of one that is a variable or an argument.
 */
export function fingerprintText(words: number): string {
  const keys = (seed: number): string =>
    Array.from({ length: words }, (_, word) => Math.imul(seed, 2 * word + 1)).join(',');
  return `const KA=Int32Array.from([${keys(0x9e3779b1)}]),KZ=Int32Array.from([${keys(0x85ebca77)}]),A=new Int32Array(${String(words)}),Z=new Int32Array(${String(words)}),M=new Int32Array(2);
function mixA(w,x){x^=KA[w];x=Math.imul(x^x>>>16,0x85ebca6b);x=Math.imul(x^x>>>13,0xc2b2ae35);return x^x>>>16;}
function mixZ(w,x){x^=KZ[w];x=Math.imul(x^x>>>16,0x7feb352d);x=Math.imul(x^x>>>15,0x846ca68b);return x^x>>>16;}
function mixed(w){const x=B[w],a=mixA(w,x),b=mixZ(w,x);M[0]^=A[w]^a;M[1]^=Z[w]^b;A[w]=a;Z[w]=b;}
for(let w=0;w<${String(words)};w++)mixed(w);`;
}
