/**
 * JavaScript that makes two 32-bit hashes of the words at O[q+from ...], in `low` and `high`: murmur3's mixing, with two seeds, in two
 * lanes (even and odd words) so that a processor can work on both at once. Neither is ever 0.
 */
export function fingerprintText(words: number, from: number): string {
  const lanes = Array.from({ length: words }, (_, i) => {
    const [a, b] = i % 2 === 0 ? ['a', 'b'] : ['c', 'd'];
    return `w=O[q+${String(from + i)}];m=Math.imul(w,0xcc9e2d51);m=Math.imul(m<<15|m>>>17,0x1b873593);${a}^=m;${a}=Math.imul(${a}<<13|${a}>>>19,5)+0xe6546b64|0;${b}=Math.imul(${b}^w,0x85ebca6b);${b}=(${b}^${b}>>>15)+m|0;`;
  });
  const finish = (h: string): string =>
    `${h}^=${h}>>>16;${h}=Math.imul(${h},0x85ebca6b);${h}^=${h}>>>13;${h}=Math.imul(${h},0xc2b2ae35);${h}^=${h}>>>16;`;
  return `let a=0x9747b28c|0,b=0x3c6ef372,c=0x2545f491,d=0x6a09e667,w=0,m=0;${lanes.join('')}
let low=a^Math.imul(c,0x9e3779b1)|0,high=b^Math.imul(d,0x27d4eb2f)^Math.imul(low,0x165667b1);${finish('low')}${finish('high')}low=low||1;high=high||1;`;
}
