import type { Locator, Page } from '@playwright/test';
import { CHALLENGES } from '../src/lessons/challenges.ts';
import { best } from '../src/lessons/testing/best.ts';
import type { Schedule } from '../src/worker/protocol.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { press } from './workbench.ts';

/** Goes on with Tab until a control has the focus. */
async function reach(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let i = 0; i < 120; i++) {
    if (await control.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(control).toBeFocused();
}

/** A schedule as keys: whose turn it is, and for how many steps. */
function turnsOf(schedule: Schedule): readonly (readonly [key: string, times: number])[] {
  const starts = schedule.flatMap(([actor], i) => (schedule[i - 1]?.[0] === actor ? [] : [i]));
  return starts.map((start, i) => [
    String((schedule[start]?.[0] ?? 0) + 1),
    (starts[i + 1] ?? schedule.length) - start,
  ]);
}

/** Reaches the button with this name by Tab, and presses Enter on it. */
async function enter(page: Page, name: string | RegExp): Promise<void> {
  await reach(page, page.getByRole('button', { name, exact: true }));
  await page.keyboard.press('Enter');
}

test('a lesson is taken by keyboard: a prediction, the steps, why it was wrong, and it is remembered', async ({
  page,
}) => {
  await page.goto('./#screen=learn');
  await enter(page, 'Open “What a page table is”');
  await expect(page.getByText('Choose what you expect.')).toBeVisible();
  await reach(page, page.getByLabel('One', { exact: true }));
  await page.keyboard.press('Space');
  await expect(page.getByRole('list', { name: 'Do it' })).toBeVisible();
  await press(page, '1', 4);
  await expect(page.getByText('✗ Not as you said, but:')).toBeVisible();
  await expect(page.getByText('You said “One”.')).toBeVisible();
  await enter(page, 'Go on');
  await expect(page.getByText('Step 2 of 2')).toBeVisible();
  await page.goto('./#screen=learn');
  await expect(page.getByText('1 of 2 steps done')).toBeVisible();
});

test('a challenge by keyboard: a hint, it is won, one change stops it, and its code passes', async ({
  page,
}) => {
  // Three searches, here and on the page: seconds when the machine has nothing else to do.
  test.slow();
  const [challenge] = CHALLENGES;
  if (challenge === undefined) throw new Error('no challenges');
  const shortest = await best(challenge);
  const all = String(shortest.length);
  await page.goto('./#screen=learn&part=challenges');
  await enter(page, `Play “${challenge.title}”`);
  await expect(page.getByText('0 steps taken')).toBeVisible();
  await enter(page, 'Hint');
  await expect(page.getByText(/^Next: .+, key \d\. From here/)).toContainText(`it takes ${all} steps`);
  for (const [key, times] of turnsOf(shortest)) await press(page, key, times);
  await expect(page.getByText(`You needed ${all} steps, and no schedule is shorter.`)).toBeVisible();
  await enter(page, /after the flush/);
  await expect(page.getByText(/^This stops it .* none of the [\d,]+ states/)).toBeVisible();
  await reach(page, page.getByLabel('Your name, for a pass code'));
  await page.keyboard.type('Ada');
  const code = page.getByLabel('Pass code: give it to your teacher');
  await expect(code).toHaveValue(/^LIMBO1\*/);
  const text = await code.inputValue();
  await page.goto('./#screen=learn&part=check');
  await reach(page, page.getByLabel('Pass code of a learner'));
  await page.keyboard.insertText(text);
  await expect(page.getByText(`Ada won “${challenge.title}” with ${all} steps.`)).toBeVisible();
});

test('a sheet is the one that its link names, and prints without the page around it', async ({ page }) => {
  await page.goto('./#screen=learn&sheet=x86-64-4&seed=7');
  await untilIdle(page);
  await expect(page.getByText('Sheet x86-64-4, seed 7')).toBeVisible();
  await enter(page, 'Show the answers');
  await expect(page.getByText('Sheet x86-64-4, seed 7 · key')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeHidden();
  await expect(page.getByText('Read at').first()).toBeVisible();
});
