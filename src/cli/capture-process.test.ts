import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { captureImage } from '../formats/capture-image.ts';
import { summarise } from '../formats/image-summary.ts';
import type { ImageSummary } from '../formats/process-image.ts';
import { captureProcess } from './capture-process.ts';
import { canRun, childrenOf, endProcesses, startProcess } from './live-process.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Emptied tables that the kernel keeps. */
const emptiedKb = 16;
const scenesFile = fileURLToPath(new URL('./capture-scenes.py', import.meta.url));
const isLinux =
  process.platform === 'linux' && process.arch === 'x64' && canRun('test', '-r', '/proc/self/smaps');
const hasPython = isLinux && canRun('python3', '-c', 'import ctypes');
const hasBash = isLinux && canRun('bash', '-c', 'true');

if (!isLinux)
  console.warn('Not tested: captures of running processes. This is not Linux on x86-64 with smaps.');
else if (!hasPython) console.warn('Not tested: captures of huge and sparse memory. There is no python3.');

async function summaryOf(pid: number): Promise<ImageSummary> {
  return summarise(captureImage(await captureProcess(pid), 'live'));
}

function expectAgreement({ derivedKb, vmPteKb }: ImageSummary): void {
  const keptKb = (vmPteKb ?? Number.NaN) - derivedKb;
  expect(keptKb).toBeGreaterThanOrEqual(0);
  expect(keptKb).toBeLessThanOrEqual(emptiedKb);
}

/** Sets up a scene and checks each of its processes. Says so when this machine cannot play it. */
async function checkScene(scene: string, hugePages?: number): Promise<void> {
  const { pid, said } = await startProcess('python3', scenesFile, scene);
  if (said !== 'ready') {
    console.warn(`Not tested: ${scene}. This machine says "${said}".`);
    return;
  }
  for (const each of [pid, ...childrenOf(pid)]) {
    const summary = await summaryOf(each);
    expectAgreement(summary);
    if (hugePages !== undefined) expect(summary.hugePages).toBe(hugePages);
  }
}

afterEach(endProcesses);

describe.skipIf(!isLinux)('the tables of a running process agree with its VmPTE', () => {
  it.skipIf(!hasBash)('bash', async () => {
    const { pid } = await startProcess('bash', '-c', 'echo ready; read -r < <(sleep 1000)');
    const summary = await summaryOf(pid);
    expectAgreement(summary);
    expect(summary.presentPages).toBeGreaterThan(100);
    expect(summary.tables.PTE).toBeGreaterThan(2);
  });

  it('node, with a terabyte reserved by 100 WebAssembly memories', async () => {
    const code = `const all = Array.from({ length: 100 }, () => new WebAssembly.Memory({ initial: 1, maximum: 65536 }));
      for (const { buffer } of all) new Uint8Array(buffer)[0] = 1;
      setInterval(() => all.length, 1e6); console.log('ready')`;
    const { pid } = await startProcess(process.execPath, '-e', code);
    const summary = await summaryOf(pid);
    expectAgreement(summary);
    expect(summary.tables.PTE).toBeGreaterThan(100);
  });
});

const scenes = [
  'huge_pages',
  'huge_page_split',
  'huge_page_split_and_joined',
  'huge_zeros',
  'huge_protnone',
].concat(['sparse', 'sparse_zeros', 'protnone', 'forked', 'shared', 'holes', 'guards', 'swapped']);

describe.skipIf(!hasPython)('python3 with memory of every sort agrees with its VmPTE', () => {
  it.each(scenes)('%s', (scene) => checkScene(scene));

  it('hugetlb, where root may reserve some', async () => {
    const pool = '/proc/sys/vm/nr_hugepages';
    const before = readFileSync(pool, 'utf8');
    try {
      writeFileSync(pool, String(Number(before) + 4));
    } catch {
      console.warn('Not tested: hugetlb. Only root may reserve its pages.');
      return;
    }
    try {
      await checkScene('hugetlb', 1);
    } finally {
      endProcesses();
      writeFileSync(pool, before);
    }
  });
});
