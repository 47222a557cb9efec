// Who is in the room, from the list that the live channel sends. Pure.
import type { Peer } from "./audible-peers";

/** Browsers that send at once. Beyond it a full mesh asks too much of everyone's line: the others hear and see. */
export const MOST_SENDERS = 8;

export interface Presence {
  /** The others, one browser for each person. */
  readonly others: readonly Peer[];
  /** Peers that may send. */
  readonly senders: ReadonlySet<string>;
  /** Whether this person has since joined from another window: this one falls silent. */
  readonly replaced: boolean;
}

/** Read the list. Peer ids begin with the moment they were given, so the greatest of a person is the newest. */
export function read(peers: readonly Peer[], me: Pick<Peer, "peer" | "person">): Presence {
  const newest = new Map<string, Peer>();
  for (const each of peers) {
    const held = newest.get(each.person);
    if (!held || held.peer < each.peer) newest.set(each.person, each);
  }
  const mine = newest.get(me.person);
  const present = [...newest.values()].sort((a, b) => rank(a) - rank(b) || (a.peer < b.peer ? -1 : 1));
  return {
    others: present.filter((each) => each.person !== me.person),
    senders: new Set(present.slice(0, MOST_SENDERS).map((each) => each.peer)),
    replaced: mine !== undefined && mine.peer > me.peer,
  };
}

/** Which of a delegation's members stands in its one tile: who speaks, then the head, then who came first. */
export function shown(members: readonly Peer[], speaker: string): Peer | null {
  const order = (peer: Peer) => (peer.person === speaker ? 0 : peer.roles.includes("chair") ? 1 : peer.roles.includes("head") ? 2 : 3);
  return [...members].sort((a, b) => order(a) - order(b) || (a.peer < b.peer ? -1 : 1))[0] ?? null;
}

function rank(peer: Peer): number {
  if (peer.roles.includes("chair")) return 0;
  if (peer.roles.includes("head")) return 1;
  return peer.delegation ? 2 : 3;
}
