import { useEffect } from 'react';
import { type AuditCube, AXES, type Cut, sliceOf } from '../../reports/audit-cube.ts';
import { fetchAudit, useAudit } from '../../store/audit.ts';
import { showScreen, useScreen } from '../../store/screens.ts';
import { Button } from '../controls/button.tsx';
import { AuditDetail } from './audit-detail.tsx';
import { AuditMatrix } from './audit-matrix.tsx';
import { LadderPanel } from './ladder-panel.tsx';
import { RepairsPanel } from './repairs-panel.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';
import { AXIS_WORDS, MARKS, searchesIn, titleOf } from './words.ts';
import './audit.css';

export const AUDIT_SCREEN = 'audit';

/** Every version in every scenario: what was searched, what fails, and what would change it. */
export function AuditScreen() {
  const { cube, reason } = useAudit();
  useEffect(() => void fetchAudit(), []);
  return (
    <div className="audit">
      <h2>Audit: every version in every scenario</h2>
      {cube !== null && <Audit cube={cube} />}
      {cube === null && reason === '' && <p role="status">Fetching the audit …</p>}
      {reason !== '' && (
        <p role="alert">
          The audit could not be read: {reason}. Nothing else is affected.{' '}
          <Button onClick={() => void fetchAudit()}>Try again</Button>
        </p>
      )}
    </div>
  );
}

/** What the address asks for, as far as the audit has it. */
function cutOfParams(cube: AuditCube, params: Readonly<Record<string, string>>): Cut {
  const known = AXES.flatMap((axis) => {
    const value = params[axis];
    return value !== undefined && cube.values[axis].includes(value) ? [[axis, value] as const] : [];
  });
  return Object.fromEntries(known);
}

function Audit({ cube }: { readonly cube: AuditCube }) {
  const params = useScreen((state) => state.params);
  const chosen = cutOfParams(cube, params);
  const view = AXES.find((axis) => axis === params['by']) ?? null;
  const slice = sliceOf(view === null ? {} : { [view]: chosen[view] });
  const choose = (cut: Cut): void => {
    const axes = AXES.filter((axis) => cut[axis] !== undefined);
    // A heading names one value: the audit is cut there. A cell keeps the table as it is.
    const by = axes.length === 1 ? (axes[0] ?? view) : view;
    showScreen(AUDIT_SCREEN, by === null ? { ...cut } : { ...cut, by });
  };
  return (
    <>
      <AuditHead cube={cube} slice={slice} choose={choose} />
      <div className="audit-columns">
        <div>
          <AuditMatrix {...{ cube, slice, chosen, choose }} />
          <Legend />
        </div>
        <section className="audit-detail" aria-label="What stands behind it">
          <AuditDetail key={JSON.stringify(chosen)} {...{ cube, choose }} cut={chosen} />
        </section>
      </div>
      <WhatIfPanel cube={cube} />
      <RepairsPanel />
      <LadderPanel />
    </>
  );
}

interface AuditHeadProps {
  readonly cube: AuditCube;
  readonly slice: ReturnType<typeof sliceOf>;
  readonly choose: (cut: Cut) => void;
}

function AuditHead({ cube, slice, choose }: AuditHeadProps) {
  const { values, file } = cube;
  return (
    <>
      <p>
        {`${searchesIn(file)}, ${file.rows.length.toLocaleString('en')} verdicts, written ${file.written} from the sources of this page (core ${file.hash.slice(0, 8)}). `}
        Any cell can be searched again here.
      </p>
      <div className="audit-cuts">
        {AXES.map((axis) => (
          <label key={axis}>
            {AXIS_WORDS[axis].one}{' '}
            <select
              className="field"
              value={slice.cut[axis] ?? ''}
              onChange={({ target }) => choose(target.value === '' ? {} : { [axis]: target.value })}
            >
              <option value="">{AXIS_WORDS[axis].all}</option>
              {values[axis].map((id) => (
                <option key={id} value={id}>
                  {titleOf(axis, id)}
                </option>
              ))}
            </select>
          </label>
        ))}
        {Object.keys(slice.cut).length > 0 && (
          <Button onClick={() => showScreen(AUDIT_SCREEN)}>Back to the whole audit</Button>
        )}
      </div>
    </>
  );
}

function Legend() {
  return (
    <ul className="audit-legend" aria-label="Signs">
      {Object.entries(MARKS).map(([mark, { sign, word }]) => (
        <li key={mark} data-mark={mark}>
          <span aria-hidden="true">{sign}</span> {word}
        </li>
      ))}
      <li>A number: in how many it is so.</li>
    </ul>
  );
}
