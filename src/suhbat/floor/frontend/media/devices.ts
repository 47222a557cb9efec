// Camera and microphone of this browser: requested once, opened again when a device is unplugged or plugged in.
import { type Choices, audioConstraints, videoConstraints } from "./stored-device-choices";
import type { Kind, Local } from "./peer-link";

export class Devices {
  local: Local = { audio: null, video: null };
  private closed = false;

  /** `changed` is called when a track starts or ends without a call of ours. */
  constructor(private choices: Choices, private readonly changed: () => void) {
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.fill());
  }

  /** Open the chosen devices, if the browser and the person allow it. Sound is requested even if the picture fails. */
  async open(choices: Choices = this.choices): Promise<Local> {
    this.choices = choices;
    if (choices.mode !== "all") this.stop("video");
    if (choices.mode === "none") this.stop("audio");
    await this.fill(false);
    return this.local;
  }

  /** Switch the camera off (with its light) or on again. */
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

  /** Switch everything off for good: a device that is plugged in or allowed later stays closed. */
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
      // One prompt for both; if that fails, one for each.
      this.use(await request({ audio: audioConstraints(this.choices), video: videoConstraints(this.choices) }));
    }
    if (wantsAudio && !this.local.audio && !this.closed) this.use(await request({ audio: audioConstraints(this.choices) }));
    if (wantsVideo && !this.local.video && !this.closed) this.use(await request({ video: videoConstraints(this.choices) }));
    if (tell && !this.closed) this.changed();
  }

  private use(stream: MediaStream | null): void {
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

/** Request a stream; null where browser or person refuse, or there is no such device. */
export async function request(constraints: MediaStreamConstraints): Promise<MediaStream | null> {
  try { return await navigator.mediaDevices.getUserMedia(constraints); } catch { return null; }
}
