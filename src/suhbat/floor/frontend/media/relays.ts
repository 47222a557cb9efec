// The STUN and TURN servers of the conference. A server with a wrong address breaks no other; credentials are renewed
// before they expire.

const CHECK_EVERY = 30_000, PATIENCE = 10_000, UNAUTHORISED = 401;

/** The address of fresh servers, and the seconds after which to request them. */
export interface Source { readonly from: string; readonly every: number }
export type Outcome = "relay_works" | "relay_refuses" | "relay_silent";

/** The servers that this browser accepts; with one that it does not accept it would refuse to connect at all. */
export function usable(servers: readonly RTCIceServer[]): RTCIceServer[] {
  return servers.filter((server) => {
    try {
      new RTCPeerConnection({ iceServers: [server] }).close();
      return true;
    } catch (error) {
      console.warn("left out", server.urls, error);
      return false;
    }
  });
}

/** Renews the credentials of the servers in time, also after the machine has slept. */
export class Relays {
  private requestedAt = Date.now();
  private readonly clock: number | undefined;

  constructor(servers: readonly RTCIceServer[], private readonly source: Source, private readonly renewed: (servers: RTCIceServer[]) => void) {
    const expires = servers.some((server) => server.username);
    if (expires) this.clock = window.setInterval(() => void this.renew(), Math.min(CHECK_EVERY, source.every * 1000));
  }

  stop(): void {
    clearInterval(this.clock);
  }

  private async renew(): Promise<void> {
    const before = this.requestedAt;
    if (Date.now() - before < this.source.every * 1000) return;
    this.requestedAt = Date.now();
    try {
      const answer = await fetch(this.source.from, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      this.renewed(usable(((await answer.json()) as { ice: RTCIceServer[] }).ice));
    } catch {
      this.requestedAt = before; // server not reached: retry at the next check
    }
  }
}

/** Request a relay from one server, as a meeting does, and return the outcome. */
export async function tryRelay(server: RTCIceServer): Promise<Outcome> {
  let pc: RTCPeerConnection;
  try { pc = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: "relay" }); } catch { return "relay_refuses"; }
  let refused = false;
  const gathered = new Promise<boolean>((resolve) => {
    pc.onicecandidate = ({ candidate }) => { if (!candidate) resolve(false); else if (candidate.type === "relay") resolve(true); };
    pc.onicecandidateerror = ({ errorCode }) => { refused ||= errorCode === UNAUTHORISED; };
    setTimeout(() => resolve(false), PATIENCE);
  });
  pc.createDataChannel("relay");
  await pc.setLocalDescription();
  const relay = await gathered;
  pc.close();
  return relay ? "relay_works" : refused ? "relay_refuses" : "relay_silent";
}
