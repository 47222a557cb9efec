// The way down: the live channel. It comes back by itself after a lost line, a sleeping laptop, a server's restart,
// and asks for what came after the last entry it has seen.
import type { Peer } from "./floor";

export interface Entry { readonly number: number; readonly act: string; readonly body: Record<string, unknown> }

/** Why somebody is put out: by which act, and by whom; `by` is empty if by the own hand. */
export interface Why { readonly act: string; readonly by: string }

export interface Heard {
  entry(entry: Entry): void;
  signal(from: string, data: Record<string, unknown>): void;
  here(peers: readonly Peer[]): void;
  line(open: boolean): void;
  /** These have lost their seat or their sign-in: they do not come back. */
  gone(peers: readonly string[]): void;
  /** This one has. */
  out(why: Why): void;
}

const CHECK = 2_000, ASLEEP = 12_000, LONGEST_WAIT = 8_000;

export class Line {
  private source: EventSource | null = null;
  private tries = 0;
  private again = 0;
  private lastCheck = Date.now();
  private ended = false;

  /** `last` is the number of the newest entry that the page already shows. */
  constructor(private readonly url: string, private readonly peer: string, public last: number, private readonly heard: Heard) {
    addEventListener("online", () => this.renew());
    addEventListener("offline", () => this.lost());
    addEventListener("pageshow", (event) => { if (event.persisted) this.renew(); });
    setInterval(() => this.check(), CHECK);
    this.open();
  }

  get isOpen(): boolean {
    return this.source?.readyState === EventSource.OPEN;
  }

  /** Hang up and dial again: what looks open may be dead. */
  renew(): void {
    if (this.ended) return;
    this.tries = 0;
    this.open();
  }

  end(): void {
    this.ended = true;
    this.source?.close();
  }

  private open(): void {
    clearTimeout(this.again);
    this.source?.close();
    const address = new URL(this.url, location.href);
    address.searchParams.set("peer", this.peer);
    address.searchParams.set("after", String(this.last));
    const source = new EventSource(address);
    this.source = source;
    source.onopen = () => { this.tries = 0; this.heard.line(true); };
    source.onerror = () => { if (source === this.source) this.lost(); };
    const on = (name: string, take: (data: Record<string, unknown>) => void) =>
      source.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data)));
    on("entry", (data) => this.entry(data as unknown as Entry));
    on("signal", (data) => this.heard.signal(String(data["from"]), data["data"] as Record<string, unknown>));
    on("gone", (data) => this.heard.gone(data["peers"] as string[]));
    on("out", (data) => { this.end(); this.heard.out(data as unknown as Why); });
    on("here", (data) => this.heard.here(data["peers"] as Peer[]));
  }

  // The browser's own way back asks with the old address; ours is the same everywhere and never gives up.
  private lost(): void {
    if (this.ended) return;
    this.source?.close();
    this.heard.line(false);
    clearTimeout(this.again);
    this.again = window.setTimeout(() => this.open(), Math.min(LONGEST_WAIT, 400 * 2 ** this.tries++));
  }

  private entry(entry: Entry): void {
    if (entry.number <= this.last) return;
    this.last = entry.number;
    this.heard.entry(entry);
  }

  // A clock that jumped means that the machine slept: the line it left open is not to be trusted.
  private check(): void {
    const now = Date.now(), slept = now - this.lastCheck > ASLEEP;
    this.lastCheck = now;
    if (slept) this.renew();
  }
}
