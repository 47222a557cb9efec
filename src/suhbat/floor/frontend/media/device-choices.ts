// What a person chose in the device check, kept in this browser alone.

export type Mode = "all" | "sound" | "none";
export type Size = "standard" | "small" | "smallest";

export interface Choices {
  readonly mode: Mode;
  readonly camera: string;
  readonly microphone: string;
  readonly speaker: string;
  readonly size: Size;
}

export const FIRST: Choices = { mode: "all", camera: "", microphone: "", speaker: "", size: "standard" };
const KEY = "suhbat.media";
const MODES: readonly string[] = ["all", "sound", "none"], SIZES: readonly string[] = ["standard", "small", "smallest"];

/** Read choices from what was kept; anything unknown counts as not chosen. */
export function parse(kept: string | null): Choices {
  let given: unknown = null;
  try { given = JSON.parse(kept ?? "null"); } catch { /* what cannot be read was not chosen */ }
  if (typeof given !== "object" || given === null) return FIRST;
  const held = given as Record<string, unknown>;
  const text = (name: string) => (typeof held[name] === "string" ? held[name] : "");
  return {
    mode: MODES.includes(text("mode")) ? (text("mode") as Mode) : FIRST.mode,
    size: SIZES.includes(text("size")) ? (text("size") as Size) : FIRST.size,
    camera: text("camera"), microphone: text("microphone"), speaker: text("speaker"),
  };
}

export function remembered(): Choices {
  try { return parse(localStorage.getItem(KEY)); } catch { return FIRST; }
}

export function remember(choices: Choices): void {
  try { localStorage.setItem(KEY, JSON.stringify(choices)); } catch { /* a private window forgets */ }
}

const SIZE: Readonly<Record<Size, readonly [number, number, number]>> = {
  standard: [640, 360, 24], small: [320, 180, 15], smallest: [160, 90, 5],
};

/** What is asked of the browser for a picture of this size. */
export function pictureWanted(choices: Choices): MediaTrackConstraints {
  const [width, height, frames] = SIZE[choices.size];
  return {
    width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frames, max: frames },
    ...(choices.camera ? { deviceId: { ideal: choices.camera } } : {}),
  };
}

/** What is asked of the browser for sound. */
export function soundWanted(choices: Choices): MediaTrackConstraints {
  return {
    echoCancellation: true, noiseSuppression: true, autoGainControl: true,
    ...(choices.microphone ? { deviceId: { ideal: choices.microphone } } : {}),
  };
}
