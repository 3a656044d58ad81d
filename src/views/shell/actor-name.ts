import type { ActorInfo } from '../../scenarios/build.ts';

/** How an actor is called everywhere on the page: `CPU1 relocate`. */
export function actorName(actor: ActorInfo | undefined): string {
  if (actor === undefined) return '';
  return actor.cpu < 0 ? actor.name : `CPU${String(actor.cpu)} ${actor.name}`;
}

/** The same where there is little room. */
export function shortActorName(actor: ActorInfo | undefined): string {
  return actorName(actor).replace(' handler', '');
}
