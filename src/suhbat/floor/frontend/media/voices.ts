// The voices of the others: one audio element each, separate from the pictures, so that a change of picture never
// interrupts the sound.

interface Voice { readonly element: HTMLAudioElement; track: MediaStreamTrack | null }

export class Voices {
  private readonly voices = new Map<string, Voice>();
  private readonly container: HTMLElement;
  private speaker = "";

  /** `blocked` is called with true if the browser waits for a touch before it plays sound, with false when it plays. */
  constructor(private readonly blocked: (waits: boolean) => void) {
    this.container = document.createElement("div");
    this.container.hidden = true;
    this.container.dataset["voices"] = "";
    document.body.append(this.container);
    for (const touch of ["pointerdown", "keydown"] as const) addEventListener(touch, () => this.resume(), { passive: true });
  }

  play(peer: string, delegation: string, track: MediaStreamTrack): void {
    const voice = this.voices.get(peer) ?? this.add(peer, delegation);
    if (voice.track === track) return;
    voice.track = track;
    voice.element.srcObject = new MediaStream([track]);
    this.start(voice.element);
  }

  /** Mute or unmute a voice. A peer without the floor is muted here, whatever it sends. */
  setAudible(peer: string, heard: boolean): void {
    const element = this.voices.get(peer)?.element;
    if (element && element.muted === heard) element.muted = !heard;
  }

  drop(peer: string): void {
    const voice = this.voices.get(peer);
    if (!voice) return;
    voice.element.srcObject = null;
    voice.element.remove();
    this.voices.delete(peer);
  }

  /** Play on another loudspeaker, where the browser supports it. */
  useSpeaker(speaker: string): void {
    this.speaker = speaker;
    for (const { element } of this.voices.values()) void setSpeaker(element, speaker);
  }

  private add(peer: string, delegation: string): Voice {
    const element = document.createElement("audio");
    element.autoplay = true;
    element.muted = true;
    element.dataset["peer"] = peer;
    element.dataset["delegation"] = delegation;
    this.container.append(element);
    void setSpeaker(element, this.speaker);
    const voice = { element, track: null };
    this.voices.set(peer, voice);
    return voice;
  }

  private start(element: HTMLAudioElement): void {
    element.play().then(() => this.blocked(false), (error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") this.blocked(true);
    });
  }

  private resume(): void {
    for (const { element } of this.voices.values()) if (element.paused && element.srcObject) this.start(element);
    for (const video of document.querySelectorAll("video")) if (video.paused && video.srcObject) video.play().catch(() => { /* next touch */ });
  }
}

/** Send an element's sound to the chosen loudspeaker; to the default one where that is not possible. */
export async function setSpeaker(element: HTMLMediaElement, speaker: string): Promise<void> {
  if (speaker && "setSinkId" in element) await element.setSinkId(speaker).catch(() => { /* unplugged: the default one */ });
}
