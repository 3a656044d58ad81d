import { runInThisContext } from 'node:vm';
import type { MakeEngine } from '../../explorer/engine.ts';
import type { Schedule } from '../../worker/protocol.ts';
import { engineTextOf, searchLoop } from '../../worker/search-loop.ts';
import type { Outcome, Subject } from '../../worker/search-protocol.ts';
import type { Challenge } from '../challenge.ts';

/** The search of the page, as its worker runs it. */
export function search(subject: Subject, property: string, from: Schedule = []): Promise<Outcome> {
  let time = 0;
  return searchLoop({
    subject,
    bounds: { maxStates: 3e6, maxBytes: 1e9 },
    aim: { from, properties: [property] },
    make: runInThisContext(engineTextOf(subject)) as MakeEngine,
    control: { paused: false, stopped: false },
    report: () => undefined,
    pause: () => Promise.resolve(),
    now: () => (time += 1),
  });
}

/** The schedule that breaks a property, in what a search found; null when it found none. */
export const scheduleIn = ({ verdicts }: Outcome, property: string): Schedule | null =>
  verdicts.find((verdict) => verdict.property === property)?.schedule ?? null;

/** A shortest way to win from a moment; throws where there is none. */
export async function best({ subject, breaks }: Challenge, from: Schedule = []): Promise<Schedule> {
  const found = scheduleIn(await search(subject, breaks, from), breaks);
  if (found === null) throw new Error(`no way from there to ${breaks}`);
  return found;
}
