import type { AuditRow } from '../../reports/audit.ts';
import { type AuditCube, type Cut, markOf, rowsAt } from '../../reports/audit-cube.ts';
import { notableInWords } from '../../reports/notable-words.ts';
import { openCounterexample } from '../../store/counterexample.ts';
import { scheduleOfRow } from '../../store/subject-rows.ts';
import type { Subject } from '../../worker/search-protocol.ts';
import { Button } from '../controls/button.tsx';
import { Recheck } from './recheck.tsx';
import { aboutOf, boundsOf, cellWords, MARKS, titleOf } from './words.ts';

interface AuditDetailProps {
  readonly cube: AuditCube;
  readonly cut: Cut;
  readonly choose: (cut: Cut) => void;
}

/** What stands behind the cell that was chosen: its verdict with its bounds, or the rows that it sums up. */
export function AuditDetail({ cube, cut, choose }: AuditDetailProps) {
  const rows = rowsAt(cube, cut);
  const [only] = rows;
  if (cut.version === undefined && cut.property === undefined && cut.scenario === undefined)
    return (
      <p className="audit-hint">
        Choose a cell to see what stands behind it. A heading shows one version, scenario or property alone.
      </p>
    );
  if (rows.length === 1 && only !== undefined) return <OneRow row={only} />;
  const telling = rows.filter((row) => markOf(row) !== 'holds');
  return (
    <>
      <p>
        {telling.length === 0
          ? `Holds in all ${String(rows.length)}.`
          : `${String(telling.length)} of ${String(rows.length)} do not simply hold:`}
      </p>
      <ul className="audit-rows">
        {telling.map((row) => (
          <li key={`${row.version} ${row.scenario} ${row.property}`}>
            <Button look="quiet" onClick={() => choose(cutOf(row))}>
              <span aria-hidden="true">{MARKS[markOf(row)].sign}</span> {rowWords(row, cut)}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function cutOf({ version, scenario, property }: AuditRow): Cut {
  return { version, scenario, property };
}

function rowWords(row: AuditRow, cut: Cut): string {
  const { version, scenario, property } = row;
  const parts = [
    cut.version === undefined ? version : '',
    cut.scenario === undefined ? scenario : '',
    cut.property === undefined ? titleOf('property', property) : '',
    MARKS[markOf(row)].word + (row.steps === undefined ? '' : ` after ${String(row.steps)} steps`),
  ];
  const about = cut.scenario === undefined ? `: ${aboutOf('scenario', scenario)}` : '';
  return parts.filter((part) => part !== '').join(', ') + about;
}

function OneRow({ row }: { readonly row: AuditRow }) {
  const { version, scenario, property, steps } = row;
  const subject: Subject = { version, scenario, overrides: {} };
  const mark = markOf(row);
  return (
    <>
      <p className="audit-verdict" data-mark={mark}>
        <span aria-hidden="true">{MARKS[mark].sign}</span> {cellWords(cutOf(row), { mark, count: 1, of: 1 })}
      </p>
      <p>{aboutOf('property', property)}</p>
      <p className="audit-bounds">{boundsOf(row)}</p>
      {row.missed !== undefined && <p>Never here: {row.missed.map(notableInWords).join('; ')}.</p>}
      {row.excused === true && (
        <p>
          Runs that are out of memory again and again, with no frame that could come free, are not counted.
        </p>
      )}
      {steps !== undefined && <OpenRow row={row} subject={subject} steps={steps} />}
      <Recheck subject={subject} row={row} />
    </>
  );
}

interface OpenRowProps {
  readonly row: AuditRow;
  readonly subject: Subject;
  readonly steps: number;
}

/** Opens the schedule of a row as a run, at its start. */
export function OpenRow({ row, subject, steps }: OpenRowProps) {
  const { property, cycleStart } = row;
  const opened = (): void => {
    const schedule = scheduleOfRow(row, subject);
    void openCounterexample({ subject, property, schedule, cycleStart });
  };
  const what = row.cycleStart === undefined ? 'the shortest counterexample' : 'a run that goes on for ever';
  return (
    <Button look="primary" label={`Open ${String(steps)} steps: ${what} in ${row.scenario}`} onClick={opened}>
      Open {steps} steps
    </Button>
  );
}
