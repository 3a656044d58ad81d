import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { ProgramView } from '../../worker/protocol.ts';
import { callStack, type CodeRow, outlineRows, type StackFrame, stackRows } from './pseudo-code.ts';

interface CodeBoxProps {
  readonly program: ProgramView;
  /** The line of the next step; -1 at the program's end. */
  readonly line: number;
  readonly name: string;
}

/** The routine under way as pseudo-code, its callers as a path above it. */
export const CodeBox = memo(function CodeBox({ program, line, name }: CodeBoxProps) {
  const [from, setFrom] = useState(Infinity);
  const stack = useMemo(() => callStack(program, line), [program, line]);
  const rows = useMemo(
    () => (line < 0 ? outlineRows(program) : stackRows(program, stack, from)),
    [program, line, stack, from],
  );
  return (
    <div className="code-box">
      <CallPath stack={stack} from={Math.min(from, stack.length - 1)} onFrom={setFrom} />
      <CodeLines rows={rows} label={`Program of ${name}`} />
    </div>
  );
});

interface CallPathProps {
  readonly stack: readonly StackFrame[];
  readonly from: number;
  readonly onFrom: (from: number) => void;
}

/** The routines under way; a click on an outer one shows the code from there inwards. Laid out from the inner end. */
function CallPath({ stack, from, onFrom }: CallPathProps) {
  const last = stack.length - 1;
  return (
    <ol className="call-path" aria-label="Routines under way, the innermost first">
      {stack
        .map(({ call, title }, i) => (
          <li key={call}>
            <button
              aria-pressed={i === from}
              title={i === last ? 'Show this routine alone' : `Show the code from ${title} inwards`}
              onClick={() => onFrom(i === last ? Infinity : i)}
            >
              {title}
            </button>
          </li>
        ))
        .reverse()}
      {stack.length === 0 && <li className="dim">no routine under way</li>}
    </ol>
  );
}

const MARKS = { current: '▶', caller: '▷', none: '' } as const;

function CodeLines({ rows, label }: { readonly rows: readonly CodeRow[]; readonly label: string }) {
  const box = useRef<HTMLOListElement>(null);
  // The first report of an observer comes with the next layout: nothing forces one.
  useEffect(() => {
    if (box.current === null) return;
    const element = box.current;
    const observer = new ResizeObserver(() => keepInView(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, [rows]);
  return (
    <ol ref={box} className="code" tabIndex={0} aria-label={label}>
      {rows.map((row) => (
        <CodeLine key={row.line} {...row} />
      ))}
    </ol>
  );
}

const CodeLine = memo(function CodeLine({ text, depth, mark }: CodeRow) {
  return (
    <li data-mark={mark} aria-current={mark === 'current' ? 'step' : undefined}>
      <span className="code-mark" aria-hidden="true">
        {MARKS[mark]}
      </span>
      <code style={{ paddingLeft: `${String(depth * 1.25)}em` }}>{text}</code>
    </li>
  );
});

/** Scrolls the box, and nothing around it: the current line stands a third of the way down, however it was come to. */
function keepInView(box: HTMLElement): void {
  const current = box.querySelector<HTMLElement>('[data-mark="current"]');
  box.scrollTop = current === null ? 0 : current.offsetTop - (box.clientHeight - current.offsetHeight) / 3;
}
