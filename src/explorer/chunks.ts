/** Words of a chunk: the entries of one real table. */
export const CHUNK_WORDS = 512;

/** What is known of the chunks of a state under way, so that nobody has to compare its millions of words. */
export interface Chunks {
  /** By chunk: a copy, never to be changed, that it is equal to; null where it was written since there was one. */
  readonly held: (Int32Array | null)[];
  /** By chunk: 1 where words were written since the marks were taken. */
  readonly touched: Uint8Array;
}

/** Nothing is held, nothing marked. */
export function createChunks(words: Int32Array): Chunks {
  const count = Math.ceil(words.length / CHUNK_WORDS);
  return { held: new Array<Int32Array | null>(count).fill(null), touched: new Uint8Array(count) };
}

/** Notes that the words at `offsets[from]` up to before `offsets[to]` were written. */
export function noteWrites(
  { held, touched }: Chunks,
  offsets: Int32Array,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  for (let i = from; i < to; i++) {
    const chunk = Math.floor((offsets[i] ?? 0) / CHUNK_WORDS);
    held[chunk] = null;
    touched[chunk] = 1;
  }
}

/** Copies of all chunks; those that are held already are shared. */
export function copyChunks({ held }: Chunks, words: Int32Array): readonly Int32Array[] {
  return held.map(
    (copy, chunk) => (held[chunk] = copy ?? words.slice(chunk * CHUNK_WORDS, (chunk + 1) * CHUNK_WORDS)),
  );
}

/** How many chunks differ from those copies, as far as is known without a look at the words. */
export function countOthers({ held }: Chunks, copies: readonly Int32Array[]): number {
  let others = 0;
  for (let chunk = 0; chunk < copies.length; chunk++) if (held[chunk] !== copies[chunk]) others += 1;
  return others;
}

/** Puts copies of all chunks into the words: the work is that of the chunks that differ. */
export function putChunks({ held, touched }: Chunks, copies: readonly Int32Array[], words: Int32Array): void {
  copies.forEach((copy, chunk) => {
    if (held[chunk] === copy) return;
    words.set(copy, chunk * CHUNK_WORDS);
    held[chunk] = copy;
    touched[chunk] = 1;
  });
}

/** Some chunks of a state: their numbers in order, and their words one after the other (the last chunk of a state may be short). */
export interface ChunkWords {
  readonly chunks: Int32Array;
  readonly values: Int32Array;
}

/** The chunks that were written since this was last asked, as they are now; takes their marks away. */
export function takeTouched({ touched }: Chunks, words: Int32Array): ChunkWords {
  const chunks: number[] = [];
  touched.forEach((mark, chunk) => {
    if (mark === 1) chunks.push(chunk);
  });
  const isShort = chunks.at(-1) === touched.length - 1;
  const missing = isShort ? touched.length * CHUNK_WORDS - words.length : 0;
  const values = new Int32Array(chunks.length * CHUNK_WORDS - missing);
  chunks.forEach((chunk, i) => {
    values.set(words.subarray(chunk * CHUNK_WORDS, (chunk + 1) * CHUNK_WORDS), i * CHUNK_WORDS);
  });
  touched.fill(0);
  return { chunks: Int32Array.from(chunks), values };
}

/** Puts chunks of one state into another of the same size. */
export function putWords({ chunks, values }: ChunkWords, words: Int32Array): void {
  chunks.forEach((chunk, i) => {
    words.set(values.subarray(i * CHUNK_WORDS, (i + 1) * CHUNK_WORDS), chunk * CHUNK_WORDS);
  });
}
