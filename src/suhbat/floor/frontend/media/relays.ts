// The servers by which browsers find each other and, where networks let nobody through, by which pictures travel.
// One that is wrong breaks no other; names and passwords that run out are renewed while the meeting lasts.

const LOOK = 30_000, PATIENCE = 10_000, UNAUTHORISED = 401;

/** Where fresh servers are asked for, and after how many seconds. */
export interface Source { readonly from: string; readonly every: number }
export type Outcome = "relay_works" | "relay_refuses" | "relay_silent";

/** The servers that this browser takes; with one that it does not take it would make no connection at all. */
export function usable(servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers.filter((server) => {
    try {
      new RTCPeerConnection({ iceServers: [server] }).close();
      return true;
    } catch (fault) {
      console.warn("left out", server.urls, fault);
      return false;
    }
  });
}

/** Keeps the servers fresh; whoever has slept through the hour asks as soon as it wakes. */
export class Relays {
  private asked = Date.now();
  private readonly clock: number | undefined;

  constructor(servers: readonly RTCIceServer[], private readonly source: Source, private readonly renewed: (servers: RTCIceServer[]) => void) {
    const runOut = servers.some((server) => server.username);
    if (runOut) this.clock = window.setInterval(() => void this.look(), Math.min(LOOK, source.every * 1_000));
  }

  stop(): void {
    clearInterval(this.clock);
  }

  private async look(): Promise<void> {
    const before = this.asked;
    if (Date.now() - before < this.source.every * 1_000) return;
    this.asked = Date.now();
    try {
      const answer = await fetch(this.source.from, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.renewed(usable(((await answer.json()) as { ice: RTCIceServer[] }).ice));
    } catch {
      this.asked = before; // no way to the server: again at the next look
    }
  }
}

/** Ask one server for a relay, as a meeting would, and tell what became of it. */
export async function tried(server: RTCIceServer): Promise<Outcome> {
  let pc: RTCPeerConnection;
  try { pc = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: "relay" }); } catch { return "relay_refuses"; }
  let refused = false;
  const had = new Promise<boolean>((tell) => {
    pc.onicecandidate = ({ candidate }) => { if (!candidate) tell(false); else if (candidate.type === "relay") tell(true); };
    pc.onicecandidateerror = ({ errorCode }) => { refused ||= errorCode === UNAUTHORISED; };
    setTimeout(() => tell(false), PATIENCE);
  });
  pc.createDataChannel("relay");
  await pc.setLocalDescription();
  const relay = await had;
  pc.close();
  return relay ? "relay_works" : refused ? "relay_refuses" : "relay_silent";
}
