// The conference in this browser: joins the line, the mesh, the devices, the tiles and the floor.
import { type Choices, remember, remembered } from "./choices";
import { Devices } from "./devices";
import { type Floor, NOBODY, type Peer, after, hasFloor, mayBeHeard, speaking } from "./floor";
import { type Entry, Line, type Why } from "./line";
import { Mesh } from "./mesh";
import { type Presence, read, shown } from "./presence";
import { Relays, type Source, usable } from "./relays";
import { Signals } from "./signals";
import { Sound } from "./sound";
import { type Texts, Tiles, type Told, UNTOLD, stateOf } from "./tiles";

/** What the page says of the room and of whoever looks at it. */
export interface Facts {
  readonly peer: string;
  readonly person: string;
  readonly delegation: string;
  readonly roles: readonly string[];
  readonly live: string;
  readonly signals: string;
  /** Whether there is picture and sound in this house at all. */
  readonly video: boolean;
  readonly ice: readonly RTCIceServer[];
  readonly relays: Source;
  readonly last: number;
  readonly floor: Floor;
  readonly texts: Texts;
}

/** What the page is told, to show it in its own way. */
export interface Shown {
  entry(entry: Entry): void;
  line(open: boolean): void;
  here(peers: readonly Peer[]): void;
  /** Neither camera nor microphone could be had, though they were wished for. */
  refused(): void;
  own(state: { camera: boolean; microphone: boolean; open: boolean; mode: Choices["mode"] }): void;
  waits(forTouch: boolean): void;
  replaced(): void;
  /** The seat or the sign-in was taken away. */
  out(why: Why): void;
}

export class Conference {
  private choices: Choices;
  private floor: Floor;
  private present: Presence = { others: [], senders: new Set(), replaced: false };
  private readonly told = new Map<string, Told>();
  private readonly pictures = new Map<string, MediaStreamTrack>();
  private readonly connections = new Map<string, string>();
  private wantsMicrophone = true;
  private left = false;
  private readonly me: string;
  private readonly devices: Devices;
  private readonly tiles: Tiles;
  private readonly sound: Sound;
  private readonly signals: Signals;
  private readonly mesh: Mesh;
  private readonly relays: Relays;
  private readonly line: Line;

  constructor(private readonly facts: Facts, private readonly shown: Shown) {
    // A page that the browser took from its store again is a new peer: the moment stays in front, for the order.
    this.me = `${facts.peer}-${Math.random().toString(36).slice(2, 7)}`;
    this.choices = facts.video ? remembered() : { ...remembered(), mode: "none" };
    this.floor = facts.floor ?? NOBODY;
    this.tiles = new Tiles(facts.texts);
    this.sound = new Sound((waits) => shown.waits(waits));
    this.sound.use(this.choices.speaker);
    this.devices = new Devices(this.choices, () => this.changed());
    this.signals = new Signals(facts.signals, this.me, () => this.line.renew());
    this.mesh = new Mesh(this.me, usable(facts.ice), {
      send: (to, data) => this.signals.send(to, data),
      track: (peer, kind, track) => this.track(peer, kind, track),
      state: (peer, state) => { this.connections.set(peer.peer, state); this.show(); },
      gone: (peer) => this.gone(peer),
    });
    this.relays = new Relays(facts.ice, facts.relays, (servers) => this.mesh.relays(servers));
    this.line = new Line(facts.live, this.me, facts.last, {
      entry: (entry) => this.entry(entry),
      signal: (from, data) => this.signal(from, data),
      here: (peers) => this.here(peers),
      gone: (peers) => { for (const peer of peers) this.mesh.take(peer, { bye: true }); },
      out: (why) => { this.close(); shown.out(why); },
      line: (open) => { this.mesh.line(open); shown.line(open); },
    });
    addEventListener("pagehide", (event) => { if (!event.persisted) this.leave(); });
    void this.devices.open().then(() => {
      this.changed();
      const { audio, video } = this.devices.local;
      if (this.choices.mode !== "none" && !audio && !video) shown.refused();
    });
  }

  get isIn(): boolean {
    return !this.left && this.floor.status !== "before" && this.floor.status !== "closed";
  }

  /** Open or close the own microphone; it is heard only while the floor allows. */
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

  /** Go: tell the others, close everything. */
  leave(): void {
    if (this.left) return;
    this.signals.sendLast({ bye: true });
    this.close();
    setTimeout(() => this.line.end(), 500); // the last word goes by this line's leave
  }

  // No picture and no sound leaves or arrives from now on, and nothing opens them again.
  private close(): void {
    this.left = true;
    this.mesh.close();
    this.relays.stop();
    this.devices.close();
    this.tiles.clear();
  }

  private entry(entry: Entry): void {
    const before = this.floor;
    this.floor = after(this.floor, entry.act, entry.body);
    if (this.floor !== before) this.changed();
    if (before.status !== this.floor.status) this.meet();
    this.shown.entry(entry);
  }

  private here(peers: readonly Peer[]): void {
    if (!this.facts.video) return; // who has come by another process of the server, this one cannot tell
    const known = new Set(this.present.others.map((each) => each.peer));
    this.present = read(peers, { peer: this.me, person: this.facts.person });
    if (this.present.replaced) { this.leave(); this.shown.replaced(); return; }
    this.shown.here(peers);
    this.meet();
    if (this.present.others.some((each) => !known.has(each.peer))) this.tell();
    this.changed();
  }

  // In the lobby everyone waits with the own picture alone; pairs are made when the chair has opened.
  private meet(): void {
    if (this.isIn) this.mesh.here(this.present);
    else if (this.floor.status === "closed") this.mesh.here({ ...this.present, others: [] });
  }

  private signal(from: string, data: Record<string, unknown>): void {
    const told = data["told"];
    if (typeof told === "object" && told !== null) {
      this.told.set(from, { ...UNTOLD, ...(told as Partial<Told>) });
      this.show();
    } else this.mesh.take(from, data);
  }

  private track(peer: Peer, kind: "audio" | "video", track: MediaStreamTrack): void {
    if (kind === "audio") this.sound.play(peer.peer, peer.delegation, track);
    else this.pictures.set(peer.peer, track);
    this.show();
  }

  private gone(peer: Peer): void {
    this.sound.drop(peer.peer);
    for (const map of [this.pictures, this.told, this.connections]) map.delete(peer.peer);
    this.show();
  }

  /** Something changed that decides what we send: the floor, a device, the own wish. */
  private changed(): void {
    if (this.left) return;
    const { audio, video } = this.devices.local, open = this.mayOpen();
    if (audio) audio.enabled = open && this.wantsMicrophone;
    // Without the floor the sound does not leave this browser at all.
    this.mesh.replace({ audio: open && this.wantsMicrophone ? audio : null, video });
    this.mesh.large = hasFloor(this.floor, this.facts);
    this.tell();
    this.show();
    this.shown.own({ camera: video !== null, microphone: this.wantsMicrophone && audio !== null, open, mode: this.mode() });
  }

  private mayOpen(): boolean {
    return mayBeHeard(this.floor, this.facts);
  }

  private mode(): Choices["mode"] {
    return this.devices.local.video ? "all" : this.devices.local.audio ? "sound" : "none";
  }

  private tellKey = "";
  private tell(): void {
    if (this.left) return;
    const told: Told = {
      camera: this.devices.local.video !== null, mode: this.mode(),
      microphone: this.devices.local.audio !== null && this.wantsMicrophone,
    };
    const key = JSON.stringify([told, this.present.others.map((each) => each.peer)]);
    if (key === this.tellKey || this.present.others.length === 0) return;
    this.tellKey = key;
    this.signals.send("", { told });
  }

  /** Bring sound and tiles in line with who is here and who has the floor. */
  private show(): void {
    if (this.left || !this.facts.video) return;
    const turn = speaking(this.floor), peers = this.present.others;
    for (const peer of peers) this.sound.let(peer.peer, mayBeHeard(this.floor, peer));
    this.tiles.enlarge(turn?.delegation ?? "");
    for (const delegation of this.tiles.delegations) this.tile(delegation, turn?.person ?? "");
  }

  private tile(delegation: string, speaker: string): void {
    const own = this.facts.delegation === delegation;
    const peer = shown(this.present.others.filter((each) => each.delegation === delegation), speaker);
    const heard = mayBeHeard(this.floor, { delegation, person: peer?.person ?? "", roles: own ? this.facts.roles : peer?.roles ?? [] });
    // Of the own delegation the own picture is shown, unless a colleague speaks for it.
    if (own && (!peer || peer.person !== speaker)) {
      const { audio, video } = this.devices.local;
      this.tiles.show(delegation, video);
      this.tiles.say(delegation, {
        presence: "here", picture: video !== null, heard, silent: heard && !(audio && this.wantsMicrophone), mode: this.mode(),
      });
      return;
    }
    const told = peer ? this.told.get(peer.peer) ?? UNTOLD : UNTOLD;
    const track = peer ? this.pictures.get(peer.peer) ?? null : null;
    this.tiles.show(delegation, track);
    const state = stateOf(peer, told, heard, peer ? this.connections.get(peer.peer) ?? "new" : "new");
    this.tiles.say(delegation, { ...state, picture: state.picture && track !== null });
  }
}
