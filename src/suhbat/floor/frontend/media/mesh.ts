// All links of this browser, one per peer: created when the peer comes, closed when it leaves.
import type { Peer } from "./audible-peers";
import { BandwidthControl } from "./bandwidth";
import { type Kind, type Local, PeerLink } from "./peer-link";
import { isGone } from "./perfect-negotiation";
import type { Presence } from "./presence";

export interface MeshEvents {
  send(to: string, data: object): void;
  track(peer: Peer, kind: Kind, track: MediaStreamTrack): void;
  state(peer: Peer, state: RTCPeerConnectionState): void;
  gone(peer: Peer): void;
}

interface Pair { peer: Peer; readonly link: PeerLink; readonly bandwidth: BandwidthControl; absentSince: number | null }

const TICK = 1500, ADJUST_EVERY = 2;

export class Mesh {
  private readonly pairs = new Map<string, Pair>();
  /** Peers that said goodbye: the list may still name them for a moment. */
  private readonly left = new Set<string>();
  private local: Local = { audio: null, video: null };
  private open = false;
  private ticks = 0;
  private readonly clock: number;
  /** Whether we have the floor, so that the others show our picture large. */
  large = false;

  constructor(private readonly me: string, private ice: RTCIceServer[], private readonly events: MeshEvents) {
    this.clock = window.setInterval(() => this.tick(), TICK);
  }

  get size(): number {
    return this.pairs.size;
  }

  /** The list of peers in the room has changed. */
  here(presence: Presence): void {
    const now = Date.now(), listed = new Set(presence.others.map((peer) => peer.peer));
    const sending = presence.senders.has(this.me);
    for (const peer of presence.others) {
      const pair = this.pairs.get(peer.peer);
      if (pair) { pair.peer = peer; pair.absentSince = null; continue; }
      if (this.left.has(peer.peer)) continue;
      if (sending || presence.senders.has(peer.peer)) this.begin(peer, presence);
    }
    for (const pair of this.pairs.values()) if (!listed.has(pair.peer.peer)) pair.absentSince ??= now;
  }

  /** Handle a signal from a peer. */
  receive(from: string, data: Record<string, unknown>): void {
    if (data["bye"]) { this.left.add(from); this.end(from); return; }
    this.pairs.get(from)?.link.receive(data);
  }

  /** The live connection to the server opened or closed. */
  connection(open: boolean): void {
    this.open = open;
    if (open) for (const { link } of this.pairs.values()) link.retryNow();
  }

  /** Send other tracks from now on. */
  replace(local: Local): void {
    this.local = local;
    for (const { link } of this.pairs.values()) link.replace(local);
  }

  /** Use other STUN and TURN servers from now on. */
  relays(ice: RTCIceServer[]): void {
    this.ice = ice;
    for (const { link } of this.pairs.values()) link.relays(ice);
  }

  close(): void {
    clearInterval(this.clock);
    for (const peer of [...this.pairs.keys()]) this.end(peer);
  }

  private begin(peer: Peer, presence: Presence): void {
    // The same person came back in another window or after a reload: the old link ends as the new one begins.
    for (const [id, pair] of this.pairs) if (pair.peer.person === peer.person) this.end(id);
    const local = presence.senders.has(this.me) ? this.local : { audio: null, video: null };
    const link = new PeerLink(this.me, peer.peer, this.ice, local, {
      send: (data) => this.events.send(peer.peer, data),
      track: (kind, track) => this.events.track(peer, kind, track),
      state: (state) => this.events.state(peer, state),
    });
    this.pairs.set(peer.peer, { peer, link, bandwidth: new BandwidthControl(link), absentSince: null });
  }

  private end(id: string): void {
    const pair = this.pairs.get(id);
    if (!pair) return;
    this.pairs.delete(id);
    pair.link.close();
    this.events.gone(pair.peer);
  }

  private tick(): void {
    const now = Date.now(), adjust = this.ticks++ % ADJUST_EVERY === 0;
    for (const [id, pair] of this.pairs) {
      const absent = pair.absentSince !== null;
      // While the server cannot be reached, its list does not show who left.
      if (absent && this.open && isGone(pair.link.connection, now - (pair.absentSince ?? now))) { this.end(id); continue; }
      pair.link.checkHealth(this.open && !absent);
      if (adjust) void pair.bandwidth.adjust(this.pairs.size, this.large).catch(() => { /* closed meanwhile */ });
    }
  }
}
