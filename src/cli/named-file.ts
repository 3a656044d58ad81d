import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError } from './say.ts';

/** npm runs a script in the folder of package.json; a relative name is meant from where the person stands. */
function locate(file: string): string {
  const fromCaller = resolve(process.env['INIT_CWD'] ?? '.', file);
  return existsSync(file) ? file : fromCaller;
}

/** The bytes of a file that was named on the command line. `undone` says what was not done when it cannot be read. */
export function readNamedFile(file: string, undone: string): Uint8Array {
  try {
    return readFileSync(locate(file));
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}. ${undone}`);
  }
}
