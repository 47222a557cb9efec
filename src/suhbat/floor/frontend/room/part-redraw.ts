// Parts of the page that the server draws again after certain acts. The reader's work in them stays: the focus,
// typed text, open folds.
import { redraw } from "../../../ground/frontend/live/redraw";

const PAUSE = 40;
// Hidden field with the chair's last decision. It is updated even in a form in use, since the page shows it beside.
const UPDATED_FIELDS = ["seen"];

export class PageParts {
  private readonly due = new Set<string>();
  private busy = false;
  private timer = 0;

  /** `watched` has, for each part, the beginnings of the names of acts that change it. */
  constructor(private readonly watched: Readonly<Record<string, readonly string[]>>, private readonly redrawn: (panel: HTMLElement) => void) {}

  /** Request the parts that an act changes; `here` means that somebody came or went. */
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

  // One request at a time: an older answer must never replace a newer one.
  private async work(): Promise<void> {
    if (this.busy || this.due.size === 0) return;
    this.busy = true;
    const names = [...this.due];
    this.due.clear();
    const page = location.pathname.replace(/\/$/u, "");
    const answer = await load(`${page}/panels/${names.map(encodeURIComponent).join(",")}`);
    this.busy = false;
    if (answer === null) this.retry(names);
    else this.redraw(new DOMParser().parseFromString(answer, "text/html"));
    if (this.due.size > 0) this.soon();
  }

  private retry(names: readonly string[]): void {
    for (const name of names) this.due.add(name);
    setTimeout(() => this.soon(), 1500);
  }

  private redraw(page: Document): void {
    for (const part of page.querySelectorAll<HTMLElement>("[data-part]")) {
      const panel = document.querySelector<HTMLElement>(`[data-panel="${CSS.escape(part.dataset["part"] ?? "")}"]`);
      if (panel) { redraw(panel, part, UPDATED_FIELDS); this.redrawn(panel); }
    }
  }
}

// The parts as HTML; empty where they are refused; null where a retry may help.
async function load(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { headers: { "hx-request": "true" } });
    return answer.ok ? await answer.text() : answer.status >= 500 ? null : "";
  } catch { return null; }
}
