import { versionOf } from '../../designs/versions.ts';
import { scenarioOf } from '../../scenarios/scenarios.ts';
import { advance, createSession, type Session } from '../session.ts';

/** A version in a scenario, before its first step. Throws when there is no such. */
export function opened(id: string, version: string): Session {
  const [scenario, known] = [scenarioOf(id), versionOf(version)];
  if (scenario === null || known === null) throw new Error('no such scenario or version');
  const source = { kind: 'scenario', scenario: id, version, overrides: {} } as const;
  return createSession({ scenario, design: known.design, source, file: null });
}

/** The same, played to its end by a seed. */
export function played(id: string, version: string, seed: number): Session {
  const session = opened(id, version);
  while (advance(session, seed));
  return session;
}
