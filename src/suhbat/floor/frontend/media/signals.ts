// The way up: signals to another browser, in order, each kept until the server took it or it is too old to matter.

interface Waiting { readonly to: string; readonly data: object; readonly since: number }

const OLDEST = 10_000, MOST = 400;
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export class Signals {
  private readonly waiting: Waiting[] = [];
  private busy = false;

  /** `lost` is called where the server knows no open line of this browser. */
  constructor(private readonly url: string, private readonly peer: string, private readonly lost: () => void) {}

  /** Send something to one peer, or (empty `to`) to all who take part. */
  send(to: string, data: object): void {
    this.waiting.push({ to, data, since: Date.now() });
    if (this.waiting.length > MOST) this.waiting.shift();
    if (!this.busy) void this.work();
  }

  /** Send a last word while the page goes away. */
  sendLast(data: object): void {
    navigator.sendBeacon(this.url, new Blob([JSON.stringify({ peer: this.peer, to: "", data })], { type: "application/json" }));
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      if (Date.now() - next.since > OLDEST || await this.post(next)) this.waiting.shift();
      else await pause(600);
    }
    this.busy = false;
  }

  // Whether the server took it, or would never take it.
  private async post({ to, data }: Waiting): Promise<boolean> {
    try {
      const answer = await fetch(this.url, {
        method: "POST", headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ peer: this.peer, to, data }),
      });
      if (answer.status === 404) { this.lost(); return false; }
      return answer.status < 429;
    } catch { return false; }
  }
}
