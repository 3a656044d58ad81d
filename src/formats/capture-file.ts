import * as v from 'valibot';
import { captureImage } from './capture-image.ts';
import { captureFormat, captureSchema, captureVersion } from './capture-schema.ts';
import type { CaptureFile } from './capture-schema.ts';
import { damaged, newerVersion } from './file-error.ts';
import type { ProcessImage } from './process-image.ts';

/** Turns a file of one version into one of the next. */
export type Upgrader = (file: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Under its key, what makes version key + 1 of version key. None yet: 1 is the first. */
const upgraders: ReadonlyMap<number, Upgrader> = new Map();

const envelope = v.looseObject({
  format: v.literal(captureFormat),
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});

/** Whether `format` of a JSON file says that it is a capture, of this or another version. */
export function isCaptureFormat(format: string): boolean {
  return format === captureFormat;
}

/** How far `upgrade` can bring a file, and how. */
export interface UpgradeChain {
  readonly newest: number;
  readonly upgraders: ReadonlyMap<number, Upgrader>;
}

const chain: UpgradeChain = { newest: captureVersion, upgraders };

/** The file in the newest version. Throws FileError for one that is newer still, or has no version. */
export function upgrade(json: unknown, fileName: string, { newest, upgraders: steps } = chain): unknown {
  const result = v.safeParse(envelope, json);
  if (!result.success) throw damaged(fileName, 'it does not say which version of the format it has');
  const { version } = result.output;
  if (version > newest) throw newerVersion(fileName, version, newest);
  let file: Record<string, unknown> = result.output;
  for (let from = version; from < newest; from++) {
    const step = steps.get(from);
    if (step === undefined) throw damaged(fileName, `version ${from} of captures was never published`);
    file = { ...step(file), version: from + 1 };
  }
  return file;
}

/** Checks a parsed capture file of any version and brings it to the newest. Throws FileError. */
export function parseCapture(json: unknown, fileName: string): CaptureFile {
  const result = v.safeParse(captureSchema, upgrade(json, fileName), { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue)?.slice(0, 80) ?? 'its content';
  throw damaged(fileName, `${field} is not as it should be (${issue.message.slice(0, 120)})`);
}

/** Reads a parsed capture file into an image. Throws FileError. */
export function readCapture(json: unknown, fileName: string): ProcessImage {
  return captureImage(parseCapture(json, fileName), fileName);
}
