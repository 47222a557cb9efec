// The others' voices: one audio element each, apart from the pictures, so that no change of picture cuts a word.

interface Voice { readonly element: HTMLAudioElement; track: MediaStreamTrack | null }

export class Sound {
  private readonly voices = new Map<string, Voice>();
  private readonly place: HTMLElement;
  private speaker = "";

  /** `blocked` is told whether the browser waits for a touch before it plays sound. */
  constructor(private readonly blocked: (waits: boolean) => void) {
    this.place = document.createElement("div");
    this.place.hidden = true;
    this.place.dataset["voices"] = "";
    document.body.append(this.place);
    for (const touch of ["pointerdown", "keydown"] as const) addEventListener(touch, () => this.resume(), { passive: true });
  }

  play(peer: string, delegation: string, track: MediaStreamTrack): void {
    const voice = this.voices.get(peer) ?? this.add(peer, delegation);
    if (voice.track === track) return;
    voice.track = track;
    voice.element.srcObject = new MediaStream([track]);
    this.start(voice.element);
  }

  /** Let a voice be heard or not. Whoever has not the floor is silent here, whatever the sender does. */
  let(peer: string, heard: boolean): void {
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

  /** Play on another loudspeaker, where the browser can. */
  use(speaker: string): void {
    this.speaker = speaker;
    for (const { element } of this.voices.values()) void point(element, speaker);
  }

  private add(peer: string, delegation: string): Voice {
    const element = document.createElement("audio");
    element.autoplay = true;
    element.muted = true;
    element.dataset["peer"] = peer;
    element.dataset["delegation"] = delegation;
    this.place.append(element);
    void point(element, this.speaker);
    const voice = { element, track: null };
    this.voices.set(peer, voice);
    return voice;
  }

  private start(element: HTMLAudioElement): void {
    element.play().then(() => this.blocked(false), (fault: unknown) => {
      if (fault instanceof DOMException && fault.name === "NotAllowedError") this.blocked(true);
    });
  }

  private resume(): void {
    for (const { element } of this.voices.values()) if (element.paused && element.srcObject) this.start(element);
    for (const video of document.querySelectorAll("video")) if (video.paused && video.srcObject) video.play().catch(() => { /* next touch */ });
  }
}

/** Send an element's sound to a chosen loudspeaker; the usual one where that cannot be. */
export async function point(element: HTMLMediaElement, speaker: string): Promise<void> {
  if (speaker && "setSinkId" in element) await element.setSinkId(speaker).catch(() => { /* unplugged: the usual one */ });
}
