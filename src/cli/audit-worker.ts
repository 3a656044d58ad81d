/** A process of the audit: searches one version in one scenario for each message that it gets. */
import { auditRows, PROGRESS_STATES } from '../reports/audit.ts';
import { buildModel } from '../scenarios/build.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { progressOf, searchModel } from './run-engine.ts';

/** What is to be searched. */
export interface AuditJob {
  readonly version: string;
  readonly scenario: string;
  readonly maxStates: number;
}

/** Each process of the audit may take as much. */
const MOST_BYTES = 1e9;

process.on('message', ({ version, scenario: id, maxStates }: AuditJob) => {
  const scenario = chooseScenario(id);
  const built = buildModel(scenario, chooseDesign(version, []).design);
  const { findings: search, ending } = searchModel(built.model, { maxStates, maxBytes: MOST_BYTES });
  const exhaustive = ending === 'all';
  const few = { maxStates: Math.min(maxStates, PROGRESS_STATES), maxBytes: MOST_BYTES };
  const progress = progressOf(built.model, few);
  process.send?.(auditRows({ version, scenario, actors: built.actors, search, exhaustive, progress }));
});
