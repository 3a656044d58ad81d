import { at } from '../lib/at.ts';
import { pageShift } from '../machine/geometry.ts';
import { versionOf } from '../designs/versions.ts';
import type { Design } from '../kernel/design.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { captureScenario, nodeShares } from '../formats/capture-world.ts';
import { IMAGE_LEAF, IMAGE_P } from '../formats/image-flags.ts';
import { derivedKb, summarise, tableCounts } from '../formats/image-summary.ts';
import type { ImageVma, ProcessImage } from '../formats/process-image.ts';
import { problemsOf } from '../formats/scenario-check.ts';
import { resolveScenario, scenarioName, type ScenarioRef } from '../formats/scenario-document.ts';
import type { FileSummary, VmaSummary } from './file-summary.ts';
import type { Source } from './protocol.ts';

/** Something that was asked for and cannot be had; the message is for the reader. */
export class Refusal extends Error {}

export interface Resolved {
  readonly scenario: Scenario;
  readonly design: Design;
}

/** The scenario and design that a source names. Throws a Refusal when there is no such thing. */
export function resolveSource(source: Source, image: ProcessImage | null): Resolved {
  const version = versionOf(source.version);
  if (version === null)
    throw new Refusal(`There is no version ${source.version}. The run on screen was kept.`);
  const design = { ...version.design, ...source.overrides };
  if (source.kind === 'scenario') return { scenario: knownScenario(source.scenario), design };
  if (image === null) throw new Refusal('Open a file first: this run needs the tables of a real process.');
  return { scenario: captureScenario(image, source), design };
}

/** A document is checked here, too: what cannot be built would end the worker. */
function knownScenario(ref: ScenarioRef): Scenario {
  const [problem] = typeof ref === 'string' ? [] : problemsOf(ref);
  if (problem !== undefined)
    throw new Refusal(`This scenario cannot be run: ${problem.words} The run on screen was kept.`);
  const scenario = resolveScenario(ref);
  if (scenario === null)
    throw new Refusal(`There is no scenario ${scenarioName(ref)}. The run on screen was kept.`);
  return scenario;
}

/** What a file holds, in figures and names. */
export function summaryOfFile(image: ProcessImage): FileSummary {
  const { presentPages, hugePages } = summarise(image);
  const counts = tableCounts(image);
  return {
    kind: 'file',
    name: image.name,
    geometry: image.geometry.id,
    tables: image.geometry.levels.map(({ name }) => ({ level: name, count: counts[name] ?? 0 })),
    presentPages,
    hugePages,
    vmPteKb: image.facts.vmPteKb,
    derivedKb: derivedKb(image),
    nodes: nodeShares(image),
    vmas: vmaSummaries(image),
    missing: image.facts.missing,
  };
}

function vmaSummaries(image: ProcessImage): readonly VmaSummary[] {
  const pages = new Array<number>(image.vmas.length).fill(0);
  const bottom = image.geometry.levels.length - 1;
  for (const table of image.tables) {
    const { shift } = at(image.geometry.levels, table.level);
    let vma = firstVmaAt(image.vmas, table.vaBase);
    for (let i = 0; i < table.index.length; i++) {
      const flags = at(table.flags, i);
      if ((flags & IMAGE_P) === 0 || (table.level < bottom && (flags & IMAGE_LEAF) === 0)) continue;
      const address = table.vaBase + (BigInt(at(table.index, i)) << BigInt(shift));
      while (vma < image.vmas.length && at(image.vmas, vma).end <= address) vma += 1;
      if (vma < pages.length) pages[vma] = at(pages, vma) + 2 ** (shift - pageShift);
    }
  }
  return image.vmas.map(({ name, kind, start, end, perms }, i) => ({
    name: name === '' ? kind : name,
    start: start.toString(16),
    end: end.toString(16),
    perms,
    pages: at(pages, i),
  }));
}

function firstVmaAt(vmas: readonly ImageVma[], address: bigint): number {
  const found = vmas.findIndex(({ end }) => end > address);
  return found < 0 ? vmas.length : found;
}
