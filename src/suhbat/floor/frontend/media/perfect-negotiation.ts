// The decisions of perfect negotiation and of recovery, without the browser's objects. Pure.

/** The peer with the greater id is polite: it gives way when both offer at once. */
export function isPolite(me: string, other: string): boolean {
  return me > other;
}

/** The impolite peer makes the first offer, so that each pair begins with one offer and no collision. */
export function leads(me: string, other: string): boolean {
  return !isPolite(me, other);
}

/** Whether to ignore an offer: it collides with our own and we are the impolite peer. */
export function ignores(polite: boolean, makingOffer: boolean, signalling: string, answerPending: boolean): boolean {
  const ready = !makingOffer && (signalling === "stable" || answerPending);
  return !polite && !ready;
}

/** What a link does next to repair its connection. */
export type Step = "nothing" | "repeat" | "ask" | "restart" | "rebuild";

export interface Health {
  readonly connection: string;
  readonly signalling: string;
  readonly leads: boolean;
  /** Whether signals can travel: our live connection is open and the other is in the room. */
  readonly reachable: boolean;
  /** Milliseconds since our last offer, restart or request. */
  readonly quietFor: number;
  /** Attempts since the connection was last good. */
  readonly attempts: number;
}

const MAX_WAIT = 20_000, AFTER_A_LOSS = 2500, AT_THE_START = 5000;

/** Milliseconds before the next attempt: doubled each time up to a maximum; a first connection gets more. */
export function patience(attempts: number, connection: string): number {
  const first = connection === "new" || connection === "connecting" ? AT_THE_START : AFTER_A_LOSS;
  return Math.min(MAX_WAIT, first * 2 ** attempts);
}

/** The next step. The leader acts first; the other waits twice as long. */
export function nextStep(health: Health): Step {
  if (health.connection === "connected" || !health.reachable) return "nothing";
  const wait = patience(health.attempts, health.connection) * (health.leads ? 1 : 2);
  if (health.quietFor < wait) return "nothing";
  if (health.connection === "closed") return health.leads ? "rebuild" : "ask";
  if (health.signalling === "have-local-offer") return health.attempts >= 3 && health.leads ? "rebuild" : "repeat";
  if (health.connection === "new" || health.connection === "connecting") {
    if (!health.leads) return "ask";
    return health.attempts >= 3 ? "rebuild" : "restart";
  }
  if (health.attempts >= 3) return health.leads ? "rebuild" : "ask";
  return "restart";
}

/** Whether a peer that the room's list no longer names has left: a connection may outlive a restart of the server. */
export function isGone(connection: string, absentFor: number): boolean {
  return connection === "connected" ? absentFor > 60_000 : absentFor > 8000;
}
