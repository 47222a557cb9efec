// Who may be heard: the microphone follows the floor. Pure; the same rule on the sending and the receiving side.

/** What a room is told of a peer by the live channel. */
export interface Peer {
  readonly peer: string;
  readonly person: string;
  readonly name: string;
  readonly delegation: string;
  readonly office: string;
  readonly roles: readonly string[];
}

/** One turn on the floor. */
export interface Turn {
  readonly given: string;
  readonly delegation: string;
  readonly person: string;
}

export type Status = "before" | "open" | "suspended" | "closed";

/** The floor as it stands. The last turn has it: an interposed question stands on the turn that it pauses. */
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
export function after(floor: Floor, act: string, body: Readonly<Record<string, unknown>>): Floor {
  const ended = ends(body), turns = floor.turns.filter((turn) => !ended.has(turn.given));
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

/** Whose turn it is; null while nobody has the floor. */
export function speaking(floor: Floor): Turn | null {
  return floor.status === "open" ? floor.turns.at(-1) ?? null : null;
}

/** Whether a peer has the floor now, for the delegation or in person. */
export function hasFloor(floor: Floor, who: Pick<Peer, "delegation" | "person">): boolean {
  const turn = speaking(floor);
  if (!turn) return false;
  return turn.delegation !== "" && turn.delegation === who.delegation || turn.person !== "" && turn.person === who.person;
}

/** Whether a peer may be heard: the chair always, all in open discussion, else whoever has the floor. */
export function mayBeHeard(floor: Floor, who: Pick<Peer, "delegation" | "person" | "roles">): boolean {
  if (floor.status !== "open") return false;
  return floor.toAll && speaks(who.roles) || who.roles.includes("chair") || hasFloor(floor, who);
}

// Those who sit in silence stay silent in an open discussion too.
function speaks(roles: readonly string[]): boolean {
  return roles.some((role) => role === "chair" || role === "head" || role === "alternate" || role === "delegate");
}

// Acts say which turns they end by the way: giving the floor to the next, moving on, closing.
function ends(body: Readonly<Record<string, unknown>>): Set<string> {
  const named = Array.isArray(body["ends"]) ? (body["ends"] as Record<string, unknown>[]) : [];
  return new Set(named.map((each) => text(each["given"])));
}

function without(turns: readonly Turn[], given: string): Turn[] {
  return turns.filter((turn) => turn.given !== given);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
