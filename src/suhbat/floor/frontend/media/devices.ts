// Camera and microphone of this browser: asked for once, taken again when a device is pulled out or put back.
import { type Choices, pictureWanted, soundWanted } from "./choices";
import type { Kind, Local } from "./link";

export class Devices {
  local: Local = { audio: null, video: null };
  private closed = false;

  /** `changed` is called whenever a track came or went by itself. */
  constructor(private choices: Choices, private readonly changed: () => void) {
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.fill());
  }

  /** Open what was chosen, as far as the browser and the person allow. Sound is asked for even if the picture fails. */
  async open(choices: Choices = this.choices): Promise<Local> {
    this.choices = choices;
    if (choices.mode !== "all") this.stop("video");
    if (choices.mode === "none") this.stop("audio");
    await this.fill(false);
    return this.local;
  }

  /** Switch the camera off (its light goes out) or on again. */
  async camera(on: boolean): Promise<void> {
    if (on) this.choices = { ...this.choices, mode: "all" };
    else { this.stop("video"); this.choices = { ...this.choices, mode: this.choices.mode === "none" ? "none" : "sound" }; }
    await this.fill();
  }

  /** Open the microphone of someone who joined without media. */
  async microphone(): Promise<void> {
    if (this.choices.mode === "none") this.choices = { ...this.choices, mode: "sound" };
    await this.fill();
  }

  stop(kind: Kind): void {
    this.local[kind]?.stop();
    this.local = { ...this.local, [kind]: null };
  }

  /** Switch all off for good: whatever is plugged in, or allowed too late, opens nothing again. */
  close(): void {
    this.closed = true;
    this.stop("audio");
    this.stop("video");
  }

  private async fill(tell = true): Promise<void> {
    if (this.closed) return;
    const wantsAudio = this.choices.mode !== "none" && !this.local.audio;
    const wantsVideo = this.choices.mode === "all" && !this.local.video;
    if (wantsAudio && wantsVideo) {
      // One question to the person for both; if that fails, each by itself.
      this.keep(await ask({ audio: soundWanted(this.choices), video: pictureWanted(this.choices) }));
    }
    if (wantsAudio && !this.local.audio && !this.closed) this.keep(await ask({ audio: soundWanted(this.choices) }));
    if (wantsVideo && !this.local.video && !this.closed) this.keep(await ask({ video: pictureWanted(this.choices) }));
    if (tell && !this.closed) this.changed();
  }

  private keep(stream: MediaStream | null): void {
    for (const track of stream?.getTracks() ?? []) {
      if (this.closed) { track.stop(); continue; }
      const kind = track.kind as Kind;
      if (kind === "video") track.contentHint = "motion";
      this.local = { ...this.local, [kind]: track };
      track.onended = () => {
        if (this.local[kind] !== track) return;
        this.local = { ...this.local, [kind]: null };
        this.changed();
      };
    }
  }
}

/** Ask the browser; null where it refuses, has no such device, or the page may not. */
export async function ask(wanted: MediaStreamConstraints): Promise<MediaStream | null> {
  try { return await navigator.mediaDevices.getUserMedia(wanted); } catch { return null; }
}
