// The level of a microphone, and a tone to test a loudspeaker.
import { setSpeaker } from "./voices";

export class Level {
  private context: AudioContext | null = null;
  private frame = 0;

  /** Report the loudness (0 to 1) of a track about thirty times a second until stopped. */
  watch(track: MediaStreamTrack, report: (loudness: number) => void): void {
    this.stop();
    const context = new AudioContext(), analyser = context.createAnalyser();
    analyser.fftSize = 512;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Uint8Array(analyser.fftSize);
    let turn = 0;
    const measure = () => {
      this.frame = requestAnimationFrame(measure);
      if (turn++ % 2) return;
      analyser.getByteTimeDomainData(samples);
      report(loudness(samples));
    };
    this.context = context;
    void context.resume();
    measure();
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    void this.context?.close();
    this.context = null;
  }
}

/** Loudness of samples around 128: three times their root mean square, at most 1. */
export function loudness(samples: Uint8Array): number {
  let sum = 0;
  for (const sample of samples) sum += ((sample - 128) / 128) ** 2;
  return samples.length > 0 ? Math.min(1, Math.sqrt(sum / samples.length) * 3) : 0;
}

/** Play a soft tone for not quite a second on a loudspeaker; false where it cannot be played. */
export async function tone(speaker: string): Promise<boolean> {
  const context = new AudioContext(), oscillator = context.createOscillator(), gain = context.createGain();
  const out = context.createMediaStreamDestination(), element = new Audio(), now = context.currentTime;
  oscillator.frequency.value = 523;
  gain.gain.setValueAtTime(0, now);
  gain.gain.linearRampToValueAtTime(0.25, now + 0.05);
  gain.gain.linearRampToValueAtTime(0, now + 0.8);
  oscillator.connect(gain).connect(out);
  element.srcObject = out.stream;
  await setSpeaker(element, speaker);
  try { await element.play(); } catch { return false; }
  oscillator.start();
  oscillator.stop(now + 0.85);
  await new Promise((resolve) => setTimeout(resolve, 900));
  element.srcObject = null;
  await context.close();
  return true;
}
