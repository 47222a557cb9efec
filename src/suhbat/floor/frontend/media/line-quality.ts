// Sound first: how much picture a line can carry beside the sound. Pure.

/** What a connection reports of the way out. */
export interface Sample {
  /** Share of packets lost, 0 to 1. */
  readonly loss: number;
  /** Seconds there and back. */
  readonly roundTrip: number;
  /** Bits a second that the browser thinks it can send; null if it does not say. */
  readonly available: number | null;
}

/** How far the picture was taken back, and what was seen since. */
export interface Standing {
  readonly step: number;
  readonly bad: number;
  readonly good: number;
  /** How often it had to fall: each fall makes the way back up slower. */
  readonly falls: number;
}

/** The picture to send; null is none. */
export interface Picture {
  readonly scale: number;
  readonly bitrate: number;
  readonly frames: number;
}

export const BEST: Standing = { step: 0, bad: 0, good: 0, falls: 0 };
export const SOUND_BITRATE = 32_000;
/** The last step sends no picture at all. */
export const LAST_STEP = 4;

const SHARE = [1, 0.6, 0.35, 0.15] as const;
const SCALE = [1, 1.5, 2, 4] as const;
const BAD_BEFORE_FALL = 2, GOOD_BEFORE_RISE = 5, MOST_FALLS = 4;

/** The picture for a step, by how many others receive it and whether it is shown large there. */
export function picture(step: number, others: number, large: boolean): Picture | null {
  if (step >= LAST_STEP) return null;
  const share = SHARE[step] ?? 1, scale = SCALE[step] ?? 1;
  const crowd = others <= 1 ? 1 : others <= 3 ? 1.5 : 2;
  const whole = large ? 600_000 : others <= 1 ? 900_000 : others <= 3 ? 350_000 : 180_000;
  return { scale: scale * (large ? 1 : crowd), bitrate: Math.round(whole * share), frames: step >= 3 ? 5 : large ? 24 : 15 };
}

/** Whether a sample says that this picture is too much beside the sound. */
export function isThin(sample: Sample, sent: Picture | null): boolean {
  const wanted = SOUND_BITRATE * 1.5 + (sent ? sent.bitrate * 0.4 : 40_000);
  return sample.loss > 0.08 || sample.roundTrip > 0.8 || sample.available !== null && sample.available < wanted;
}

/** Judge a sample: fall fast, rise slowly. */
export function judge(before: Standing, sample: Sample, sent: Picture | null): Standing {
  if (isThin(sample, sent)) {
    const bad = before.bad + 1;
    const desperate = sample.loss > 0.25;
    if (bad < BAD_BEFORE_FALL && !desperate || before.step >= LAST_STEP) return { ...before, bad, good: 0 };
    return { step: before.step + 1, bad: 0, good: 0, falls: Math.min(MOST_FALLS, before.falls + 1) };
  }
  const good = before.good + 1;
  if (before.step === 0 || good < GOOD_BEFORE_RISE * Math.max(1, before.falls)) return { ...before, bad: 0, good };
  return { ...before, step: before.step - 1, bad: 0, good: 0 };
}
