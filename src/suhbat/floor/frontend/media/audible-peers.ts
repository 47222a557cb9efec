// Who may be heard: the microphone follows the floor. Pure; sender and receiver use the same rule.

/** A peer in the list of the live connection. */
export interface Peer {
  readonly peer: string;
  readonly person: string;
  readonly name: string;
  readonly delegation: string;
  readonly office: string;
  readonly roles: readonly string[];
}

/** One intervention. */
export interface Turn {
  readonly given: string;
  readonly delegation: string;
  readonly person: string;
}

export type Status = "before" | "open" | "suspended" | "closed";

/** The state of the floor. The last turn has the floor: an interposed question comes after the turn that it pauses. */
export interface Floor {
  readonly status: Status;
  readonly toAll: boolean;
  readonly turns: readonly Turn[];
}

export const NOBODY: Floor = { status: "before", toAll: false, turns: [] };

const STATUS: Readonly<Record<string, Status>> = {
  "meeting.opened": "open", "meeting.suspended": "suspended", "meeting.resumed": "open", "meeting.closed": "closed",
};

/** The floor after an entry of the record. */
export function floorAfter(floor: Floor, act: string, body: Readonly<Record<string, unknown>>): Floor {
  const ended = endedBy(body), turns = floor.turns.filter((turn) => !ended.has(turn.given));
  const status = STATUS[act];
  if (status) return status === "closed" ? { status, toAll: false, turns: [] } : { ...floor, status, turns };
  switch (act) {
    case "floor.given": {
      const turn = { given: text(body["given"]), delegation: text(body["delegation"]), person: text(body["person"]) };
      return { ...floor, toAll: false, turns: [...without(turns, turn.given), turn] };
    }
    case "floor.ended": return { ...floor, turns: without(turns, text(body["given"])) };
    case "floor.opened_to_all": return { ...floor, turns, toAll: true };
    case "floor.closed_to_all": return { ...floor, toAll: false };
    case "item.opened": return { ...floor, turns, toAll: false };
    default: return floor;
  }
}

/** The turn that has the floor; null while nobody has it. */
export function speaking(floor: Floor): Turn | null {
  return floor.status === "open" ? floor.turns.at(-1) ?? null : null;
}

/** Whether a peer has the floor now, for the delegation or in person. */
export function hasFloor(floor: Floor, peer: Pick<Peer, "delegation" | "person">): boolean {
  const turn = speaking(floor);
  if (!turn) return false;
  return turn.delegation !== "" && turn.delegation === peer.delegation || turn.person !== "" && turn.person === peer.person;
}

/** Whether a peer may be heard: the chair always, every delegate in an open discussion, else the speaker. */
export function mayBeHeard(floor: Floor, peer: Pick<Peer, "delegation" | "person" | "roles">): boolean {
  if (floor.status !== "open") return false;
  return floor.toAll && maySpeak(peer.roles) || peer.roles.includes("chair") || hasFloor(floor, peer);
}

// Observers, advisers and staff stay silent in an open discussion.
function maySpeak(roles: readonly string[]): boolean {
  return roles.some((role) => role === "chair" || role === "head" || role === "alternate" || role === "delegate");
}

// The turns that an act ends as well: giving the floor to the next, opening an item, closing the meeting.
function endedBy(body: Readonly<Record<string, unknown>>): Set<string> {
  const turns = Array.isArray(body["ends"]) ? (body["ends"] as Record<string, unknown>[]) : [];
  return new Set(turns.map((turn) => text(turn["given"])));
}

function without(turns: readonly Turn[], given: string): Turn[] {
  return turns.filter((turn) => turn.given !== given);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
