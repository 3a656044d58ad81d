import type { ActorInfo } from '../../scenarios/build.ts';

/** "CPU1 relocate"; what runs on no CPU has its name alone. */
export function actorName({ cpu, name }: ActorInfo): string {
  return cpu < 0 ? name : `CPU${String(cpu)} ${name}`;
}
