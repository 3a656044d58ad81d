import { FileError } from './file-error.ts';

const KEPT = 'Nothing was opened, and what was open before is as it was.';

/** `what` is a clause with no full stop, about the link or file named first. */
export function refused(where: string, what: string): FileError {
  return new FileError('damaged', `${where} ${what}. ${KEPT} Copy it again, or make it again.`);
}

/** Written by a later version of this program. */
export function tooNew(where: string, found: number, newest: number): FileError {
  return new FileError(
    'newer-version',
    `${where} was made by a newer version of this program (its form is ${String(found)}, this one knows up to ${String(newest)}). ${KEPT} Update this program.`,
  );
}
