/**
 * The chance that two different states among so many were taken for one is below this (64-bit fingerprints). `images`: each state was kept by the least
 * fingerprint of so many images; the least of several is the same as another least one so many times as often.
 */
export function missedChance(states: number, images = 1): number {
  return (states ** 2 / 2 ** 65) * (images ** 2 / (2 * images - 1));
}
