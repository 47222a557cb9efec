// Parts of the page that the server draws anew after certain acts. What the reader is doing in them stays: the focus,
// what was typed, what was opened.
import { redraw } from "../../../ground/frontend/live/redraw";

const PAUSE = 40;
// Where the room stands, as the chair saw it: the page shows it all the time, beside any form.
const FOLLOWS = ["seen"];

export class Panels {
  private readonly due = new Set<string>();
  private busy = false;
  private timer = 0;

  /** `watched` says for each part which beginnings of act names change it. */
  constructor(private readonly watched: Readonly<Record<string, readonly string[]>>, private readonly swapped: (panel: HTMLElement) => void) {}

  /** Look again at what an act changes; `here` stands for people coming and going. */
  after(act: string): void {
    for (const [name, beginnings] of Object.entries(this.watched)) {
      if (beginnings.some((beginning) => act.startsWith(beginning) && (act !== "here" || beginning === "here"))) this.due.add(name);
    }
    this.soon();
  }

  all(): void {
    for (const name of Object.keys(this.watched)) this.due.add(name);
    this.soon();
  }

  soon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.work(), PAUSE);
  }

  // One request at a time: an older answer must never cover a newer one.
  private async work(): Promise<void> {
    if (this.busy || this.due.size === 0) return;
    this.busy = true;
    const names = [...this.due];
    this.due.clear();
    const page = location.pathname.replace(/\/$/, "");
    const answer = await ask(`${page}/panels/${names.map(encodeURIComponent).join(",")}`);
    this.busy = false;
    if (answer === null) this.later(names);
    else this.put(new DOMParser().parseFromString(answer, "text/html"));
    if (this.due.size > 0) this.soon();
  }

  private later(names: readonly string[]): void {
    for (const name of names) this.due.add(name);
    setTimeout(() => this.soon(), 1500);
  }

  private put(page: Document): void {
    for (const part of page.querySelectorAll<HTMLElement>("[data-part]")) {
      const panel = document.querySelector<HTMLElement>(`[data-panel="${CSS.escape(part.dataset["part"] ?? "")}"]`);
      if (panel) { redraw(panel, part, FOLLOWS); this.swapped(panel); }
    }
  }
}

// The parts as HTML; nothing where they are refused; null where it is worth asking again.
async function ask(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { headers: { "hx-request": "true" } });
    return answer.ok ? await answer.text() : answer.status >= 500 ? null : "";
  } catch { return null; }
}
