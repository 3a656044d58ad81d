import { type ChunkWords, takeTouched } from '../explorer/chunks.ts';
import { choicesOf } from './choices.ts';
import { branchViews } from './branch-views.ts';
import type { Moment } from './moment-messages.ts';
import type { Opened, ProgramView, ScheduleNotes } from './protocol.ts';
import { nothingShown, type Session } from './session.ts';
import { tellRecords } from './sent-records.ts';
import { stepWrites } from './step-writes.ts';
import type { Stopped } from './stops.ts';

/** The moment at the cursor, as a difference to what the page was sent before. */
export function momentOf(session: Session, stopped: Stopped | null = null): Moment {
  const { run, records, shown, tree } = session;
  const { words } = run.machine;
  const whole = !shown.words;
  const keep = shown.records;
  const sameBranches = shown.branches === tree.version;
  // Asked in any case, since it takes the marks away.
  const written = takeTouched(run.snapshots.chunks, words);
  session.shown = { ...shown, words: true, records: records.length, branches: tree.version };
  return {
    kind: 'moment',
    cursor: run.cursor,
    length: run.moves.length,
    words: whole ? words.slice() : null,
    written: whole ? nothingWritten() : written,
    ...changesOfStep(session),
    choices: choicesOf(session),
    ...tellRecords(shown.sent, records, keep),
    places: session.places.filter(({ since }) => whole || since > keep),
    branch: tree.current,
    branches: sameBranches ? null : branchViews(session),
    stopped,
  };
}

const nothingWritten = (): ChunkWords => ({ chunks: new Int32Array(0), values: new Int32Array(0) });

/** What the step before the cursor did, by the places of the words. */
function changesOfStep({ run }: Session): Pick<Moment, 'changed' | 'before'> {
  const writes = stepWrites(run, run.cursor - 1).toSorted((a, b) => a.offset - b.offset);
  return {
    changed: Int32Array.from(writes, ({ offset }) => offset),
    before: Int32Array.from(writes, ({ before }) => before),
  };
}

const NO_NOTES: ScheduleNotes = { skipped: [], answered: [] };

/** The first answer of a session: the world, its programs, and the moment at the cursor. */
export function openedOf(session: Session, notes: ScheduleNotes = NO_NOTES): Opened {
  const { scenario, source, design, built, file } = session;
  const programs = built.model.actors.map(({ program }): ProgramView => {
    const { name, lines, calls, pcField, locals } = program;
    return { name, lines, calls, lineOf: program.instrs.map((instr) => instr.line), pcField, locals };
  });
  session.shown = nothingShown();
  const { title, about } = scenario;
  const { world, actors } = built;
  const layout = built.model.layout;
  return {
    kind: 'opened',
    title,
    about,
    source,
    design,
    world,
    layout,
    actors,
    programs,
    file,
    notes,
    moment: momentOf(session),
  };
}
