// The delegations' tiles: one picture each, what its sound and camera do, in words.
import { type Peer } from "./floor";

/** What a tile says of its delegation's media. */
export interface TileState {
  /** `here`, `away` (nobody of it has come), `lost` (the line to them is being restored). */
  readonly presence: "here" | "away" | "lost";
  readonly picture: boolean;
  readonly heard: boolean;
  /** Whether the microphone is closed by its owner although it might be open. */
  readonly silent: boolean;
  readonly mode: "all" | "sound" | "none";
}

export type Texts = Readonly<Record<string, string>>;

export class Tiles {
  constructor(private readonly texts: Texts, private readonly root: ParentNode = document) {}

  get delegations(): string[] {
    return [...this.root.querySelectorAll<HTMLElement>(".tile[data-delegation]")].map((tile) => tile.dataset["delegation"] ?? "");
  }

  /** Put a picture on a tile, or take it off. The same track again leaves the picture alone. */
  show(delegation: string, track: MediaStreamTrack | null): void {
    const video = this.tile(delegation)?.querySelector("video");
    if (!video) return;
    const shown = (video.srcObject as MediaStream | null)?.getVideoTracks()[0] ?? null;
    if (shown === track) return;
    video.muted = true;
    video.playsInline = true;
    video.autoplay = true;
    video.srcObject = track ? new MediaStream([track]) : null;
    if (track) video.play().catch(() => { /* played at the first touch, see Sound */ });
  }

  /** Take every picture off, and say nothing more of anybody. */
  clear(): void {
    for (const delegation of this.delegations) {
      this.show(delegation, null);
      this.say(delegation, { presence: "away", picture: false, heard: false, silent: false, mode: "none" });
      const place = this.tile(delegation)?.querySelector("[data-media-words]");
      if (place) place.textContent = "";
    }
  }

  /** Say how a delegation takes part. */
  say(delegation: string, state: TileState): void {
    const tile = this.tile(delegation);
    if (!tile) return;
    const video = tile.querySelector("video"), words = this.words(state);
    const place = tile.querySelector<HTMLElement>("[data-media-words]");
    if (video) video.hidden = !state.picture;
    set(tile, "presence", state.presence);
    set(tile, "heard", state.heard ? "yes" : "no");
    set(tile, "picture", state.picture ? "yes" : "no");
    if (place && place.textContent !== words) place.textContent = words;
  }

  /** Show large whoever has the floor. */
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

/** What a peer tells the others of itself beside its tracks. */
export interface Told { readonly camera: boolean; readonly microphone: boolean; readonly mode: "all" | "sound" | "none" }

export const UNTOLD: Told = { camera: true, microphone: true, mode: "all" };

/** The state of a tile from who of its delegation is here. */
export function stateOf(peer: Peer | null, told: Told, heard: boolean, connection: string): TileState {
  if (!peer) return { presence: "away", picture: false, heard: false, silent: false, mode: "none" };
  const lost = connection === "disconnected" || connection === "failed";
  return {
    presence: lost ? "lost" : "here",
    picture: told.camera && told.mode === "all",
    heard, silent: heard && !told.microphone, mode: told.mode,
  };
}

function set(element: HTMLElement, name: string, value: string): void {
  if (element.dataset[name] !== value) element.dataset[name] = value;
}
