// Sound first: how much picture a connection can carry beside the sound. Pure.

/** A report on the quality of what we send. */
export interface Sample {
  /** Share of packets lost, 0 to 1. */
  readonly loss: number;
  /** Round-trip time in seconds. */
  readonly roundTrip: number;
  /** Estimated outgoing bits per second; null if the browser does not report it. */
  readonly available: number | null;
}

/** How far the picture is reduced, and the samples since the last change. */
export interface QualityState {
  readonly step: number;
  readonly bad: number;
  readonly good: number;
  /** How often the picture was reduced: each time makes the recovery slower. */
  readonly falls: number;
}

/** The picture to send; null means none. */
export interface Picture {
  readonly scale: number;
  readonly bitrate: number;
  readonly frames: number;
}

export const BEST: QualityState = { step: 0, bad: 0, good: 0, falls: 0 };
export const SOUND_BITRATE = 32_000;
/** The last step sends no picture at all. */
export const LAST_STEP = 4;

const SHARE = [1, 0.6, 0.35, 0.15] as const;
const SCALE = [1, 1.5, 2, 4] as const;
const BAD_BEFORE_FALL = 2, GOOD_BEFORE_RISE = 5, MAX_FALLS = 4;

/** The picture for a step, by the number of receivers and whether they show it large. */
export function picture(step: number, others: number, large: boolean): Picture | null {
  if (step >= LAST_STEP) return null;
  const share = SHARE[step] ?? 1, scale = SCALE[step] ?? 1;
  const crowd = others <= 1 ? 1 : others <= 3 ? 1.5 : 2;
  const whole = large ? 600_000 : others <= 1 ? 900_000 : others <= 3 ? 350_000 : 180_000;
  return { scale: scale * (large ? 1 : crowd), bitrate: Math.round(whole * share), frames: step >= 3 ? 5 : large ? 24 : 15 };
}

/** Whether the connection is too slow for this picture beside the sound. */
export function isTooSlow(sample: Sample, sent: Picture | null): boolean {
  const needed = SOUND_BITRATE * 1.5 + (sent ? sent.bitrate * 0.4 : 40_000);
  return sample.loss > 0.08 || sample.roundTrip > 0.8 || sample.available !== null && sample.available < needed;
}

/** Judge a sample: reduce fast, recover slowly. */
export function judge(before: QualityState, sample: Sample, sent: Picture | null): QualityState {
  if (isTooSlow(sample, sent)) {
    const bad = before.bad + 1;
    const isUrgent = sample.loss > 0.25;
    if (bad < BAD_BEFORE_FALL && !isUrgent || before.step >= LAST_STEP) return { ...before, bad, good: 0 };
    return { step: before.step + 1, bad: 0, good: 0, falls: Math.min(MAX_FALLS, before.falls + 1) };
  }
  const good = before.good + 1;
  if (before.step === 0 || good < GOOD_BEFORE_RISE * Math.max(1, before.falls)) return { ...before, bad: 0, good };
  return { ...before, step: before.step - 1, bad: 0, good: 0 };
}
