// Announcements to the reader: quietly for screen readers, or as a visible alert where something was refused.
export type Texts = Readonly<Record<string, string>>;

const ALERT_LASTS = 12_000, MAX_SENTENCES = 6;

export class Announcer {
  private readonly status = document.querySelector<HTMLElement>("[data-said]");
  private readonly toasts = document.querySelector<HTMLElement>("[data-toasts]");

  constructor(private readonly texts: Texts) {}

  text(name: string): string {
    return this.texts[name] ?? "";
  }

  /** Announce without moving the focus. Each sentence is a new paragraph, so that none replaces another. */
  announce(text: string): void {
    if (!this.status || !text) return;
    const sentence = document.createElement("p");
    sentence.textContent = text;
    this.status.append(sentence);
    while (this.status.childElementCount > MAX_SENTENCES) this.status.firstElementChild?.remove();
  }

  /** Say visibly what a press did. */
  tell(text: string): void {
    this.toast(text, "toast glad");
  }

  /** Show an alert and announce it. It closes after some seconds, or when the reader closes it. */
  alert(text: string): void {
    this.toast(text, "toast");
  }

  private toast(text: string, look: string): void {
    const toast = document.createElement("div"), words = document.createElement("p"), close = document.createElement("button");
    toast.className = look;
    words.textContent = text;
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", this.text("dismiss"));
    close.addEventListener("click", () => toast.remove());
    toast.append(words, close);
    this.toasts?.replaceChildren(toast);
    setTimeout(() => { if (!toast.contains(document.activeElement)) toast.remove(); }, ALERT_LASTS);
  }
}
