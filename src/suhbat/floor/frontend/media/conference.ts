// The conference in this browser: connects live events, mesh, devices, tiles and floor.
import { type Choices, remember, remembered } from "./stored-device-choices";
import { Devices } from "./devices";
import { type Floor, NOBODY, type Peer, floorAfter, hasFloor, mayBeHeard, speaking } from "./audible-peers";
import { type Entry, LiveEvents, type Reason } from "./live-events";
import { Mesh } from "./mesh";
import { type Presence, readPresence, shownMember } from "./presence";
import { Relays, type Source, usable } from "./relays";
import { Signals } from "./signals";
import { Voices } from "./voices";
import { type Texts, Tiles, type PeerMedia, DEFAULT_MEDIA, stateOf } from "./delegation-tiles";

/** The data in the page about the room and the reader. */
export interface Facts {
  readonly peer: string;
  readonly person: string;
  readonly delegation: string;
  readonly roles: readonly string[];
  readonly live: string;
  readonly signals: string;
  /** Whether this server offers picture and sound at all. */
  readonly video: boolean;
  readonly ice: readonly RTCIceServer[];
  readonly relays: Source;
  readonly last: number;
  readonly floor: Floor;
  readonly texts: Texts;
}

/** Callbacks by which the page shows what happens. */
export interface PageCallbacks {
  entry(entry: Entry): void;
  connection(open: boolean): void;
  here(peers: readonly Peer[]): void;
  /** Neither camera nor microphone could be opened, although they were chosen. */
  refused(): void;
  own(state: { camera: boolean; microphone: boolean; open: boolean; mode: Choices["mode"] }): void;
  waits(forTouch: boolean): void;
  replaced(): void;
  /** The seat or the sign-in has ended. */
  out(reason: Reason): void;
}

export class Conference {
  private choices: Choices;
  private floor: Floor;
  private present: Presence = { others: [], senders: new Set(), replaced: false };
  private readonly media = new Map<string, PeerMedia>();
  private readonly pictures = new Map<string, MediaStreamTrack>();
  private readonly connections = new Map<string, string>();
  private wantsMicrophone = true;
  private left = false;
  private readonly me: string;
  private readonly devices: Devices;
  private readonly tiles: Tiles;
  private readonly voices: Voices;
  private readonly signals: Signals;
  private readonly mesh: Mesh;
  private readonly relays: Relays;
  private readonly live: LiveEvents;

  constructor(private readonly facts: Facts, private readonly callbacks: PageCallbacks) {
    // A page that the browser restored from its cache is a new peer. The time stays first in the id, for the order.
    this.me = `${facts.peer}-${Math.random().toString(36).slice(2, 7)}`;
    this.choices = facts.video ? remembered() : { ...remembered(), mode: "none" };
    this.floor = facts.floor ?? NOBODY;
    this.tiles = new Tiles(facts.texts);
    this.voices = new Voices((waits) => callbacks.waits(waits));
    this.voices.useSpeaker(this.choices.speaker);
    this.devices = new Devices(this.choices, () => this.changed());
    this.signals = new Signals(facts.signals, this.me, () => this.live.reconnect());
    this.mesh = new Mesh(this.me, usable(facts.ice), {
      send: (to, data) => this.signals.send(to, data),
      track: (peer, kind, track) => this.track(peer, kind, track),
      state: (peer, state) => { this.connections.set(peer.peer, state); this.show(); },
      gone: (peer) => this.gone(peer),
    });
    this.relays = new Relays(facts.ice, facts.relays, (servers) => this.mesh.relays(servers));
    this.live = new LiveEvents(facts.live, this.me, facts.last, {
      entry: (entry) => this.entry(entry),
      signal: (from, data) => this.signal(from, data),
      here: (peers) => this.here(peers),
      gone: (peers) => { for (const peer of peers) this.mesh.receive(peer, { bye: true }); },
      out: (reason) => { this.close(); callbacks.out(reason); },
      connection: (open) => { this.mesh.connection(open); callbacks.connection(open); },
    });
    addEventListener("pagehide", (event) => { if (!event.persisted) this.leave(); });
    void this.devices.open().then(() => {
      this.changed();
      const { audio, video } = this.devices.local;
      if (this.choices.mode !== "none" && !audio && !video) callbacks.refused();
    });
  }

  get isIn(): boolean {
    return !this.left && this.floor.status !== "before" && this.floor.status !== "closed";
  }

  /** Open or close the own microphone; it is heard only while the floor allows it. */
  async microphone(on: boolean): Promise<void> {
    if (this.left) return;
    this.wantsMicrophone = on;
    if (on) await this.devices.microphone();
    this.changed();
  }

  async camera(on: boolean): Promise<void> {
    if (this.left) return;
    await this.devices.camera(on);
    const mode = on ? "all" : this.choices.mode === "none" ? "none" : "sound";
    this.choices = { ...this.choices, mode };
    remember(this.choices);
  }

  /** Leave: tell the others and close everything. */
  leave(): void {
    if (this.left) return;
    this.signals.sendLast({ bye: true });
    this.close();
    setTimeout(() => this.live.end(), 500); // the server accepts the last signal only while this connection is open
  }

  // From now on no picture and no sound is sent or received.
  private close(): void {
    this.left = true;
    this.mesh.close();
    this.relays.stop();
    this.devices.close();
    this.tiles.clear();
  }

  private entry(entry: Entry): void {
    const before = this.floor;
    this.floor = floorAfter(this.floor, entry.act, entry.body);
    if (this.floor !== before) this.changed();
    if (before.status !== this.floor.status) this.updateMesh();
    this.callbacks.entry(entry);
  }

  private here(peers: readonly Peer[]): void {
    if (!this.facts.video) return; // the list lacks peers that are connected to another process of the server
    const before = new Set(this.present.others.map((peer) => peer.peer));
    this.present = readPresence(peers, { peer: this.me, person: this.facts.person });
    if (this.present.replaced) { this.leave(); this.callbacks.replaced(); return; }
    this.callbacks.here(peers);
    this.updateMesh();
    if (this.present.others.some((peer) => !before.has(peer.peer))) this.sendMedia();
    this.changed();
  }

  // In the lobby everyone sees only the own picture; links are created when the chair has opened the meeting.
  private updateMesh(): void {
    if (this.isIn) this.mesh.here(this.present);
    else if (this.floor.status === "closed") this.mesh.here({ ...this.present, others: [] });
  }

  private signal(from: string, data: Record<string, unknown>): void {
    const media = data["told"];
    if (typeof media === "object" && media !== null) {
      this.media.set(from, { ...DEFAULT_MEDIA, ...(media as Partial<PeerMedia>) });
      this.show();
    } else this.mesh.receive(from, data);
  }

  private track(peer: Peer, kind: "audio" | "video", track: MediaStreamTrack): void {
    if (kind === "audio") this.voices.play(peer.peer, peer.delegation, track);
    else this.pictures.set(peer.peer, track);
    this.show();
  }

  private gone(peer: Peer): void {
    this.voices.drop(peer.peer);
    for (const map of [this.pictures, this.media, this.connections]) map.delete(peer.peer);
    this.show();
  }

  /** Something changed that decides what we send: the floor, a device, the own choice. */
  private changed(): void {
    if (this.left) return;
    const { audio, video } = this.devices.local, open = this.mayOpen();
    if (audio) audio.enabled = open && this.wantsMicrophone;
    // Without the floor, sound is not sent at all.
    this.mesh.replace({ audio: open && this.wantsMicrophone ? audio : null, video });
    this.mesh.large = hasFloor(this.floor, this.facts);
    this.sendMedia();
    this.show();
    this.callbacks.own({ camera: video !== null, microphone: this.wantsMicrophone && audio !== null, open, mode: this.mode() });
  }

  private mayOpen(): boolean {
    return mayBeHeard(this.floor, this.facts);
  }

  private mode(): Choices["mode"] {
    return this.devices.local.video ? "all" : this.devices.local.audio ? "sound" : "none";
  }

  private sentMedia = "";
  private sendMedia(): void {
    if (this.left) return;
    const media: PeerMedia = {
      camera: this.devices.local.video !== null, mode: this.mode(),
      microphone: this.devices.local.audio !== null && this.wantsMicrophone,
    };
    const key = JSON.stringify([media, this.present.others.map((peer) => peer.peer)]);
    if (key === this.sentMedia || this.present.others.length === 0) return;
    this.sentMedia = key;
    this.signals.send("", { told: media });
  }

  /** Update sound and tiles: who is here, who has the floor. */
  private show(): void {
    if (this.left || !this.facts.video) return;
    const turn = speaking(this.floor), peers = this.present.others;
    for (const peer of peers) this.voices.setAudible(peer.peer, mayBeHeard(this.floor, peer));
    this.tiles.enlarge(turn?.delegation ?? "");
    for (const delegation of this.tiles.delegations) this.tile(delegation, turn?.person ?? "");
  }

  private tile(delegation: string, speaker: string): void {
    const own = this.facts.delegation === delegation;
    const peer = shownMember(this.present.others.filter((other) => other.delegation === delegation), speaker);
    const heard = mayBeHeard(this.floor, { delegation, person: peer?.person ?? "", roles: own ? this.facts.roles : peer?.roles ?? [] });
    // The tile of the own delegation shows the own picture, unless a colleague speaks.
    if (own && (!peer || peer.person !== speaker)) {
      const { audio, video } = this.devices.local;
      this.tiles.show(delegation, video);
      this.tiles.setState(delegation, {
        presence: "here", picture: video !== null, heard, silent: heard && !(audio && this.wantsMicrophone), mode: this.mode(),
      });
      return;
    }
    const media = peer ? this.media.get(peer.peer) ?? DEFAULT_MEDIA : DEFAULT_MEDIA;
    const track = peer ? this.pictures.get(peer.peer) ?? null : null;
    this.tiles.show(delegation, track);
    const state = stateOf(peer, media, heard, peer ? this.connections.get(peer.peer) ?? "new" : "new");
    this.tiles.setState(delegation, { ...state, picture: state.picture && track !== null });
  }
}
