import { refused, tooNew } from './refusals.ts';

/** What a file says, before it is known to be right. */
export type Json = Readonly<Record<string, unknown>>;

/** Says what a file of one version says in the words of the next. It checks nothing: that comes after the last one. */
export type Upgrader = (old: Json) => Json;

export interface Versions {
  /** As files name their own kind: `limbo-run`. */
  readonly format: string;
  /** The first leads from version 1 to 2, and so on: the newest version is one more than there are upgraders. */
  readonly upgraders: readonly Upgrader[];
}

/** The version that is written now. */
export function newestVersion({ upgraders }: Versions): number {
  return upgraders.length + 1;
}

/** True for what says of itself that it is of this kind, whether it can be read or not. */
export function isOfFormat(value: unknown, { format }: Versions): boolean {
  return isObject(value) && value['format'] === format;
}

/** A file's JSON as the newest version would have said it. `name` is for messages. Throws a FileError. */
export function upgraded(value: unknown, name: string, versions: Versions): Json {
  const newest = newestVersion(versions);
  const version = isObject(value) ? value['version'] : undefined;
  if (!isObject(value) || !isOfFormat(value, versions) || !isCount(version))
    throw refused(name, `does not say which form of a ${versions.format} file it is`);
  if (version > newest) throw tooNew(name, version, newest);
  return versions.upgraders.slice(version - 1).reduce((old, upgrade) => upgrade(old), value);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1;
}
