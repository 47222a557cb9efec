// What is said to the reader: quietly, for a screen reader; or aloud, where something was refused.
export type Texts = Readonly<Record<string, string>>;

const LASTS = 12_000, KEPT = 6;

export class Saying {
  private readonly status = document.querySelector<HTMLElement>("[data-said]");
  private readonly toasts = document.querySelector<HTMLElement>("[data-toasts]");

  constructor(private readonly texts: Texts) {}

  text(name: string): string {
    return this.texts[name] ?? "";
  }

  /** Announce without taking the focus. Each sentence is a line of its own: what comes quickly covers nothing. */
  say(text: string): void {
    if (!this.status || !text) return;
    const line = document.createElement("p");
    line.textContent = text;
    this.status.append(line);
    while (this.status.childElementCount > KEPT) this.status.firstElementChild?.remove();
  }

  /** Show and announce at once; it goes by itself, or at a press. */
  alarm(text: string): void {
    const toast = document.createElement("div"), words = document.createElement("p"), close = document.createElement("button");
    toast.className = "toast";
    words.textContent = text;
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", this.text("dismiss"));
    close.addEventListener("click", () => toast.remove());
    toast.append(words, close);
    this.toasts?.replaceChildren(toast);
    setTimeout(() => { if (!toast.contains(document.activeElement)) toast.remove(); }, LASTS);
  }
}
