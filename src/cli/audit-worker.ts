/** A process of the audit: searches one version in one scenario for each message that it gets. */
import { auditRows } from '../reports/audit.ts';
import { buildModel } from '../scenarios/build.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { searchModel } from './run-engine.ts';

/** What is to be searched. */
export interface AuditJob {
  readonly version: string;
  readonly scenario: string;
  readonly maxStates: number;
}

process.on('message', ({ version, scenario: id, maxStates }: AuditJob) => {
  const scenario = chooseScenario(id);
  const built = buildModel(scenario, chooseDesign(version, []).design);
  const { search, exhaustive } = searchModel(built.model, maxStates);
  process.send?.(auditRows({ version, scenario, actors: built.actors, search, exhaustive }));
});
