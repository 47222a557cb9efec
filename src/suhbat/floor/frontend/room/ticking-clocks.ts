// Clocks that tick: the speaker's time, time spent, and the time in the capitals by the server's clock.
interface Base { readonly ms: number; readonly since: number }

const LITTLE = 60_000;

export class Clocks {
  private readonly bases = new WeakMap<HTMLElement, Base>();
  private readonly formats = new Map<string, Intl.DateTimeFormat>();
  private readonly offset: number;
  private leftBefore = Number.NaN;

  /** `at` is the server's time when it wrote the page; `pass` is told when a speaker's time runs low or out. */
  constructor(at: string, private readonly pass: (moment: "minute" | "over") => void) {
    this.offset = Date.parse(at) - Date.now();
    setInterval(() => this.tick(), 250);
  }

  /** Take note of the clocks in a part of the page that was just drawn. */
  look(part: HTMLElement): void {
    for (const clock of part.querySelectorAll<HTMLElement>("[data-clock]")) {
      this.bases.set(clock, { ms: Number(clock.dataset["ms"]), since: Date.now() });
    }
    if (part.querySelector("[data-clock-box]")) this.leftBefore = Number.NaN;
    this.tick();
  }

  private tick(): void {
    const now = Date.now();
    for (const clock of document.querySelectorAll<HTMLElement>("[data-clock]")) this.write(clock, now);
    for (const place of document.querySelectorAll<HTMLElement>("[data-zone]")) {
      set(place, this.format(place.dataset["zone"] ?? "UTC").format(now + this.offset));
    }
  }

  private write(clock: HTMLElement, now: number): void {
    const base = this.bases.get(clock);
    if (!base) return;
    const down = clock.dataset["clock"] === "down", gone = clock.dataset["runs"] === undefined ? 0 : now - base.since;
    const ms = down ? base.ms - gone : base.ms + gone;
    set(clock, span(ms));
    if (!down) return;
    clock.classList.toggle("over", ms < 0);
    const box = clock.closest("[data-clock-box]");
    if (!box) return;
    box.classList.toggle("over", ms < 0);
    if (this.leftBefore > LITTLE && ms <= LITTLE) this.pass("minute");
    if (this.leftBefore > 0 && ms <= 0) this.pass("over");
    this.leftBefore = ms;
  }

  private format(zone: string): Intl.DateTimeFormat {
    const known = this.formats.get(zone) ?? new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
    this.formats.set(zone, known);
    return known;
  }
}

/** A length of time as the server writes it: `4:32`, `1:02:09`, `−0:07`. */
export function span(ms: number): string {
  const all = Math.floor(Math.abs(ms) / 1000), two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(all / 3600), minutes = Math.floor(all / 60) % 60, sign = ms < 0 && all > 0 ? "−" : "";
  return sign + (hours ? `${hours}:${two(minutes)}` : String(minutes)) + `:${two(all % 60)}`;
}

function set(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
