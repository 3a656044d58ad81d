/** Ends of a command: 0 done, 1 it could not be done, 2 it was not asked for in a way we understand. */
export type ExitCode = 0 | 1 | 2;

/** A command was called in a way that it does not understand; `message` says how to call it. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Something outside is not as the command needs it; `message` says so in whole sentences. */
export class CommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandError';
  }
}

/** Writes a line for the person, on stderr: stdout is for results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

/** Writes all of `text` on stdout; resolves once it is handed over, or once nobody reads on (`| head`). */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null): void => {
      if (error && !isClosedPipe(error)) reject(error);
      else resolve();
    };
    process.stdout.once('error', settle);
    process.stdout.write(text, settle);
  });
}

/** Runs a command and sets the exit code; errors of the known kinds are said in their own words, without a stack. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const known = error instanceof Error && ['UsageError', 'CommandError', 'FileError'].includes(error.name);
    say(known ? error.message : `This is a bug of the command itself: ${String((error as Error).stack)}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
