/** What lmbench said of a page fault, in µs: the lowest and the highest value of the mails. */
export interface Measured {
  readonly kernel: string;
  readonly lowUs: number;
  readonly highUs: number;
}

/** Without relocation, both on one machine (Biro and Dickins, linux-mm, 29 April 2008). */
const K23: Measured = { kernel: '2.6.23', lowUs: 1.96, highUs: 2.05 };
const K25: Measured = { kernel: '2.6.25-rc9', lowUs: 2.14, highUs: 2.26 };

/** Slow-downs of that fault, in %, as the cover letters say (19 March and 29 April 2008). Compared with, never used. */
const SLOWDOWNS: Readonly<Record<string, number>> = { '2008-03-19': 3, '2008-04-29': 1.6 };

/** The last posting against 2.6.23; all later ones, and ours, are against 2.6.25-rc9. */
const LAST_ON_23 = '2008-03-19';

/** The fault without relocation in the kernel that a version was made for. */
export function baseOf(version: string): Measured {
  return /^\d{4}-/.test(version) && version <= LAST_ON_23 ? K23 : K25;
}

export function publishedSlowdown(version: string): number | null {
  return SLOWDOWNS[version] ?? null;
}

export const middleNs = ({ lowUs, highUs }: Measured): number => ((lowUs + highUs) / 2) * 1000;
