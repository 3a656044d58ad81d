import { memo } from 'react';
import { columnPx } from '../../layout/tree-size.ts';
import type { ChipMark, Picture } from './tree-model.ts';
import type { Plan } from './tree-plan.ts';

interface RailsProps {
  readonly plan: Plan;
  readonly picture: Picture;
}

/** Over the tree: the names of the levels, and for each CPU its CR3 and whatever of it still leads to an old table. */
export function CpuRails({ plan, picture }: RailsProps) {
  const { sizes, world, widthPx } = plan;
  return (
    <g>
      <g aria-hidden="true">
        {[...world.levels.map(({ name }) => name), 'pages'].map((name, level) => (
          <text key={name} className="tree-level" x={columnPx(sizes, level)} y={14}>
            {name}
          </text>
        ))}
      </g>
      {picture.rails.map(({ cpu, y, heightPx, chips }) => (
        <g
          key={cpu}
          className={`tree-rail cpu-${String(cpu % 4)}`}
          role="group"
          aria-label={`CPU${String(cpu)}`}
        >
          <rect className="tree-rail-body" x={0} y={y} width={widthPx} height={heightPx - 2} rx={4} />
          <text className="tree-rail-name" x={8} y={y + 18}>
            CPU{cpu}
          </text>
          {chips.map((chip) => (
            <Chip {...chip} key={chip.key} />
          ))}
        </g>
      ))}
    </g>
  );
}

const Chip = memo(function Chip(chip: Omit<ChipMark, 'key'>) {
  const { x, y, widthPx, text, stale, changed, says } = chip;
  return (
    <g
      className={`tree-chip${stale ? ' is-stale' : ''}${changed ? ' is-changed' : ''}`}
      transform={`translate(${String(x)} ${String(y)})`}
      role="img"
      aria-label={says}
    >
      <title>{says}</title>
      <rect width={widthPx} height={20} rx={4} />
      <text x={7} y={14.5}>
        {stale ? `⇢ ${text}` : text}
      </text>
    </g>
  );
});
