// Parts of the page that the server draws anew after certain acts. What the reader is doing in them stays: the focus,
// what was typed, what was opened.
const PAUSE = 40;

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
    try {
      const page = location.pathname.replace(/\/$/, "");
      const answer = await fetch(`${page}/panels/${names.map(encodeURIComponent).join(",")}`, { headers: { "hx-request": "true" } });
      if (answer.ok) this.put(new DOMParser().parseFromString(await answer.text(), "text/html"));
      else if (answer.status >= 500) this.later(names);
    } catch { this.later(names); }
    this.busy = false;
    if (this.due.size > 0) this.soon();
  }

  private later(names: readonly string[]): void {
    for (const name of names) this.due.add(name);
    setTimeout(() => this.soon(), 1500);
  }

  private put(page: Document): void {
    for (const part of page.querySelectorAll<HTMLElement>("[data-part]")) {
      const panel = document.querySelector<HTMLElement>(`[data-panel="${CSS.escape(part.dataset["part"] ?? "")}"]`);
      if (panel) { swap(panel, part); this.swapped(panel); }
    }
  }
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function swap(panel: HTMLElement, fresh: HTMLElement): void {
  const focused = panel.contains(document.activeElement) ? document.activeElement : null;
  const typed = [...panel.querySelectorAll<Control>("input[id], textarea[id], select[id]")].filter(isTyped);
  const open = [...panel.querySelectorAll<HTMLDetailsElement>("details[id][open]")].map((each) => each.id);
  const scrolled = panel.scrollTop;
  panel.replaceChildren(...fresh.childNodes);
  for (const id of open) (panel.querySelector(`#${CSS.escape(id)}`) as HTMLDetailsElement | null)?.setAttribute("open", "");
  for (const old of typed) restore(panel, old);
  panel.scrollTop = scrolled;
  if (focused) refocus(panel, focused);
}

function isTyped(control: Control): boolean {
  if (control instanceof HTMLSelectElement) return [...control.options].some((option) => option.selected !== option.defaultSelected);
  if (control.type === "checkbox") return (control as HTMLInputElement).checked !== (control as HTMLInputElement).defaultChecked;
  return control.type !== "hidden" && control.value !== control.defaultValue;
}

function restore(panel: HTMLElement, old: Control): void {
  const found = panel.querySelector<Control>(`#${CSS.escape(old.id)}`);
  if (!found || found.tagName !== old.tagName) return;
  if (found instanceof HTMLInputElement && found.type === "checkbox") found.checked = (old as HTMLInputElement).checked;
  else found.value = old.value;
}

// The same control if it is still there, else the first thing that can be done in this part.
function refocus(panel: HTMLElement, old: Element): void {
  const same = old.id ? panel.querySelector<HTMLElement>(`#${CSS.escape(old.id)}`) : null;
  const target = same ?? panel.querySelector<HTMLElement>("button, summary, a[href], input:not([type=hidden]), select, textarea");
  if (target) target.focus({ preventScroll: true });
  else { panel.tabIndex = -1; panel.focus({ preventScroll: true }); }
  if (same instanceof HTMLTextAreaElement && old instanceof HTMLTextAreaElement) same.setSelectionRange(old.selectionStart, old.selectionEnd);
}
