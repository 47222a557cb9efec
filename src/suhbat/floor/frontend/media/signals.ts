// Sends signals to other browsers through the server: in order, each retried until it is accepted or too old.

interface Waiting { readonly to: string; readonly data: object; readonly since: number }

const MAX_AGE = 10_000, MAX_WAITING = 400;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export class Signals {
  private readonly waiting: Waiting[] = [];
  private busy = false;

  /** `lost` is called where the server has no open live connection of this browser. */
  constructor(private readonly url: string, private readonly peer: string, private readonly lost: () => void) {}

  /** Send data to one peer, or with an empty `to` to all peers. */
  send(to: string, data: object): void {
    this.waiting.push({ to, data, since: Date.now() });
    if (this.waiting.length > MAX_WAITING) this.waiting.shift();
    if (!this.busy) void this.work();
  }

  /** Send a last signal while the page closes. */
  sendLast(data: object): void {
    navigator.sendBeacon(this.url, new Blob([JSON.stringify({ peer: this.peer, to: "", data })], { type: "application/json" }));
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (let next = this.waiting.at(0); next; next = this.waiting.at(0)) {
      if (Date.now() - next.since > MAX_AGE || await this.post(next)) this.waiting.shift();
      else await pause(600);
    }
    this.busy = false;
  }

  // Whether the signal is done: the server accepted it, or would never accept it.
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
