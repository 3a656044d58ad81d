import { packText, unpackText, unreadable } from './packed-text.ts';

/**
 * A schedule as short text for addresses and files: how many steps, `-`, and the steps, so that a text that lost its end is seen.
 * Each stretch of one actor is a count (left out for 1), a letter, and `.m` for a move that is not its first (m in base 32):
 * `31-27a3bi.1` is cpu0 27 times, cpu1 3 times, ipi0's move 1. Letters: a-h cpu0-7, i-p ipi0-7, q-x spec0-7, z rcu. From some
 * length on the steps are deflated, as `~` and base64url.
 */
const KINDS = [
  ['cpu', 'abcdefgh'],
  ['ipi', 'ijklmnop'],
  ['spec', 'qrstuvwx'],
] as const;

/** Steps that a text may stand for. */
export const LONGEST_SCHEDULE = 200_000;
const DEFLATE_FROM = 300;
const MOST_CHARACTERS = 4 * LONGEST_SCHEDULE;
const WHAT = 'The schedule in this link or file';

function letterOf(id: string): string {
  if (id === 'rcu') return 'z';
  const [, kind = '', number = ''] = /^([a-z]+)(\d)$/.exec(id) ?? [];
  const letter = KINDS.find(([name]) => name === kind)?.[1][Number(number)];
  if (letter === undefined) throw new Error(`actor ${id} has no letter`);
  return letter;
}

const ID_OF_LETTER: ReadonlyMap<string, string> = new Map([
  ['z', 'rcu'],
  ...KINDS.flatMap(([kind, letters]) =>
    Array.from(letters, (letter, i) => [letter, `${kind}${String(i)}`] as const),
  ),
]);

function stretchText(token: string, count: number): string {
  const [id = '', move = '0'] = token.split(':');
  const suffix = move === '0' ? '' : `.${Number(move).toString(32)}`;
  return `${count === 1 ? '' : String(count)}${letterOf(id)}${suffix}`;
}

/** Tokens are an actor's id, with `:move` where it is not its first. Throws on an actor without a letter. */
export function packSchedule(tokens: readonly string[]): string {
  let text = '';
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i] ?? '';
    let end = i + 1;
    while (end < tokens.length && tokens[end] === token) end += 1;
    text += stretchText(token, end - i);
    i = end;
  }
  const deflated = text.length < DEFLATE_FROM ? text : `~${packText(text)}`;
  return `${String(tokens.length)}-${deflated.length < text.length ? deflated : text}`;
}

/** The tokens of such a text. Throws a FileError when it makes no sense or is too long. */
export function unpackSchedule(packed: string): readonly string[] {
  const [, steps, body = ''] = /^(\d+)-(.*)$/.exec(packed) ?? [];
  const text = body.startsWith('~') ? unpackText(body.slice(1), MOST_CHARACTERS, WHAT) : body;
  const tokens: string[] = [];
  let rest = 0;
  for (const match of text.matchAll(/(\d*)([a-z])(?:\.([0-9a-v]))?/gy)) {
    const [all, count = '', letter = '', move = '0'] = match;
    const id = ID_OF_LETTER.get(letter);
    const times = count === '' ? 1 : Number(count);
    if (id === undefined || tokens.length + times > LONGEST_SCHEDULE) throw unreadable(WHAT);
    const token = move === '0' ? id : `${id}:${String(parseInt(move, 32))}`;
    for (let i = 0; i < times; i++) tokens.push(token);
    rest += all.length;
  }
  if (rest !== text.length || tokens.length !== Number(steps)) throw unreadable(WHAT);
  return tokens;
}
