import * as v from 'valibot';

const numeral = /^(0[xX][0-9a-fA-F]{1,16}|\d{1,20})$/;

/** A number as these files write it, hex or decimal, in a string or bare: 0 to 2^64 - 1. */
const quantity = v.pipe(
  v.union([
    v.pipe(v.string(), v.trim(), v.regex(numeral, 'expected a hex or decimal number')),
    v.pipe(v.number(), v.safeInteger('expected a whole number'), v.minValue(0)),
  ]),
  v.transform((value) => BigInt(value)),
  v.maxValue((1n << 64n) - 1n, 'expected at most 64 bits'),
);

const entries = v.nullish(v.record(v.string(), quantity), {});

const table = v.object({
  level: v.union([v.string(), v.number()]),

  node: v.nullish(v.number()),
  entries,
});

const node = v.object({
  id: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  base: quantity,
  size: quantity,
});

/** The fields of a ptlab-truth-1 file that we use; all but `userTables` may be missing. Others are ignored. */
export const truthSchema = v.object({
  format: v.string(),
  name: v.nullish(v.string()),
  kernel: v.nullish(v.string()),
  levels: v.nullish(v.array(v.string())),
  entrySize: v.nullish(quantity),
  mode: v.nullish(v.string()),
  process: v.nullish(v.object({ who: v.nullish(v.string()), pid: v.nullish(v.number()) })),
  regs: v.nullish(v.record(v.string(), v.unknown()), {}),
  nodes: v.nullish(v.array(node)),
  maps: v.nullish(v.array(v.string())),
  numa_maps: v.nullish(v.array(v.string())),
  vmPTEkB: v.nullish(v.union([v.number(), v.string()])),
  userTables: v.record(v.string(), table),
});

export type TruthFile = v.InferOutput<typeof truthSchema>;
export type TruthTable = v.InferOutput<typeof table>;

/** A register's value, or null when the file has none or writes it in another way. */
export function register({ regs }: TruthFile, name: string): bigint | null {
  const result = v.safeParse(quantity, regs[name]);
  return result.success ? result.output : null;
}
