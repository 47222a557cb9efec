// The page follows the record: when others act on a text, what has changed is drawn anew and said in one sentence.
// The text with its brackets is sent its news by the line itself; the other pages, and whoever missed something, ask.
// Whoever is writing keeps the form as it is: nothing is ever taken from under someone's hands.
import { redraw } from "../../../ground/frontend/live/redraw";
import { patch } from "./patch";

const ABOUT = /^(text|paragraph|proposal|compromise|position|package|silence|adoption|explanation|version|note)\./;
const PAUSE = 10, OVERDUE = 2000, AGAIN = 1000, PATIENCE = 15_000, WHOLE = 205;

interface Entry { act?: string; number?: number; line?: string; body?: { text?: string } }
interface News { since: number; as_of: number; html: string }

/** `drawn` is called after each change, to look after what is new on the page. */
export function follow(page: HTMLElement, drawn: () => void): void {
  const screen = page.dataset["screen"] ?? "";
  const line = new EventSource(address(page, screen));
  let timer = 0, looking = false, again = false, owed = 0;
  line.addEventListener("entry", (event) => {
    const entry = JSON.parse((event as MessageEvent<string>).data) as Entry;
    if (!ABOUT.test(entry.act ?? "") || (screen && screen !== `text:${entry.body?.text}`)) return;
    say(page, entry.line ?? "");
    if (!screen) { soon(PAUSE); return; }
    if ((entry.number ?? 0) <= asOf(page)) return;
    owed = entry.number ?? 0;
    soon(OVERDUE);
  });
  line.addEventListener("news", (event) => {
    const news = JSON.parse((event as MessageEvent<string>).data) as News;
    if (news.as_of <= asOf(page)) return;
    if (looking || !news.html || news.since > asOf(page) || !patch(page, parsed(news.html))) { soon(PAUSE); return; }
    if (news.as_of >= owed) clearTimeout(timer);
    drawn();
  });
  // Whoever lost the line sees everything again as soon as it is back, whatever came in between.
  addEventListener("online", () => soon(PAUSE));
  let lost = false;
  line.addEventListener("error", () => { lost = true; });
  line.addEventListener("open", () => { if (lost) soon(PAUSE); lost = false; });
  addEventListener("pagehide", () => line.close());

  function soon(wait: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void bring(), wait);
  }

  // One look at a time: what comes in meanwhile is seen by the next.
  async function bring(): Promise<void> {
    if (looking) { again = true; return; }
    looking = true;
    again = false;
    const done = await look(page).finally(() => { looking = false; });
    if (done) drawn();
    if (again || !done) soon(done ? PAUSE : AGAIN);
  }
}

// Without a `peer`: who reads a text is not thereby in the room, nor gone from it in another window.
function address(page: HTMLElement, screen: string): string {
  const asked = screen ? `?${new URLSearchParams({ screen, as_of: page.dataset["asOf"] ?? "0" }).toString()}` : "";
  return `${page.dataset["live"]}${asked}`;
}

function asOf(page: HTMLElement): number {
  return Number(page.dataset["asOf"] ?? "0");
}

function say(page: HTMLElement, sentence: string): void {
  const said = page.querySelector("[data-said]");
  if (said) said.textContent = sentence;
}

// Whether the page is as it stands now; false where the server could not be asked.
async function look(page: HTMLElement): Promise<boolean> {
  const news = page.dataset["news"];
  if (news) {
    const reply = await ask(`${news}?since=${page.dataset["asOf"] ?? "0"}`);
    if (!reply) return false;
    if (reply.ok && reply.status !== WHOLE && patch(page, parsed(await reply.text()))) return true;
  }
  const reply = await ask(location.href);
  if (!reply) return false;
  if (!reply.ok) return true;
  const whole = parsed(await reply.text()).querySelector<HTMLElement>("#text-page");
  if (!whole) return true;
  redraw(page, whole);
  Object.assign(page.dataset, whole.dataset);
  return true;
}

function ask(address: string): Promise<Response | null> {
  return fetch(address, { headers: { accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
}

function parsed(html: string): Document {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  symbols(fresh);
  return fresh;
}

// Flags stand once at the end of a page; a flag that was not yet needed has to come with the fresh part.
function symbols(fresh: Document): void {
  for (const symbol of fresh.querySelectorAll("symbol[id]")) {
    if (!document.getElementById(symbol.id)) document.querySelector("svg.unseen:last-of-type")?.append(symbol);
  }
}
