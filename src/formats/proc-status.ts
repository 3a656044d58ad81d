/** What /proc/PID/status tells that a capture needs. */
export interface ProcessStatus {
  readonly comm: string | null;
  /** VmPTE in KiB; null for a process without memory of its own (a kernel thread, a zombie). */
  readonly vmPteKb: number | null;
  /** One letter: R, S, D, T, Z, … */
  readonly state: string | null;
}

/** Parses /proc/PID/status. */
export function parseStatus(text: string): ProcessStatus {
  const vmPte = /^VmPTE:\s+(\d+) kB$/m.exec(text)?.[1];
  return {
    comm: /^Name:\t(.*)$/m.exec(text)?.[1] ?? null,
    vmPteKb: vmPte === undefined ? null : Number(vmPte),
    state: /^State:\t(\S)/m.exec(text)?.[1] ?? null,
  };
}

/** How many levels of tables the processes of this machine have, and the sentence that says why. */
export interface LevelsFound {
  readonly levels: 4 | 5;
  readonly why: string;
}

/**
 * Tells 4 from 5 levels: the kernel shows la57 in /proc/cpuinfo only while it uses five (arch/x86/kernel/cpu/common.c,
 * since 4.17), and then every process has five, whatever addresses it uses.
 * `highestVa` is the end of the highest user mapping.
 */
export function findLevels(cpuinfo: string, cmdline: string, highestVa: bigint): LevelsFound {
  if (highestVa > 1n << 47n)
    return { levels: 5, why: 'the process maps memory above 128 TiB, which takes 5 levels' };
  const la57 = /^flags\s*:.*\bla57\b/m.test(cpuinfo);
  if (la57 && /(^|\s)no5lvl(\s|$)/.test(cmdline))
    return { levels: 4, why: 'the kernel was started with no5lvl' };
  if (la57)
    return { levels: 5, why: '/proc/cpuinfo shows la57, so the kernel uses 5 levels for every process' };
  return { levels: 4, why: '/proc/cpuinfo does not show la57, so the kernel uses 4 levels' };
}
