import { FileError } from '../formats/file-error.ts';
import { openMachine } from '../formats/open-file.ts';
import { machineReport, type MachineReport } from '../reports/machine/report.ts';
import type { MachineZone } from '../reports/machine/machine.ts';

export interface MachineParams {
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

/** A file that cannot be read is an answer, in words. */
export type MachineAnswer =
  | {
      readonly kind: 'machine';
      readonly report: MachineReport;
      readonly map: Uint8Array;
      readonly zones: readonly MachineZone[];
    }
  | { readonly kind: 'refused'; readonly message: string };

/** Reads a file of a machine's frames, and reports on it. */
export function machineOfFile({ name, bytes }: MachineParams): MachineAnswer {
  try {
    const machine = openMachine(new Uint8Array(bytes), name);
    return { kind: 'machine', zones: machine.zones, ...machineReport(machine) };
  } catch (error) {
    if (error instanceof FileError) return { kind: 'refused', message: error.message };
    throw error;
  }
}
