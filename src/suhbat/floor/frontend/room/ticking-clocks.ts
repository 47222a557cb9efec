// Running clocks: the speaker's time, the time spent, and the local time in the capitals by the server's clock.
interface Reading { readonly ms: number; readonly since: number }

const LAST_MINUTE = 60_000;

export class Clocks {
  private readonly readings = new WeakMap<HTMLElement, Reading>();
  private readonly formats = new Map<string, Intl.DateTimeFormat>();
  private readonly offset: number;
  private leftBefore = Number.NaN;

  /** `at` is the server's time when it drew the page; `onMoment` is called a minute before the end, and at the end. */
  constructor(at: string, private readonly onMoment: (moment: "minute" | "over") => void) {
    this.offset = Date.parse(at) - Date.now();
    setInterval(() => this.tick(), 250);
  }

  /** Start the clocks in a part of the page that was just drawn. */
  register(part: HTMLElement): void {
    for (const clock of part.querySelectorAll<HTMLElement>("[data-clock]")) {
      this.readings.set(clock, { ms: Number(clock.dataset["ms"]), since: Date.now() });
    }
    for (const own of part.querySelectorAll<HTMLElement>("[data-own-clock]")) this.showOwn(own);
    if (part.querySelector("[data-clock-box]")) this.leftBefore = Number.NaN;
    this.tick();
  }

  // The reader's own clock stands among those of the capitals, unless one of them shows the same time: then that is named.
  private showOwn(own: HTMLElement): void {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone, now = Date.now() + this.offset;
    const clock = own.querySelector<HTMLElement>("b");
    if (clock) clock.dataset["zone"] = zone;
    const same = [...own.parentElement?.querySelectorAll<HTMLElement>("li:not([data-own-clock]) [data-zone]") ?? []]
      .find((other) => this.format(other.dataset["zone"] ?? "UTC").format(now) === this.format(zone).format(now));
    own.hidden = same !== undefined;
    if (same) same.closest("li")?.append(` (${own.dataset["ownClock"] ?? ""})`);
  }

  private tick(): void {
    const now = Date.now();
    for (const clock of document.querySelectorAll<HTMLElement>("[data-clock]")) this.write(clock, now);
    for (const element of document.querySelectorAll<HTMLElement>("[data-zone]")) {
      set(element, this.format(element.dataset["zone"] ?? "UTC").format(now + this.offset));
    }
  }

  private write(clock: HTMLElement, now: number): void {
    const reading = this.readings.get(clock);
    if (!reading) return;
    const down = clock.dataset["clock"] === "down", elapsed = clock.dataset["runs"] === undefined ? 0 : now - reading.since;
    const ms = down ? reading.ms - elapsed : reading.ms + elapsed;
    set(clock, span(ms));
    if (!down) return;
    clock.classList.toggle("over", ms < 0);
    const box = clock.closest("[data-clock-box]");
    if (!box) return;
    box.classList.toggle("over", ms < 0);
    if (this.leftBefore > LAST_MINUTE && ms <= LAST_MINUTE) this.onMoment("minute");
    if (this.leftBefore > 0 && ms <= 0) this.onMoment("over");
    this.leftBefore = ms;
  }

  private format(zone: string): Intl.DateTimeFormat {
    const format = this.formats.get(zone) ?? new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
    this.formats.set(zone, format);
    return format;
  }
}

/** A length of time as the server writes it: `4:32`, `1:02:09`, `−0:07`. */
export function span(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000), two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60, sign = ms < 0 && seconds > 0 ? "−" : "";
  return `${sign}${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

function set(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
