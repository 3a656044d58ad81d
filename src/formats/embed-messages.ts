import * as v from 'valibot';

/** The form of the messages; raised whenever an old page would misread a new one. */
export const EMBED_VERSION = 1;

const limbo = v.literal(EMBED_VERSION);

const Message = v.variant('do', [
  /** `link`: what stands after `#` in a link to a moment. */
  v.object({ limbo, do: v.literal('open'), link: v.pipe(v.string(), v.maxLength(1_000_000)) }),
  v.object({ limbo, do: v.literal('seek'), cursor: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  v.object({ limbo, do: v.literal('step'), by: v.picklist([1, -1]) }),
  v.object({ limbo, do: v.literal('play') }),
  v.object({ limbo, do: v.literal('pause') }),
  v.object({ limbo, do: v.literal('tell') }),
]);

/** What a page around an embedded run may ask. */
export type EmbedMessage = v.InferOutput<typeof Message>;

/** What it hears. */
export type EmbedAnswer =
  | { readonly limbo: 1; readonly kind: 'ready' }
  | {
      readonly limbo: 1;
      readonly kind: 'moment';
      readonly title: string;
      readonly version: string;
      readonly cursor: number;
      readonly length: number;
      /** What the step before the cursor did, and what it broke; empty at the start. */
      readonly step: string;
      readonly violations: readonly { readonly property: string; readonly why: string }[];
    }
  | { readonly limbo: 1; readonly kind: 'refused'; readonly message: string };

/** The message in what came from a page around; null for what is none of ours. Never throws. */
export function parseEmbedMessage(data: unknown): EmbedMessage | null {
  const parsed = v.safeParse(Message, data);
  return parsed.success ? parsed.output : null;
}

/** True for what means us, and says it wrongly: it is answered in words. Anything else is not for us. */
export function isMeantForUs(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'limbo' in data && 'do' in data;
}
