// The live connection from the server. It reconnects by itself after a network failure, a sleeping laptop or a restart
// of the server, and requests the entries after the last one it has received.
import type { Peer } from "./audible-peers";

export interface Entry { readonly number: number; readonly act: string; readonly body: Record<string, unknown> }

/** Why somebody is signed out: by which act, and by whom; `by` is empty if it was their own act. */
export interface Reason { readonly act: string; readonly by: string }

export interface LiveHandlers {
  entry(entry: Entry): void;
  signal(from: string, data: Record<string, unknown>): void;
  here(peers: readonly Peer[]): void;
  connection(open: boolean): void;
  /** These peers have lost their seat or their sign-in: they do not come back. */
  gone(peers: readonly string[]): void;
  /** This peer has lost its seat or its sign-in. */
  out(reason: Reason): void;
}

const CHECK_EVERY = 2000, ASLEEP = 12_000, MAX_WAIT = 8000;

export class LiveEvents {
  private source: EventSource | null = null;
  private attempts = 0;
  private retryTimer = 0;
  private lastCheck = Date.now();
  private ended = false;
  /** The number of the newest entry that the page already shows. */
  last: number;

  constructor(private readonly url: string, private readonly peer: string, last: number, private readonly handlers: LiveHandlers) {
    this.last = last;
    addEventListener("online", () => this.reconnect());
    addEventListener("offline", () => this.retry());
    addEventListener("pageshow", (event) => { if (event.persisted) this.reconnect(); });
    setInterval(() => this.check(), CHECK_EVERY);
    this.open();
  }

  get isOpen(): boolean {
    return this.source?.readyState === EventSource.OPEN;
  }

  /** Close and open again: a connection that looks open may be dead. */
  reconnect(): void {
    if (this.ended) return;
    this.attempts = 0;
    this.open();
  }

  end(): void {
    this.ended = true;
    this.source?.close();
  }

  private open(): void {
    clearTimeout(this.retryTimer);
    this.source?.close();
    const address = new URL(this.url, location.href);
    address.searchParams.set("peer", this.peer);
    address.searchParams.set("after", String(this.last));
    const source = new EventSource(address);
    this.source = source;
    source.onopen = () => { this.attempts = 0; this.handlers.connection(true); };
    source.onerror = () => { if (source === this.source) this.retry(); };
    const on = (name: string, handle: (data: Record<string, unknown>) => void) =>
      source.addEventListener(name, (event) => handle(JSON.parse((event as MessageEvent<string>).data)));
    on("entry", (data) => this.entry(data as unknown as Entry));
    on("signal", (data) => this.handlers.signal(String(data["from"]), data["data"] as Record<string, unknown>));
    on("gone", (data) => this.handlers.gone(data["peers"] as string[]));
    on("out", (data) => { this.end(); this.handlers.out(data as unknown as Reason); });
    on("here", (data) => this.handlers.here(data["peers"] as Peer[]));
  }

  // The browser would reconnect with the old address. Ours is the same in every browser and never gives up.
  private retry(): void {
    if (this.ended) return;
    this.source?.close();
    this.handlers.connection(false);
    clearTimeout(this.retryTimer);
    this.retryTimer = window.setTimeout(() => this.open(), Math.min(MAX_WAIT, 400 * 2 ** this.attempts++));
  }

  private entry(entry: Entry): void {
    if (entry.number <= this.last) return;
    this.last = entry.number;
    this.handlers.entry(entry);
  }

  // If the clock jumped, the machine slept: a connection from before may be dead.
  private check(): void {
    const now = Date.now(), slept = now - this.lastCheck > ASLEEP;
    this.lastCheck = now;
    if (slept) this.reconnect();
  }
}
