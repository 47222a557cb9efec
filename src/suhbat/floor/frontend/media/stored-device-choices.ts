// The choices of a person in the device check, stored in this browser only.

export type Mode = "all" | "sound" | "none";
export type Size = "standard" | "small" | "smallest";

export interface Choices {
  readonly mode: Mode;
  readonly camera: string;
  readonly microphone: string;
  readonly speaker: string;
  readonly size: Size;
}

export const DEFAULTS: Choices = { mode: "all", camera: "", microphone: "", speaker: "", size: "standard" };
const KEY = "suhbat.media";
const MODES: readonly string[] = ["all", "sound", "none"], SIZES: readonly string[] = ["standard", "small", "smallest"];

/** Read the stored choices; unknown values become the defaults. */
export function parse(stored: string | null): Choices {
  let value: unknown = null;
  try { value = JSON.parse(stored ?? "null"); } catch { /* not readable: the defaults */ }
  if (typeof value !== "object" || value === null) return DEFAULTS;
  const record = value as Record<string, unknown>;
  const text = (name: string) => (typeof record[name] === "string" ? record[name] : "");
  return {
    mode: MODES.includes(text("mode")) ? (text("mode") as Mode) : DEFAULTS.mode,
    size: SIZES.includes(text("size")) ? (text("size") as Size) : DEFAULTS.size,
    camera: text("camera"), microphone: text("microphone"), speaker: text("speaker"),
  };
}

export function remembered(): Choices {
  try { return parse(localStorage.getItem(KEY)); } catch { return DEFAULTS; }
}

export function remember(choices: Choices): void {
  try { localStorage.setItem(KEY, JSON.stringify(choices)); } catch { /* a private window stores nothing */ }
}

const SIZE: Readonly<Record<Size, readonly [number, number, number]>> = {
  standard: [640, 360, 24], small: [320, 180, 15], smallest: [160, 90, 5],
};

/** The constraints for a picture of the chosen size. */
export function videoConstraints(choices: Choices): MediaTrackConstraints {
  const [width, height, frames] = SIZE[choices.size];
  return {
    width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frames, max: frames },
    ...(choices.camera ? { deviceId: { ideal: choices.camera } } : {}),
  };
}

/** The constraints for sound. */
export function audioConstraints(choices: Choices): MediaTrackConstraints {
  return {
    echoCancellation: true, noiseSuppression: true, autoGainControl: true,
    ...(choices.microphone ? { deviceId: { ideal: choices.microphone } } : {}),
  };
}
