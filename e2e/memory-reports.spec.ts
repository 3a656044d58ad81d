import { deflateSync } from 'node:zlib';
import { expect, test } from './guarded.ts';

/** Work in the worker may take its time on a busy machine. */
const patient = { timeout: 90_000 };

/** A machine of 4096 frames: half free, a page table in between. */
const machine = {
  format: 'limbo-machine',
  version: 1,
  name: 'tiny',
  kernel: 'Linux',
  frames: 4096,
  zones: [
    { node: 0, name: 'Normal', startPfn: 0, spanned: 4096, managed: 4096, free: [0, 0, 1], blocks: {} },
  ],
  ram: [[0, 4096]],
  words: [
    ['400', 0],
    ['4000000', 0],
    ['5828', 1],
  ],
  // 2000 frames of word 0, 96 of word 1, 2000 of word 2; seven bits a byte, low ones first.
  runs: deflateSync(Uint8Array.of(208, 15, 0, 96, 1, 208, 15, 2)),
  meminfo: { PageTables: 384, MemTotal: 16_384, MemFree: 8000, SUnreclaim: 40 },
  meminfoLater: { PageTables: 384 },
  freeLater: 4,
  missing: [],
};
/** A zlib stream without its head and tail is the deflated text. */
const file = {
  name: 'tiny.limbo.json',
  mimeType: 'application/json',
  buffer: Buffer.from(
    JSON.stringify({ ...machine, runs: machine.runs.subarray(2, -4).toString('base64'), runBytes: 8 }),
  ),
};

test('a node is removed step by step, from the keyboard, and who keeps it is said frame by frame', async ({
  page,
}) => {
  await page.goto('#screen=reports&report=hotremove');
  const memory = page.getByRole('combobox', { name: /^Memory/ });
  await memory.selectOption({ label: 'two nodes of 2,048 frames' });
  await expect(page.getByText('The range is offline.')).toBeVisible(patient);
  const slider = page.getByRole('slider', { name: 'Step shown' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/^Step 1 of .*isolated/)).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByText(/frames [\d,]+ to [\d,]+ are offline/)).toBeVisible();
  await page.getByLabel('On the map').selectOption({ label: 'tables stay' });
  await expect(page.getByRole('region', { name: 'Frames that stay' })).toContainText(
    'nothing here can move it',
  );
  await page.getByLabel('On the map').selectOption({ label: 'tables move, kernel memory inside' });
  await expect(page.getByRole('region', { name: 'Frames that stay' })).toContainText(
    'the kernel’s own memory',
  );
});

test('a huge page is had only when tables move; the map is read with arrow keys', async ({ page }) => {
  await page.goto('#screen=reports&report=defrag');
  await expect(page.getByText('no block is large enough, the huge page is refused.')).toBeVisible(patient);
  await expect(page.getByText(/the huge page is mapped at frame/)).toBeVisible();
  await page.getByRole('button', { name: 'End', exact: true }).press('Enter');
  await expect(page.getByText(/^Step ([\d,]+) of \1: the huge page is mapped/)).toBeVisible();
  await page.getByRole('application', { name: /Frames during compaction/ }).press('ArrowRight');
  await expect(page.getByText(/^Frame 1, node 0: /)).toBeVisible();
});

test('a machine’s file opens wherever it is given, and answers; a damaged one is refused in words', async ({
  page,
}) => {
  await page.goto('');
  await page.getByLabel('File of a process').setInputFiles(file);
  await expect(page.getByText('Page tables are the largest non-movable use of memory here')).toBeVisible(
    patient,
  );
  await expect(page.getByRole('region', { name: 'Memory by use' })).toContainText('page tables');
  const map = page.getByRole('application', { name: /Memory of tiny/ });
  await map.press('End');
  await expect(page.getByText('Frame 0xfff (node 0, Normal): anonymous')).toBeVisible();
  await page
    .getByLabel('File of a machine')
    .setInputFiles({ ...file, buffer: Buffer.from('{"limbo-machine"') });
  await expect(page.getByText('tiny.limbo.json is damaged')).toBeVisible(patient);
});

test('who has no machine’s file opens the example, all of its 6.5 million frames', async ({ page }) => {
  await page.goto('#screen=reports&report=machine');
  await page.getByRole('button', { name: /Open the example/ }).press('Enter');
  await expect(page.getByRole('region', { name: 'Pageblocks by migrate type' })).toContainText(
    'Unmovable',
    patient,
  );
  const map = page.getByRole('application', { name: /Memory of/ });
  await map.press('End');
  await expect(page.getByText(/^Frame 0x63ffff \(node 0, Normal\): /)).toBeVisible();
});
