import { Fragment } from 'react';
import type { Scene } from '../../machine/decode.ts';
import { frameText } from '../../machine/words.ts';
import type { World } from '../../machine/world.ts';
import { FrameChip } from './frame-chip.tsx';
import { pointing, toggleSelected } from './linked.ts';

const known = new WeakMap<World, ReadonlyMap<string, number>>();

/** Frames by what texts call them: those that a step can name. */
function framesByText(world: World): ReadonlyMap<string, number> {
  const earlier = known.get(world);
  if (earlier !== undefined) return earlier;
  const frames = new Map<string, number>();
  for (let frame = 1; frame <= world.frames; frame++) frames.set(frameText(world, frame), frame);
  known.set(world, frames);
  return frames;
}

const NAMES = /(CPU\d+|frame (?:0x[0-9a-f]+|\d+))/;

/** The frames that a text names, in its order. */
export function framesNamed(world: World, text: string): readonly number[] {
  return text.split(NAMES).flatMap((piece) => framesByText(world).get(piece) ?? []);
}

/** A CPU's name that points at what it does, in every view. */
export function CpuLink({ cpu }: { readonly cpu: number }) {
  const selection = { kind: 'cpu', cpu } as const;
  return (
    <button
      className="cpu-link"
      data-cpu={cpu % 4}
      onClick={() => toggleSelected(selection)}
      {...pointing(selection)}
    >
      CPU{cpu}
    </button>
  );
}

interface RichTextProps {
  readonly scene: Scene;
  readonly text: string;
}

/** A sentence of the engine, with the frames and CPUs that it names made to point at them. */
export function RichText({ scene, text }: RichTextProps) {
  const frames = framesByText(scene.world);
  return text.split(NAMES).map((piece, i) => {
    const frame = frames.get(piece);
    const cpu = /^CPU(\d+)$/.exec(piece)?.[1];
    return (
      <Fragment key={i}>
        {frame !== undefined ? (
          <FrameChip scene={scene} frame={frame} />
        ) : cpu !== undefined ? (
          <CpuLink cpu={Number(cpu)} />
        ) : (
          piece
        )}
      </Fragment>
    );
  });
}
