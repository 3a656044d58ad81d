import { useEffect, useState } from 'react';
import { programsIn } from '../../store/design.ts';
import type { Source } from '../../worker/protocol.ts';
import { type ProgramChange, programChanges } from './design-diff.ts';

interface DesignPreviewProps {
  readonly before: Source;
  readonly after: Source;
}

interface Compared {
  readonly of: string;
  readonly changes: readonly ProgramChange[];
}

/** What a changed design would change in the programs, line by line, before it is applied. */
export function DesignPreview({ before, after }: DesignPreviewProps) {
  const [compared, setCompared] = useState<Compared | null>(null);
  const key = JSON.stringify([before, after]);
  useEffect(() => {
    let gone = false;
    const compare = async (): Promise<void> => {
      const [old, fresh] = [await programsIn(before), await programsIn(after)];
      if (!gone && old !== null && fresh !== null)
        setCompared({ of: key, changes: programChanges(old, fresh) });
    };
    void compare();
    return () => {
      gone = true;
    };
  }, [before, after, key]);
  const isNow = compared?.of === key;
  return (
    <section className="design-preview" aria-label="What would change in the programs" aria-busy={!isNow}>
      <h3>What would change</h3>
      {isNow && compared.changes.length === 0 && (
        <p>Nobody does anything else in this scenario: nobody here comes to where this choice decides.</p>
      )}
      {isNow && compared.changes.map((change) => <ChangedProgram key={change.actor} change={change} />)}
    </section>
  );
}

const SIGN_WORDS = { ' ': '', '-': 'goes: ', '+': 'comes: ', '~': 'does something else: ' } as const;
const SIGNS = { ' ': ' ', '-': '−', '+': '+', '~': '≠' } as const;

function summary({ removed, added, redone }: ProgramChange): string {
  const lines = (count: number): string => `${String(count)} ${count === 1 ? 'line' : 'lines'}`;
  return redone > 0
    ? `every line reads as before, ${lines(redone)} ${redone === 1 ? 'does' : 'do'} something else`
    : `${lines(removed)} ${removed === 1 ? 'goes' : 'go'}, ${String(added)} ${added === 1 ? 'comes' : 'come'}`;
}

function ChangedProgram({ change }: { readonly change: ProgramChange }) {
  const { name, rows } = change;
  return (
    <>
      <h4>
        {name}: {summary(change)}
      </h4>
      <ol className="diff" tabIndex={0} aria-label={`Changes in ${name}`}>
        {rows.map((row, i) =>
          row === null ? (
            <li key={i} className="diff-gap">
              …
            </li>
          ) : (
            <li key={i} data-sign={row.sign}>
              <span className="visually-hidden">{SIGN_WORDS[row.sign]}</span>
              <span className="diff-sign" aria-hidden="true">
                {SIGNS[row.sign]}
              </span>
              <code style={{ paddingLeft: `${String(row.item.depth)}em` }}>{row.item.text}</code>
            </li>
          ),
        )}
      </ol>
    </>
  );
}
