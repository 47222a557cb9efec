// The check of devices before joining: see and hear oneself, choose, and read the result in words.
import { type Choices, type Mode, type Size, remember, remembered } from "./media/device-choices";
import { Devices } from "./media/devices";
import { Level, tone } from "./media/sound-level";
import { tried } from "./media/relays";

const HEARD = 0.06, SILENT_AFTER = 5_000;
type Device = "camera" | "microphone" | "speaker";
type Result = Device | `relay ${string}`;

function find<T extends HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

class Check {
  private choices: Choices = { ...remembered(), mode: "all" };
  private readonly texts = JSON.parse(find("#check-texts").textContent ?? "{}") as Record<string, string>;
  private readonly results = new Map<Result, { text: string; good: boolean }>();
  private readonly level = new Level();
  private readonly devices = new Devices(this.choices, () => void this.shown());
  private watched: MediaStreamTrack | null = null;
  private silence = 0;

  constructor() {
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
    for (const way of document.querySelectorAll<HTMLElement>("[data-join]")) {
      way.addEventListener("click", () => remember({ ...this.choices, mode: way.dataset["join"] as Mode }));
    }
    void this.reach(JSON.parse(find("#check-relays").textContent ?? "[]") as RTCIceServer[]);
    if (!("mediaDevices" in navigator)) this.tell("camera", "no_access", false);
    else void this.begin();
  }

  // Whoever allowed it before is not asked to press a button first.
  private async begin(): Promise<void> {
    await this.list();
    const names = ["camera", "microphone"] as unknown as PermissionName[];
    const known = await Promise.all(names.map((name) => navigator.permissions.query({ name }).catch(() => null)));
    if (known.some((each) => each?.state === "granted")) await this.start();
  }

  // Whether each relay of this house gives one: tried as a meeting would, from where this person sits.
  private async reach(servers: readonly RTCIceServer[]): Promise<void> {
    const relays = servers.filter((server) => server.username);
    await Promise.all(relays.map(async (server) => {
      const outcome = await tried(server), urls = String(server.urls);
      this.tell(`relay ${urls}`, outcome, outcome === "relay_works", urls.replace(/^turns?:/, ""));
    }));
  }

  private async start(): Promise<void> {
    await this.devices.open(this.choices);
    await this.shown();
  }

  private choose(change: Partial<Choices>): void {
    this.choices = { ...this.choices, ...change };
    remember(this.choices);
    if ("speaker" in change) return;
    if ("microphone" in change) this.devices.stop("audio");
    else this.devices.stop("video");
    void this.start();
  }

  private async shown(): Promise<void> {
    const { audio, video } = this.devices.local, preview = find<HTMLVideoElement>("#preview");
    preview.srcObject = video ? new MediaStream([video]) : null;
    find("[data-empty]").hidden = video !== null;
    find("[data-start]").hidden = audio !== null && video !== null;
    if (!audio && !video) this.tell("camera", "refused", false);
    else this.tell("camera", video ? "picture" : "no_picture", video !== null);
    this.listen(audio);
    await this.list();
  }

  private listen(track: MediaStreamTrack | null): void {
    if (track === this.watched) return;
    this.watched = track;
    const meter = find<HTMLMeterElement>("#level");
    clearTimeout(this.silence);
    this.level.stop();
    meter.value = 0;
    if (!track) { this.tell("microphone", "no_microphone", false); return; }
    this.tell("microphone", "listening", false);
    this.silence = window.setTimeout(() => this.tell("microphone", "unheard", false), SILENT_AFTER);
    this.level.watch(track, (loudness) => {
      meter.value = loudness;
      if (loudness < HEARD) return;
      clearTimeout(this.silence);
      this.tell("microphone", "heard", true);
    });
  }

  private async play(): Promise<void> {
    const played = await tone(this.choices.speaker);
    this.tell("speaker", played ? "tone" : "no_tone", played);
  }

  private async list(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    const kinds = { camera: "videoinput", microphone: "audioinput", speaker: "audiooutput" } as const;
    for (const [name, kind] of Object.entries(kinds)) {
      const select = find<HTMLSelectElement>(`#${name}`), known = all.filter((each) => each.kind === kind);
      const options = [new Option(this.texts["usual"], "")];
      known.forEach((each, n) => {
        const label = each.label || (this.texts["numbered"] ?? "").replace("{n}", String(n + 1));
        if (each.deviceId) options.push(new Option(label, each.deviceId));
      });
      select.replaceChildren(...options);
      select.disabled = options.length < 2;
      select.value = this.choices[name as Device];
      if (select.selectedIndex < 0) select.selectedIndex = 0;
    }
    find("[data-speakers]").hidden = !("setSinkId" in HTMLMediaElement.prototype) || find<HTMLSelectElement>("#speaker").disabled;
  }

  // The result in words; an unchanged line is left alone, so that it is read out once.
  private tell(what: Result, text: string, good: boolean, server = ""): void {
    const said = (this.texts[text] ?? "").replace("{server}", server);
    if (this.results.get(what)?.text === said) return;
    this.results.set(what, { text: said, good });
    find("[data-result]").replaceChildren(...[...this.results.values()].map((each) => {
      const line = document.createElement("li");
      line.textContent = each.text;
      line.className = each.good ? "good" : "not";
      return line;
    }));
  }
}

new Check();
