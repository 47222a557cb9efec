// The live record: what the line brings is put on top, once each, as the server would have drawn it.
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
export const DEEDS = ["pledge.", "decision.", "recommendation.", "announcement.", "project.", "next_meeting."];

export const begins = (act: string, beginnings: readonly string[]): boolean => beginnings.some((each) => act.startsWith(each));

export class Thread {
  private readonly list = document.querySelector<HTMLOListElement>("[data-thread]");
  private readonly blank = document.querySelector<HTMLTemplateElement>("template[data-entry]");
  private readonly time: Intl.DateTimeFormat;

  constructor(zone: string) {
    this.time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
  }

  add(entry: Entry): void {
    if (entry.act === "summary.noted") { this.summarise(entry); return; }
    if (!begins(entry.act, SHOWN) || this.find(entry.number)) return;
    const made = this.blank?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
    if (!made || !this.list) return;
    made.dataset["number"] = String(entry.number);
    if (begins(entry.act, DEEDS)) made.className = "deed";
    else if (begins(entry.act, ["meeting.", "item."])) made.className = "mark";
    const time = made.querySelector("time"), line = made.querySelector("p");
    if (time) { time.dateTime = entry.time; time.textContent = this.time.format(new Date(entry.time)); }
    if (line) line.append(...flag(String(entry.body["delegation"] ?? "")), entry.line);
    this.list.querySelector(".empty")?.remove();
    this.list.prepend(made);
  }

  private summarise(entry: Entry): void {
    const place = this.find(Number(entry.body["given_entry"]))?.querySelector<HTMLElement>(".summary");
    if (!place) return;
    place.textContent = String(entry.body["text"] ?? "");
    place.hidden = false;
  }

  private find(number: number): HTMLElement | null {
    return this.list?.querySelector<HTMLElement>(`[data-number="${number}"]`) ?? null;
  }
}

function flag(code: string): (Node | string)[] {
  const drawn = document.querySelector(`.tile[data-delegation="${CSS.escape(code)}"] .flag`);
  return drawn ? [drawn.cloneNode(true), " "] : [];
}
