// The live record: each new entry is put on top once, drawn as the server would draw it.
export interface Entry {
  readonly number: number;
  readonly act: string;
  readonly time: string;
  readonly name: string;
  readonly delegation: string;
  readonly line: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const SHOWN = [
  "meeting.opened", "meeting.suspended", "meeting.resumed", "meeting.closed", "item.", "floor.", "list.", "statement.",
  "pledge.", "decision.", "recommendation.", "announcement.", "project.", "next_meeting.", "outcome.", "text.",
  "proposal.", "position.", "silence.", "minutes.", "paper.filed",
];
const UNSHOWN = ["statement.shared", "minutes.words_published", "text.part_published"]; // as in room_view.py
export const OUTCOME_ACTS = ["pledge.", "decision.", "recommendation.", "announcement.", "project.", "next_meeting."];

export const begins = (act: string, beginnings: readonly string[]): boolean => beginnings.some((beginning) => act.startsWith(beginning));

export class LiveRecord {
  private readonly list = document.querySelector<HTMLOListElement>("[data-thread]");
  private readonly template = document.querySelector<HTMLTemplateElement>("template[data-entry]");
  private readonly time: Intl.DateTimeFormat;

  private readonly own = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

  /** `yours` is what a screen reader says before the time on the reader's own clock. */
  constructor(zone: string, private readonly yours: string) {
    this.time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
    for (const time of this.list?.querySelectorAll("time") ?? []) this.addOwnTime(time);
  }

  // The time on the reader's own clock, below the host's, where the two differ.
  private addOwnTime(time: HTMLTimeElement): void {
    const moment = new Date(time.dateTime), own = this.own.format(moment);
    if (own === this.time.format(moment)) return;
    const shown = document.createElement("span"), said = document.createElement("span");
    shown.className = "own-time";
    said.className = "unseen";
    said.textContent = `${this.yours} `;
    shown.append(said, own);
    time.append(shown);
    const told = document.querySelector<HTMLElement>("[data-own-clock-told]");
    if (told) told.hidden = false;
  }

  add(entry: Entry): void {
    if (entry.act === "summary.noted") { this.summarise(entry); return; }
    if (!begins(entry.act, SHOWN) || UNSHOWN.includes(entry.act) || this.line(entry.number)) return;
    const item = this.template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
    if (!item || !this.list) return;
    item.dataset["number"] = String(entry.number);
    if (begins(entry.act, OUTCOME_ACTS)) item.className = "deed";
    else if (begins(entry.act, ["meeting.", "item."])) item.className = "mark";
    const time = item.querySelector("time"), sentence = item.querySelector("p");
    if (time) { time.dateTime = entry.time; time.textContent = this.time.format(new Date(entry.time)); this.addOwnTime(time); }
    if (sentence) sentence.append(...flag(String(entry.body["delegation"] ?? "")), entry.line);
    this.list.querySelector(".empty")?.remove();
    this.list.prepend(item);
  }

  private summarise(entry: Entry): void {
    const summary = this.line(Number(entry.body["given_entry"]))?.querySelector<HTMLElement>(".summary");
    if (!summary) return;
    summary.textContent = String(entry.body["text"] ?? "");
    summary.hidden = false;
  }

  private line(number: number): HTMLElement | null {
    return this.list?.querySelector<HTMLElement>(`[data-number="${number}"]`) ?? null;
  }
}

function flag(code: string): (Node | string)[] {
  const image = document.querySelector(`.tile[data-delegation="${CSS.escape(code)}"] .flag`);
  return image ? [image.cloneNode(true), " "] : [];
}
