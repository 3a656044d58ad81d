/** Why a file was refused. */
export type FileErrorKind = 'not-recognised' | 'damaged' | 'newer-version' | 'unreadable';

/**
 * The one error that reading a file may throw. `message` is whole sentences for the person at the page: what
 * happened, what was kept, what to do.
 */
export class FileError extends Error {
  readonly kind: FileErrorKind;

  constructor(kind: FileErrorKind, message: string) {
    super(message);
    this.name = 'FileError';
    this.kind = kind;
  }
}

const kept = 'Nothing was opened, and what was open before is as it was.';

/** A file that begins well and then makes no sense. `what` is a clause with no full stop. */
export function damaged(name: string, what: string): FileError {
  return new FileError(
    'damaged',
    `${name} is damaged: ${what}. ${kept} Make the file again, or copy it again.`,
  );
}

/** A file of no kind that we read. */
export function notRecognised(name: string, what: string): FileError {
  const kinds =
    'a capture made by "npm run capture" or a ptlab-truth file (either may be compressed by gzip), or, in the page, a run or scenario that it saved';
  return new FileError('not-recognised', `${name} ${what}. ${kept} Choose ${kinds}.`);
}

/** A file that holds no machine, where one was asked for. */
export function notAMachine(name: string, what: string): FileError {
  return new FileError(
    'not-recognised',
    `${name} ${what}. ${kept} Choose a file made by "npm run capture -- --machine".`,
  );
}

/** A file that a later version of this program wrote. */
export function newerVersion(name: string, found: number, newest: number): FileError {
  const versions = `it has version ${String(found)}, and this one reads up to ${String(newest)}`;
  return new FileError(
    'newer-version',
    `${name} was written by a newer version of this program: ${versions}. ${kept} Update this program, or capture again with this version.`,
  );
}
