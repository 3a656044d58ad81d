import { packSchedule, unpackSchedule } from '../formats/schedule-text.ts';
import { movesOfTokens, scheduleTokens } from '../reports/verdicts.ts';
import type { Schedule } from '../worker/protocol.ts';
import { take } from '../worker/session.ts';
import { isEnabled } from '../explorer/model.ts';
import type { Challenge } from './challenge.ts';
import { challengeOf } from './challenges.ts';
import { openSession } from './play.ts';

/** What a pass code says: who took which steps in which challenge. */
export interface Pass {
  readonly challenge: Challenge;
  readonly name: string;
  readonly steps: number;
}

export type Checked =
  { readonly passed: true; readonly pass: Pass } | { readonly passed: false; readonly why: string };

const PREFIX = 'LIMBO1';
const LONGEST_NAME = 60;

/**
 * A keyed sum of 52 bits (two FNV-1a of 32 bits with different starts, cut). The key is in this page: whoever reads its source can
 * make a code for any name. What nobody can make is a code for a schedule that does not break the property: that is run again.
 */
function sumOf(text: string): string {
  const fnv = (start: number): number => {
    let hash = start;
    for (const char of `limbo-pass/${text}`)
      hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return hash;
  };
  return `${fnv(0x811c9dc5).toString(36)}${fnv(0x2f0b4c47).toString(36)}`;
}

/** A code for a solved challenge. Names are cut at 60 characters. */
export function makePassCode(challenge: Challenge, name: string, schedule: Schedule): string {
  const { built } = openSession({ kind: 'scenario', ...challenge.subject });
  const moves = schedule.map(([actor, move]) => ({ actor, move }));
  const packed = packSchedule(scheduleTokens(built.actors, moves));
  const body = [
    PREFIX,
    challenge.id,
    encodeURIComponent(name.trim().slice(0, LONGEST_NAME)).replaceAll('*', '%2A'),
    packed,
  ].join('*');
  return `${body}*${sumOf(body)}`;
}

function refuse(why: string): Checked {
  return { passed: false, why };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Reads a code, and runs its schedule again. Says in words why it does not pass. */
export function checkPassCode(text: string): Checked {
  const code = text.trim();
  const parts = code.split('*');
  const [prefix, id, written = '', packed = '', sum] = parts;
  if (prefix !== PREFIX || parts.length !== 5)
    return refuse('This is not a pass code. It begins with LIMBO1 and has five parts; copy all of it.');
  if (sumOf(parts.slice(0, 4).join('*')) !== sum)
    return refuse('The code was changed after it was made: its checksum is wrong. Ask for it again.');
  const [challenge, name] = [challengeOf(id), decoded(written)];
  if (challenge === null || name === null)
    return refuse('This page has no such challenge. Update it, or ask for a new code.');
  return replay(challenge, name, packed);
}

function replay(challenge: Challenge, name: string, packed: string): Checked {
  const session = openSession({ kind: 'scenario', ...challenge.subject });
  const { run, built, records } = session;
  try {
    for (const move of movesOfTokens(built.actors, unpackSchedule(packed))) {
      if (!isEnabled(run.model, run.machine, move.actor, move.move))
        return refuse(`Step ${String(run.cursor + 1)} of its schedule cannot be taken.`);
      take(session, move);
    }
  } catch {
    return refuse('The schedule in the code cannot be read.');
  }
  const broke = records.findIndex(({ violations }) =>
    violations.some(({ property }) => property === challenge.breaks),
  );
  if (broke < 0) return refuse('Its schedule was run again, and does not break the property.');
  return { passed: true, pass: { challenge, name, steps: broke + 1 } };
}
