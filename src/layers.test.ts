import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** A folder imports only from itself and from the folders before it. */
const layers = ['lib', 'program', 'explorer', 'machine', 'kernel', 'designs', 'properties', 'scenarios']
  .concat(['reports', 'formats', 'exercises', 'worker', 'cli'])
  .concat(['layout', 'store', 'views', 'lessons']);
const firstAfterCore = layers.indexOf('worker');
const uiPackages = ['react', 'react-dom', 'zustand', 'd3', '@base-ui/react', 'react-resizable-panels'];

/** Packages each folder may use; core folders that are not named may use none, `any` is anything but Node's own. */
const packagesOf: Readonly<Record<string, readonly string[] | 'any' | 'any and node'>> = {
  formats: ['valibot', 'fflate'],
  cli: 'any and node',
  worker: ['fflate'],
  layout: ['d3'],
  store: ['zustand', 'idb-keyval'],
  views: 'any',
  lessons: 'any',
  '': 'any',
};
/** Tests, and what only tests use. */
const isTest = (path: string) => /\.test\.tsx?$|\/testing\//.test(path);

interface SourceFile {
  /** From `src`, with slashes: `kernel/fault.ts`. */
  readonly path: string;
  readonly text: string;
}

/** What a file names in imports, re-exports, `import()` and `new URL('…', import.meta.url)` (workers). */
function importsOf({ text }: SourceFile): string[] {
  const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const urls = [...text.matchAll(/new URL\(\s*['"`]([^'"`]+\.tsx?)['"`],\s*import\.meta\.url/g)];
  return [...imports, ...urls.map(([, specifier = '']) => specifier)].map((name) =>
    name.replace(/\?.*$/, ''),
  );
}

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

function relativeComplaint(path: string, specifier: string): string | undefined {
  if (extname(specifier) === '') return 'does not say which file (no extension)';
  const target = posix.join(posix.dirname(path), specifier);
  if (target.startsWith('..')) return isTest(path) ? undefined : 'is outside src';
  const [from, to] = [folderOf(path), folderOf(target)];
  if (from === '') return to === 'cli' ? 'is not for pages' : undefined;
  if (to === '') return 'is above every folder';
  if (from !== 'cli' && to === 'cli') return 'is for Node only';
  return layers.indexOf(to) > layers.indexOf(from) ? `is in a later layer than ${from}` : undefined;
}

function packageComplaint(path: string, specifier: string): string | undefined {
  const folder = folderOf(path);
  const allowed = packagesOf[folder] ?? [];
  if (isTest(path) || allowed === 'any and node') return undefined;
  if (specifier.startsWith('node:')) return `is Node's own, and ${folder || 'the page'} runs in a browser`;
  if (allowed === 'any') return undefined;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return allowed.includes(name) ? undefined : `is not a package that ${folder} may use`;
}

function complaintsAbout(file: SourceFile): string[] {
  const folder = folderOf(file.path);
  if (folder !== '' && !layers.includes(folder))
    return [`${file.path}: src/${folder} has no place in the layers`];
  return importsOf(file).flatMap((specifier) => {
    const complain = specifier.startsWith('.') ? relativeComplaint : packageComplaint;
    const complaint = complain(file.path, specifier);
    return complaint === undefined ? [] : [`${file.path}: ${specifier} ${complaint}`];
  });
}

function sourceFiles(): SourceFile[] {
  const src = dirname(fileURLToPath(import.meta.url));
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(src, path), 'utf8') }));
}

describe('the layers', () => {
  it('are kept by every file: imports only from the same folder or one above', () => {
    const files = sourceFiles();
    expect(files.length).toBeGreaterThan(3);
    expect(files.flatMap(importsOf).length).toBeGreaterThan(3);
    expect(files.flatMap(complaintsAbout)).toEqual([]);
  });

  const broken: readonly [why: string, path: string, text: string][] = [
    ['an import from a later folder', 'lib/rng.ts', "import { a } from '../kernel/a.ts';"],
    ['a type from a later folder', 'machine/a.ts', "import type { Design } from '../designs/design.ts';"],
    ['a re-export from a later folder', 'kernel/a.ts', "export { a } from '../scenarios/tree.ts';"],
    ['a dynamic import of a later folder', 'program/a.ts', "const a = import('../views/app.tsx');"],
    ['a worker of a later folder', 'formats/a.ts', "new URL('../worker/entry.ts', import.meta.url)"],
    ['a page that imports from cli', 'views/app.tsx', "import { a } from '../cli/walk.ts';"],
    ['an entry that imports from cli', 'main.tsx', "import { a } from './cli/walk.ts';"],
    ['Node in a parser', 'formats/a.ts', "import { readFileSync } from 'node:fs';"],
    ['Node in a page', 'views/a.tsx', "import { join } from 'node:path';"],
    ['a missing extension', 'kernel/a.ts', "import { a } from './b';"],
    ['a folder without a place', 'utils/a.ts', ''],
    ['React in the geometry', 'layout/a.ts', "import { useState } from 'react';"],
  ];
  it.each(broken)('would be broken by %s', (_why, path, text) => {
    expect(complaintsAbout({ path, text })).toHaveLength(1);
  });

  it.each(layers.slice(0, firstAfterCore))('keep the user interface and Node out of %s', (folder) => {
    for (const name of [...uiPackages, 'node:fs', 'react/jsx-runtime']) {
      const file = { path: `${folder}/a.ts`, text: `import '${name}';` };
      expect(complaintsAbout(file), name).toHaveLength(1);
    }
  });
});
