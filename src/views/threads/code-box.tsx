import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import { toggleLine, useStops } from '../../store/stops.ts';
import type { ProgramView } from '../../worker/protocol.ts';
import { callStack, type CodeRow, outlineRows, type StackFrame, stackRows } from './pseudo-code.ts';

interface CodeBoxProps {
  readonly actor: number;
  readonly program: ProgramView;
  /** The line of the next step; -1 at the program's end. */
  readonly line: number;
  readonly name: string;
}

/** The routine under way as pseudo-code, its callers as a path above it. */
export const CodeBox = memo(function CodeBox({ actor, program, line, name }: CodeBoxProps) {
  const [from, setFrom] = useState(Infinity);
  const stack = useMemo(() => callStack(program, line), [program, line]);
  const rows = useMemo(
    () => (line < 0 ? outlineRows(program) : stackRows(program, stack, from)),
    [program, line, stack, from],
  );
  return (
    <div className="code-box">
      <CallPath stack={stack} from={Math.min(from, stack.length - 1)} onFrom={setFrom} />
      <CodeLines actor={actor} rows={rows} label={`Program of ${name}`} />
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

interface CodeLinesProps {
  readonly actor: number;
  readonly rows: readonly CodeRow[];
  readonly label: string;
}

function CodeLines({ actor, rows, label }: CodeLinesProps) {
  const stops = useStops((state) => state.lines);
  const box = useRef<HTMLOListElement>(null);
  // The first report of an observer comes with the next layout: nothing forces one.
  useEffect(() => {
    if (box.current === null) return;
    const element = box.current;
    const observer = new ResizeObserver(() => keepInView(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, [rows]);
  const first = Math.max(
    0,
    rows.findIndex(({ mark }) => mark === 'current'),
  );
  return (
    <ol ref={box} className="code" tabIndex={0} aria-label={label} onKeyDown={alongTheGutter}>
      {rows.map((row, i) => (
        <CodeLine
          // Its place, not its line: another routine is written into the same elements.
          key={i}
          {...row}
          actor={actor}
          stops={stops.some((stop) => stop.actor === actor && stop.line === row.line)}
          reachable={i === first}
        />
      ))}
    </ol>
  );
}

interface CodeLineProps extends CodeRow {
  readonly actor: number;
  /** Runs stop where the actor comes here. */
  readonly stops: boolean;
  /** Tab leads to its place in the gutter; the arrow keys lead from there to the others. */
  readonly reachable: boolean;
}

const CodeLine = memo(function CodeLine(props: CodeLineProps) {
  const { actor, line, text, depth, mark, stops, reachable } = props;
  return (
    <li data-mark={mark} aria-current={mark === 'current' ? 'step' : undefined}>
      <button
        className="code-mark"
        aria-pressed={stops}
        aria-label={`Stop at “${text}”`}
        title={stops ? 'Runs stop here: press to let them pass' : 'Press to stop runs here'}
        tabIndex={reachable ? 0 : -1}
        onClick={() => toggleLine(actor, line)}
      >
        <span aria-hidden="true">{stops ? '●' : MARKS[mark]}</span>
      </button>
      <code style={{ paddingLeft: `${String(depth * 1.25)}em` }}>{text}</code>
    </li>
  );
});

/** The places of the gutter are one stop of Tab; the arrow keys go up and down among them. */
function alongTheGutter(event: KeyboardEvent<HTMLOListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const places = [...event.currentTarget.querySelectorAll<HTMLElement>('.code-mark')];
  const here = places.findIndex((place) => place === document.activeElement);
  if (here < 0) return;
  event.preventDefault();
  places[here + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

/** Scrolls the box, and nothing around it: the current line stands a third of the way down, however it was come to. */
function keepInView(box: HTMLElement): void {
  const current = box.querySelector<HTMLElement>('[data-mark="current"]');
  box.scrollTop = current === null ? 0 : current.offsetTop - (box.clientHeight - current.offsetHeight) / 3;
}
