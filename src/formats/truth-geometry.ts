import { geometries } from '../machine/geometry.ts';
import type { Geometry, GeometryId } from '../machine/geometry.ts';
import { register } from './truth-schema.ts';
import type { TruthFile } from './truth-schema.ts';

const byLevels: Readonly<Record<number, GeometryId>> = {
  2: 'x86-32',
  3: 'x86-32-pae',
  4: 'x86-64-4',
  5: 'x86-64-5',
};

/** The geometry of the file and how it was told, or null. */
export interface FoundGeometry {
  readonly geometry: Geometry;
  readonly why: string;
}

function found(levels: number, why: string): FoundGeometry | null {
  const id = byLevels[levels];
  return id === undefined ? null : { geometry: geometries[id], why };
}

/** Intel SDM vol. 3, 4.1.1: EFER.LMA (or LME) and CR4.LA57, else CR4.PAE. */
function fromRegisters(file: TruthFile): FoundGeometry | null {
  const cr4 = register(file, 'CR4');
  const efer = register(file, 'EFER') ?? 0n;
  if (cr4 === null) return null;
  if ((efer & 0x500n) !== 0n) return found((cr4 & 0x1000n) === 0n ? 4 : 5, 'from CR4 and EFER');
  return found((cr4 & 0x20n) === 0n ? 2 : 3, 'from CR4 and EFER');
}

/** Which geometry the tables have: the file's levels, else its registers, else the level names that its tables use. */
export function truthGeometry(file: TruthFile): FoundGeometry | null {
  const listed = file.levels?.length ?? 0;
  if (listed > 0) return found(listed, `the file lists ${String(listed)} levels`);
  const used = new Set(Object.values(file.userTables).map(({ level }) => level));
  return fromRegisters(file) ?? found(used.size, 'from the levels that its tables use');
}

/** CR4.PSE; on where the file does not say. Only two-level tables ask. */
export function hasLargePages(file: TruthFile): boolean {
  return ((register(file, 'CR4') ?? 0x10n) & 0x10n) !== 0n;
}

/** The physical address of the top table that CR3 names, or null. SDM tables 4-3, 4-7, 4-12, 4-13. */
export function topFromCr3(file: TruthFile, { id }: Geometry): number | null {
  const cr3 = register(file, 'CR3');
  if (cr3 === null) return null;
  if (id === 'x86-32-pae') return Number(cr3 & 0xffff_ffe0n);
  return Number(id === 'x86-32' ? cr3 & 0xffff_f000n : cr3 & 0xf_ffff_ffff_f000n);
}
