import { versionOf } from '../designs/versions.ts';
import { resolveScenario, scenarioName } from '../formats/scenario-document.ts';
import type { AuditRow } from '../reports/audit.ts';
import { at } from '../lib/at.ts';
import type { Schedule } from '../worker/protocol.ts';
import type { Outcome, Subject } from '../worker/search-protocol.ts';
import { buildModel } from '../scenarios/build.ts';
import { movesOfTokens } from '../reports/verdicts.ts';

/** What a search in the page found, as rows of an audit. */
export function rowsOfOutcome({ subject, verdicts, figures, ending, world }: Outcome): readonly AuditRow[] {
  const { states, transitions, depth } = figures;
  const { version } = subject;
  const scenario = scenarioName(subject.scenario);
  return verdicts.map(({ property, verdict, schedule, cycleStart, excused, missed }) => ({
    ...{ version, scenario, property, verdict, states, transitions, depth, exhaustive: ending === 'all' },
    ...(schedule !== null && { steps: schedule.length, schedule: tokensOf(world.actors, schedule) }),
    ...(cycleStart !== undefined && { cycleStart }),
    ...(excused === true && { excused }),
    ...(missed !== undefined && { missed }),
  }));
}

function tokensOf(actors: readonly string[], schedule: Schedule): string {
  return schedule
    .map(([actor, move]) => `${at(actors, actor)}${move === 0 ? '' : `:${String(move)}`}`)
    .join(' ');
}

/** The schedule of a row as moves of a subject; empty where the row has none. Throws when there is no such scenario. */
export function scheduleOfRow(row: AuditRow, subject: Subject): Schedule {
  return scheduleOfTokens(row.schedule?.split(' ') ?? [], subject);
}

/** A schedule in words (`actor`, `actor:move`) as moves of a subject. Throws when there is no such scenario, version or actor. */
export function scheduleOfTokens(
  tokens: readonly string[],
  { scenario: ref, version: versionId, overrides }: Subject,
): Schedule {
  const [scenario, version] = [resolveScenario(ref), versionOf(versionId)];
  if (scenario === null || version === null)
    throw new Error(`there is no ${scenarioName(ref)} with ${versionId}`);
  const { actors } = buildModel(scenario, { ...version.design, ...overrides });
  return movesOfTokens(actors, tokens).map(({ actor, move }) => [actor, move] as const);
}
