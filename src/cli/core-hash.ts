import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../', import.meta.url));

/** Folders whose sources decide a verdict. */
const FOLDERS = ['lib', 'program', 'explorer', 'machine', 'kernel', 'designs', 'properties', 'scenarios'];

/** SHA-256 over names and texts of the core's sources, folders within them too, tests and their helpers (`testing`) left out; in hex. */
export function coreHash(): string {
  const hash = createHash('sha256');
  for (const folder of FOLDERS)
    for (const path of readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' }).toSorted()) {
      const name = path.replaceAll('\\', '/');
      if (!name.endsWith('.ts') || name.endsWith('.test.ts') || `/${name}`.includes('/testing/')) continue;
      hash
        .update(`${folder}/${name}\0`)
        .update(readFileSync(join(src, folder, name)))
        .update('\0');
    }
  return hash.digest('hex');
}
