import type { ReactNode } from 'react';
import { at } from '../../lib/at.ts';
import type { CpuState, Scene } from '../../machine/decode.ts';
import { entryFrame } from '../../machine/entry.ts';
import { pfnText } from '../../machine/words.ts';
import { elementKey } from '../threads/changes.ts';
import { namedFrame, namedTarget } from '../threads/frame-chip.tsx';
import { pageSizeText } from './page-size.ts';
import { Slot, type SlotProps } from './slot.tsx';
import { tableStaleness, tlbStaleness } from './staleness.ts';

interface CacheTablesProps {
  readonly scene: Scene;
  readonly state: CpuState;
  readonly changed: ReadonlySet<string>;
}

/** The TLB, each level of paging-structure cache, and PAE's registers. */
export function CacheTables({ scene, state, changed }: CacheTablesProps) {
  return (
    <div className="caches" data-long={pfnText(scene.world.pfn[1] ?? 0).length > 4}>
      <TlbTable scene={scene} state={state} changed={changed} />
      <WalkTable scene={scene} state={state} changed={changed} />
      {state.pdptes.length > 0 && <PdpteTable scene={scene} state={state} changed={changed} />}
    </div>
  );
}

function TlbTable({ scene, state, changed }: CacheTablesProps) {
  const { world } = scene;
  const sizes = new Set(world.vas.map(({ leaf }) => pageSizeText(world, leaf)));
  return (
    <CacheGroup
      title="TLB"
      hint={sizes.size === 1 ? `address → ${[...sizes].join('')} page` : 'address → page'}
    >
      {state.tlb.map((slot) => {
        const vas = slot.vas.map((id) => at(world.vas, id));
        return (
          <Slot
            key={slot.slot}
            name={vas.map(({ name }) => name).join(', ')}
            title={vas.map(({ address }) => `0x${address.toString(16)}`).join(', ')}
            entry={slot.entry}
            leadsTo={namedTarget(scene, slot.entry)}
            note={sizes.size > 1 ? pageSizeText(world, vas[0]?.leaf ?? 0) : ''}
            staleness={tlbStaleness(scene, state.mm, slot)}
            {...changes(elementKey('cpu.tlb', slot.slot, state.cpu), changed)}
          />
        );
      })}
    </CacheGroup>
  );
}

/** A row for each slot, the levels one after the other. */
function WalkTable({ scene, state: { cpu, walkCache }, changed }: CacheTablesProps) {
  return (
    <CacheGroup title="Walk caches" hint="prefix → next table">
      {[...walkCache]
        .sort((a, b) => a.level - b.level)
        .map(({ slot, name, prefix, frame }) => (
          <Slot
            key={slot}
            name={`${name} ${prefixText(prefix)}`}
            title={prefixTitle(scene, prefix)}
            entry={null}
            leadsTo={frame === 0 ? null : namedFrame(scene, frame)}
            note=""
            staleness={tableStaleness(scene, frame)}
            {...changes(elementKey('cpu.walk_cache', slot, cpu), changed)}
          />
        ))}
    </CacheGroup>
  );
}

/** Indices from the top down: `0·3`. */
function prefixText(prefix: readonly number[]): string {
  return prefix.join('·');
}

function prefixTitle({ world }: Scene, prefix: readonly number[]): string {
  const way = prefix.map((index, level) => `${at(world.levels, level).name.toLowerCase()}[${String(index)}]`);
  const vas = world.vas.filter(({ path }) => prefix.every((index, level) => path[level] === index));
  return `${way.join(', ')}: on the way to ${vas.map(({ name }) => name).join(', ')}`;
}

function PdpteTable({ scene, state, changed }: CacheTablesProps) {
  return (
    <CacheGroup title="PDPTE registers" hint="loaded with CR3">
      {state.pdptes.map((entry, i) => (
        <Slot
          key={i}
          name={`PDPTE${String(i)}`}
          title={`Register ${String(i)}: the top entry for gigabyte ${String(i)}`}
          entry={entry}
          leadsTo={namedTarget(scene, entry)}
          note=""
          staleness={tableStaleness(scene, entryFrame(entry))}
          {...changes(elementKey('cpu.pdpte', i, state.cpu), changed)}
        />
      ))}
    </CacheGroup>
  );
}

interface CacheGroupProps {
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}

function CacheGroup({ title, hint, children }: CacheGroupProps) {
  return (
    <div className="cache-group" role="group" aria-label={title}>
      <h4>
        {title} <span>{hint}</span>
      </h4>
      <ul>{children}</ul>
    </div>
  );
}

/** Which element of the state a slot is, and whether the last step changed it. */
function changes(element: string, changed: ReadonlySet<string>): Pick<SlotProps, 'element' | 'changed'> {
  return { element, changed: changed.has(element) };
}
