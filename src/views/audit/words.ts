import { propertyOf } from '../../properties/properties.ts';
import { versionOf } from '../../designs/versions.ts';
import { scenarioOf } from '../../scenarios/scenarios.ts';
import { missedChance } from '../../explorer/missed-chance.ts';
import { type AuditFile, type AuditRow, PROGRESS_STATES } from '../../reports/audit.ts';
import { searchedWorld, worldInWords } from '../../reports/searched-world.ts';
import type { Axis, Cell, Cut, Mark } from '../../reports/audit-cube.ts';

/** A sign and a word for each mark: neither colour nor shape stands alone. */
export const MARKS: Readonly<Record<Mark, { readonly sign: string; readonly word: string }>> = {
  fails: { sign: '✗', word: 'fails' },
  warns: { sign: '▲', word: 'warning' },
  'not reached': { sign: '○', word: 'not reached' },
  open: { sign: '≥', word: 'not broken within its bounds' },
  'not checked': { sign: '?', word: 'not checked' },
  holds: { sign: '✓', word: 'holds' },
};

export const AXIS_WORDS: Readonly<Record<Axis, { readonly one: string; readonly all: string }>> = {
  version: { one: 'Version', all: 'All versions' },
  scenario: { one: 'Scenario', all: 'All scenarios' },
  property: { one: 'Property', all: 'All properties' },
};

const OTHER_PROPERTIES: Readonly<Record<string, string>> = {
  progress: 'Progress',
  reached: 'Moments reached',
};

/** What a value of an axis is called for people. */
export function titleOf(axis: Axis, id: string): string {
  if (axis === 'version') return id;
  if (axis === 'scenario') return id;
  return propertyOf(id)?.title ?? OTHER_PROPERTIES[id] ?? id;
}

/** More about a value, for a tooltip. */
export function aboutOf(axis: Axis, id: string): string {
  if (axis === 'version') return versionOf(id)?.title ?? '';
  if (axis === 'scenario') return scenarioOf(id)?.title ?? '';
  const property = propertyOf(id);
  return property === undefined ? '' : `Fails when ${property.failsWhen}`;
}

/** A cell as it is read out: which, and what is said there. */
export function cellWords(cut: Cut, cell: Cell | null): string {
  const place = [cut.version, cut.scenario, cut.property && titleOf('property', cut.property)]
    .filter((word) => word !== undefined)
    .join(', ');
  if (cell === null) return `${place}: no verdict`;
  const { word } = MARKS[cell.mark];
  if (cell.of === 1) return `${place}: ${word}`;
  return `${place}: ${word} in ${String(cell.count)} of ${String(cell.of)}`;
}

/** What a verdict is worth: of what world, how much of it was seen, and what was left out of account. */
export function boundsOf({ scenario, verdict, states, transitions, depth, exhaustive }: AuditRow): string {
  if (verdict === 'not checked')
    return `Not checked: progress takes the whole graph of states, which the audit makes for up to ${PROGRESS_STATES.toLocaleString('en')}; here there are ${states.toLocaleString('en')}. npm run search goes on beyond that.`;
  const searched = scenarioOf(scenario);
  const world = searched === null ? '' : ` ${worldInWords(searchedWorld(searched))};`;
  const figures = `${states.toLocaleString('en')} states, ${transitions.toLocaleString('en')} transitions, depth ${String(depth)}`;
  const chance = `the chance that a state was missed is below ${missedChance(states).toExponential(1)}`;
  return exhaustive
    ? `Exhaustive:${world} ${figures}; ${chance}. Memory is sequentially consistent.`
    : `Stopped at its bounds:${world} after ${figures}; whatever lies beyond was not seen.`;
}

/** How many searches an audit is made of, and how many of them ended at a bound. */
export function searchesIn({ rows }: AuditFile): string {
  const exhaustive = new Map(
    rows.map(({ version, scenario, exhaustive: isWhole }) => [`${version} ${scenario}`, isWhole]),
  );
  const cut = [...exhaustive.values()].filter((isWhole) => !isWhole).length;
  const total = `${String(exhaustive.size)} ${cut === 0 ? 'exhaustive searches' : 'searches'}`;
  return cut === 0 ? total : `${total}, ${String(cut)} of them stopped at their bounds`;
}
