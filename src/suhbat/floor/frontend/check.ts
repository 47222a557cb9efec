// The check of devices before joining: preview, level meter, choice of devices, results in words.
import { type Choices, type Mode, type Size, remember, remembered } from "./media/stored-device-choices";
import { Devices } from "./media/devices";
import { Level, tone } from "./media/sound-level";
import { tryRelay } from "./media/relays";

const HEARD = 0.06, SILENT_AFTER = 5000;
type Device = "camera" | "microphone" | "speaker";
type Result = Device | `relay ${string}`;

function find<T extends HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
}

class Check {
  private choices: Choices = { ...remembered(), mode: "all" };
  private readonly texts = JSON.parse(find("#check-texts").textContent ?? "{}") as Record<string, string>;
  private readonly results = new Map<Result, { text: string; good: boolean }>();
  private readonly level = new Level();
  private readonly devices = new Devices(this.choices, () => void this.showPreview());
  private watchedTrack: MediaStreamTrack | null = null;
  private silenceTimer = 0;

  connect(): void {
    find("[data-check]").hidden = false;
    const size = find<HTMLSelectElement>("#size");
    size.value = this.choices.size;
    size.onchange = () => this.choose({ size: size.value as Size });
    for (const name of ["camera", "microphone", "speaker"] as const) {
      const select = find<HTMLSelectElement>(`#${name}`);
      select.onchange = () => this.choose({ [name]: select.value });
    }
    find("[data-start]").onclick = () => void this.start();
    find("[data-tone]").onclick = () => void this.play();
    for (const link of document.querySelectorAll<HTMLElement>("[data-join]")) {
      link.addEventListener("click", () => remember({ ...this.choices, mode: link.dataset["join"] as Mode }));
    }
    void this.tryRelays(JSON.parse(find("#check-relays").textContent ?? "[]") as RTCIceServer[]);
    if ("mediaDevices" in navigator) void this.begin();
    else this.report("camera", "no_access", false);
  }

  // If the person allowed camera or microphone before, start without a press of the button.
  private async begin(): Promise<void> {
    await this.list();
    const names = ["camera", "microphone"] as unknown as PermissionName[];
    const permissions = await Promise.all(names.map((name) => navigator.permissions.query({ name }).catch(() => null)));
    if (permissions.some((permission) => permission?.state === "granted")) await this.start();
  }

  // Try each TURN server as in a meeting, from the network of this person.
  private async tryRelays(servers: readonly RTCIceServer[]): Promise<void> {
    const relays = servers.filter((server) => server.username);
    await Promise.all(relays.map(async (server) => {
      const outcome = await tryRelay(server), urls = String(server.urls);
      this.report(`relay ${urls}`, outcome, outcome === "relay_works", urls.replace(/^turns?:/u, ""));
    }));
  }

  private async start(): Promise<void> {
    await this.devices.open(this.choices);
    await this.showPreview();
  }

  private choose(change: Partial<Choices>): void {
    this.choices = { ...this.choices, ...change };
    remember(this.choices);
    if ("speaker" in change) return;
    if ("microphone" in change) this.devices.stop("audio");
    else this.devices.stop("video");
    void this.start();
  }

  private async showPreview(): Promise<void> {
    const { audio, video } = this.devices.local, preview = find<HTMLVideoElement>("#preview");
    preview.srcObject = video ? new MediaStream([video]) : null;
    find("[data-empty]").hidden = video !== null;
    find("[data-start]").hidden = audio !== null && video !== null;
    if (!audio && !video) this.report("camera", "refused", false);
    else this.report("camera", video ? "picture" : "no_picture", video !== null);
    this.listen(audio);
    await this.list();
  }

  private listen(track: MediaStreamTrack | null): void {
    if (track === this.watchedTrack) return;
    this.watchedTrack = track;
    const meter = find<HTMLMeterElement>("#level");
    clearTimeout(this.silenceTimer);
    this.level.stop();
    meter.value = 0;
    if (!track) { this.report("microphone", "no_microphone", false); return; }
    this.report("microphone", "listening", false);
    this.silenceTimer = window.setTimeout(() => this.report("microphone", "unheard", false), SILENT_AFTER);
    this.level.watch(track, (loudness) => {
      meter.value = loudness;
      if (loudness < HEARD) return;
      clearTimeout(this.silenceTimer);
      this.report("microphone", "heard", true);
    });
  }

  private async play(): Promise<void> {
    const played = await tone(this.choices.speaker);
    this.report("speaker", played ? "tone" : "no_tone", played);
  }

  private async list(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    const kinds = { camera: "videoinput", microphone: "audioinput", speaker: "audiooutput" } as const;
    for (const [name, kind] of Object.entries(kinds)) {
      const select = find<HTMLSelectElement>(`#${name}`), devices = all.filter((device) => device.kind === kind);
      const options = [new Option(this.texts["usual"], "")];
      devices.forEach((device, n) => {
        const label = device.label || (this.texts["numbered"] ?? "").replace("{n}", String(n + 1));
        if (device.deviceId) options.push(new Option(label, device.deviceId));
      });
      select.replaceChildren(...options);
      select.disabled = options.length < 2;
      select.value = this.choices[name as Device];
      if (select.selectedIndex < 0) select.selectedIndex = 0;
    }
    find("[data-speakers]").hidden = !("setSinkId" in HTMLMediaElement.prototype) || find<HTMLSelectElement>("#speaker").disabled;
  }

  // Show a result in words. An unchanged result is left alone, so that screen readers read it once.
  private report(what: Result, text: string, good: boolean, server = ""): void {
    const sentence = (this.texts[text] ?? "").replace("{server}", server);
    if (this.results.get(what)?.text === sentence) return;
    this.results.set(what, { text: sentence, good });
    find("[data-result]").replaceChildren(...[...this.results.values()].map((result) => {
      const item = document.createElement("li");
      item.textContent = result.text;
      item.className = result.good ? "good" : "not";
      return item;
    }));
  }
}

new Check().connect();
