// Who is in the room, from the list that the live connection sends. Pure.
import type { Peer } from "./audible-peers";

/** Maximum number of browsers that send. With more, a full mesh needs too much bandwidth: the others only receive. */
export const MAX_SENDERS = 8;

export interface Presence {
  /** The other peers, one for each person. */
  readonly others: readonly Peer[];
  /** Peers that may send. */
  readonly senders: ReadonlySet<string>;
  /** Whether this person has joined again in another window: this one stops. */
  readonly replaced: boolean;
}

/** Read the list. Peer ids begin with the time of their creation, so the greatest one of a person is the newest. */
export function readPresence(peers: readonly Peer[], me: Pick<Peer, "peer" | "person">): Presence {
  const newest = new Map<string, Peer>();
  for (const peer of peers) {
    const earlier = newest.get(peer.person);
    if (!earlier || earlier.peer < peer.peer) newest.set(peer.person, peer);
  }
  const mine = newest.get(me.person);
  const present = [...newest.values()].sort((a, b) => rank(a) - rank(b) || (a.peer < b.peer ? -1 : 1));
  return {
    others: present.filter((peer) => peer.person !== me.person),
    senders: new Set(present.slice(0, MAX_SENDERS).map((peer) => peer.peer)),
    replaced: mine !== undefined && mine.peer > me.peer,
  };
}

/** The member that a delegation's tile shows: the speaker, else the chair or head, else the first who came. */
export function shownMember(members: readonly Peer[], speaker: string): Peer | null {
  const order = (peer: Peer) => (peer.person === speaker ? 0 : peer.roles.includes("chair") ? 1 : peer.roles.includes("head") ? 2 : 3);
  return [...members].sort((a, b) => order(a) - order(b) || (a.peer < b.peer ? -1 : 1))[0] ?? null;
}

function rank(peer: Peer): number {
  if (peer.roles.includes("chair")) return 0;
  if (peer.roles.includes("head")) return 1;
  return peer.delegation ? 2 : 3;
}
