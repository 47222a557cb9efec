// The delegations' tiles: one picture each, and the state of its sound and camera in words.
import type { Peer } from "./audible-peers";

/** The state of a delegation's media on its tile. */
export interface TileState {
  /** `here`, `away` (nobody of it has come), `lost` (the connection to them is being restored). */
  readonly presence: "here" | "away" | "lost";
  readonly picture: boolean;
  readonly heard: boolean;
  /** Whether its owner has muted the microphone although it may be open. */
  readonly silent: boolean;
  readonly mode: "all" | "sound" | "none";
}

export type Texts = Readonly<Record<string, string>>;

export class Tiles {
  constructor(private readonly texts: Texts, private readonly root: ParentNode = document) {}

  get delegations(): string[] {
    return [...this.root.querySelectorAll<HTMLElement>(".tile[data-delegation]")].map((tile) => tile.dataset["delegation"] ?? "");
  }

  /** Show a picture on a tile, or remove it. The same track again changes nothing. */
  show(delegation: string, track: MediaStreamTrack | null): void {
    const video = this.tile(delegation)?.querySelector("video");
    if (!video) return;
    const current = (video.srcObject as MediaStream | null)?.getVideoTracks()[0] ?? null;
    if (current === track) return;
    video.muted = true;
    video.playsInline = true;
    video.autoplay = true;
    video.srcObject = track ? new MediaStream([track]) : null;
    if (track) video.play().catch(() => { /* played at the first touch, see Voices */ });
  }

  /** Remove all pictures and all words. */
  clear(): void {
    for (const delegation of this.delegations) {
      this.show(delegation, null);
      this.setState(delegation, { presence: "away", picture: false, heard: false, silent: false, mode: "none" });
      const label = this.tile(delegation)?.querySelector("[data-media-words]");
      if (label) label.textContent = "";
    }
  }

  /** Show the state of a delegation's media. */
  setState(delegation: string, state: TileState): void {
    const tile = this.tile(delegation);
    if (!tile) return;
    // Somebody who came took the seat after this page was drawn: from then on the program does not play it.
    if (state.presence !== "away") tile.removeAttribute("data-played");
    const isPlayed = tile.dataset["played"] !== undefined;
    const video = tile.querySelector("video"), words = isPlayed ? this.texts["played"] ?? "" : this.words(state);
    const label = tile.querySelector<HTMLElement>("[data-media-words]");
    if (video) video.hidden = !state.picture;
    set(tile, "presence", state.presence);
    set(tile, "heard", state.heard ? "yes" : "no");
    set(tile, "picture", state.picture ? "yes" : "no");
    if (label && label.textContent !== words) label.textContent = words;
  }

  /** Mark the tile of the delegation that has the floor. */
  enlarge(delegation: string): void {
    for (const tile of this.root.querySelectorAll<HTMLElement>(".tile[data-delegation]")) {
      set(tile, "speaking", tile.dataset["delegation"] === delegation ? "yes" : "no");
    }
  }

  private words({ presence, picture, heard, silent, mode }: TileState): string {
    if (presence === "away") return this.texts["away"] ?? "";
    if (presence === "lost") return this.texts["lost"] ?? "";
    if (mode === "none") return this.texts["no_media"] ?? "";
    const sound = heard ? (silent ? this.texts["silent"] : this.texts["heard"]) : this.texts["muted"];
    return [sound, picture ? "" : this.texts["sound_only"]].filter(Boolean).join(" · ");
  }

  private tile(delegation: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(`.tile[data-delegation="${CSS.escape(delegation)}"]`);
  }
}

/** What a peer sends about its media, beside its tracks. */
export interface PeerMedia { readonly camera: boolean; readonly microphone: boolean; readonly mode: "all" | "sound" | "none" }

export const DEFAULT_MEDIA: PeerMedia = { camera: true, microphone: true, mode: "all" };

/** The state of a tile, from the member of the delegation that it shows. */
export function stateOf(peer: Peer | null, media: PeerMedia, heard: boolean, connection: string): TileState {
  if (!peer) return { presence: "away", picture: false, heard: false, silent: false, mode: "none" };
  const lost = connection === "disconnected" || connection === "failed";
  return {
    presence: lost ? "lost" : "here",
    picture: media.camera && media.mode === "all",
    heard, silent: heard && !media.microphone, mode: media.mode,
  };
}

function set(element: HTMLElement, name: string, value: string): void {
  if (element.dataset[name] !== value) element.dataset[name] = value;
}
