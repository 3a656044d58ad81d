import { FileError } from './file-error.ts';

/** Bytes of a page and pages of memory in OSTEP's homework "paging-multilevel-translate.py". */
export const OSTEP_PAGE_BYTES = 32;
export const OSTEP_PAGES = 128;
/** A virtual address there has 15 bits. */
const VA_END = 1 << 15;

/** What that program prints: all of memory, where the page directory is, and what is asked. */
export interface OstepDump {
  /** 4096 bytes, page after page. */
  readonly memory: Uint8Array;
  /** The page that holds the page directory: 0 to 127. */
  readonly pdbr: number;
  /** In the order of the file: 0 to 0x7fff. */
  readonly addresses: readonly number[];
}

interface Reading {
  readonly name: string;
  readonly memory: Uint8Array;
  readonly seen: Set<number>;
  pdbr: number | null;
  readonly addresses: number[];
}

/**
 * Reads such a dump. Pages may come in any order, their bytes with or without spaces; other lines (the arguments, prose,
 * answers of `-c`, comments from `#` on) are passed by. Throws a FileError when a page, the PDBR or the addresses are missing.
 */
export function parseOstepDump(name: string, text: string): OstepDump {
  const memory = new Uint8Array(OSTEP_PAGES * OSTEP_PAGE_BYTES);
  const reading: Reading = { name, memory, seen: new Set(), pdbr: null, addresses: [] };
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, i) => readLine(reading, line.replace(/#.*$/, '').trim(), i + 1));
  return checked(reading);
}

function readLine(reading: Reading, line: string, number: number): void {
  const [, kind = ''] = /^(page|pdbr|virtual)(?=[\s:\d])/i.exec(line) ?? [];
  switch (kind.toLowerCase()) {
    case 'page':
      readPage(reading, line, number);
      return;
    case 'pdbr':
      readPdbr(reading, line, number);
      return;
    case 'virtual':
      readAddress(reading, line, number);
  }
}

function wrong({ name }: Reading, what: string): FileError {
  return new FileError(
    'damaged',
    `${name} cannot be solved: ${what}. Nothing was solved. Save again what paging-multilevel-translate.py prints.`,
  );
}

const lineText = (number: number): string => `line ${String(number)}`;

function readPage(reading: Reading, line: string, number: number): void {
  const [, digits = '', rest = ''] = /^page\s*(\d+)\s*:(.*)$/i.exec(line) ?? [];
  const page = digits === '' ? NaN : Number(digits);
  if (!(page < OSTEP_PAGES))
    throw wrong(reading, `${lineText(number)} names no page from 0 to ${String(OSTEP_PAGES - 1)}`);
  if (reading.seen.has(page))
    throw wrong(reading, `${lineText(number)} gives page ${String(page)} a second time`);
  const hex = rest.replace(/\s+/g, '');
  if (!/^[0-9a-f]*$/i.test(hex))
    throw wrong(reading, `page ${String(page)} (${lineText(number)}) holds something other than hex digits`);
  if (hex.length !== OSTEP_PAGE_BYTES * 2)
    throw wrong(
      reading,
      `page ${String(page)} (${lineText(number)}) has ${String(hex.length)} hex digits where ${String(OSTEP_PAGE_BYTES * 2)} make its 32 bytes`,
    );
  reading.seen.add(page);
  for (let i = 0; i < OSTEP_PAGE_BYTES; i++)
    reading.memory[page * OSTEP_PAGE_BYTES + i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
}

function readPdbr(reading: Reading, line: string, number: number): void {
  const [, digits = ''] = /^pdbr\s*:?\s*(\d+)(?![\da-z])/i.exec(line) ?? [];
  const pdbr = digits === '' ? NaN : Number(digits);
  if (!(pdbr < OSTEP_PAGES))
    throw wrong(reading, `the PDBR of ${lineText(number)} is no decimal page number below 128`);
  if (reading.pdbr !== null && reading.pdbr !== pdbr)
    throw wrong(reading, `${lineText(number)} gives a second PDBR`);
  reading.pdbr = pdbr;
}

function readAddress(reading: Reading, line: string, number: number): void {
  const [, digits = ''] = /^virtual\s+address\s*:?\s*(?:0x)?([0-9a-f]+)(?![0-9a-z])/i.exec(line) ?? [];
  const va = digits === '' ? NaN : parseInt(digits, 16);
  if (!(va < VA_END))
    throw wrong(reading, `${lineText(number)} asks about no hex address of 15 bits (0 to 7fff)`);
  reading.addresses.push(va);
}

function checked(reading: Reading): OstepDump {
  const { memory, seen, pdbr, addresses } = reading;
  const missing = Array.from({ length: OSTEP_PAGES }, (_, page) => page).filter((page) => !seen.has(page));
  if (missing.length === OSTEP_PAGES) throw wrong(reading, 'it has no line "page N: ..."');
  if (missing.length > 0)
    throw wrong(reading, `${String(missing.length)} pages are missing, the first is ${String(missing[0])}`);
  if (pdbr === null) throw wrong(reading, 'it has no line "PDBR: N"');
  if (addresses.length === 0) throw wrong(reading, 'it has no line "Virtual Address X:"');
  return { memory, pdbr, addresses };
}
