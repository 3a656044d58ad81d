import { PROPERTIES } from '../properties/properties.ts';
import type { AuditFile, AuditRow } from './audit.ts';

/** The three directions in which the audit can be cut. */
export type Axis = 'version' | 'scenario' | 'property';
export const AXES: readonly Axis[] = ['version', 'scenario', 'property'];

/** A place in the audit: all of it where nothing is named, one row where all three are. */
export type Cut = Partial<Readonly<Record<Axis, string>>>;

/** What a cell says: the gravest of its rows. `open`: nothing was broken, but not everything was searched. */
export type Mark = 'fails' | 'warns' | 'not reached' | 'open' | 'not checked' | 'holds';

const GRAVEST_FIRST: readonly Mark[] = ['fails', 'warns', 'not reached', 'open', 'not checked', 'holds'];

export interface Cell {
  readonly mark: Mark;
  /** How many rows have that mark, of how many. */
  readonly count: number;
  readonly of: number;
}

/** The audit by its three axes, each in the order of the file. */
export interface AuditCube {
  readonly file: AuditFile;
  readonly values: Readonly<Record<Axis, readonly string[]>>;
}

export function cubeOf(file: AuditFile): AuditCube {
  const valuesOn = (axis: Axis): readonly string[] => [...new Set(file.rows.map((row) => row[axis]))];
  return {
    file,
    values: { version: valuesOn('version'), scenario: valuesOn('scenario'), property: valuesOn('property') },
  };
}

const WARNINGS = new Set<string>(
  PROPERTIES.filter(({ severity }) => severity === 'warning').map(({ id }) => id),
);

export function markOf({ property, verdict, exhaustive }: AuditRow): Mark {
  if (verdict === 'fails') return WARNINGS.has(property) ? 'warns' : 'fails';
  if (verdict === 'holds') return exhaustive ? 'holds' : 'open';
  return verdict;
}

/** The rows at a place, in the order of the file. */
export function rowsAt({ file }: AuditCube, cut: Cut): readonly AuditRow[] {
  return file.rows.filter((row) => AXES.every((axis) => cut[axis] === undefined || cut[axis] === row[axis]));
}

/** What is said about some rows together; null where there is none. */
export function cellOf(rows: readonly AuditRow[]): Cell | null {
  const marks = rows.map(markOf);
  const mark = GRAVEST_FIRST.find((one) => marks.includes(one));
  if (mark === undefined) return null;
  return { mark, count: marks.filter((one) => one === mark).length, of: marks.length };
}

/** A table of cells: which axes are its rows and columns, and what the third is cut at. */
export interface Slice {
  readonly rows: Axis;
  readonly columns: Axis;
  /** Undefined: every cell stands for all values of the third axis. */
  readonly cut: Cut;
}

/** The table that shows a cut best: without one, properties against versions over all scenarios. */
export function sliceOf({ version, property, scenario }: Cut): Slice {
  if (version !== undefined) return { rows: 'scenario', columns: 'property', cut: { version } };
  if (property !== undefined) return { rows: 'scenario', columns: 'version', cut: { property } };
  return {
    rows: 'property',
    columns: 'version',
    cut: scenario === undefined ? {} : { scenario },
  };
}

/** Rows whose verdict is another than before: what a change of the design does. Rows that are on one side only are left out. */
export function changedRows(
  before: readonly AuditRow[],
  after: readonly AuditRow[],
): readonly { readonly was: AuditRow; readonly is: AuditRow }[] {
  return after.flatMap((is) => {
    const was = before.find(({ scenario, property }) => scenario === is.scenario && property === is.property);
    return was === undefined || was.verdict === is.verdict ? [] : [{ was, is }];
  });
}
