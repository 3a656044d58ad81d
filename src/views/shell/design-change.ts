import { versionOf } from '../../designs/versions.ts';
import type { Choice, Design } from '../../kernel/design.ts';
import type { Source } from '../../worker/protocol.ts';

/** Leaves out what the version has anyway. */
function realChanges(version: string, overrides: Partial<Design>): Partial<Design> {
  const own = versionOf(version)?.design;
  const entries = Object.entries(overrides).filter(([name, value]) => own?.[name as Choice] !== value);
  return Object.fromEntries(entries);
}

/** The same source with one choice made otherwise. */
export function withChoice(source: Source, choice: Choice, value: string): Source {
  return { ...source, overrides: realChanges(source.version, { ...source.overrides, [choice]: value }) };
}

/** The same source after another version; choices that were changed stay changed. */
export function withVersion(source: Source, version: string): Source {
  return { ...source, version, overrides: realChanges(version, source.overrides) };
}
