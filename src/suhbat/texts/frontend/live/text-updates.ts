// The page follows the record: when others act on a text, the changed parts are drawn again and one sentence is
// announced. The page of the text with its brackets receives changes through the live connection. Other pages, and a
// page that missed something, request them. A form in use stays as it is.
import { redraw } from "../../../ground/frontend/live/redraw";
import { patch } from "./patch";

const ABOUT = /^(text|paragraph|proposal|compromise|position|package|silence|adoption|explanation|version|note)\./u;
const PAUSE = 10, OVERDUE = 2000, RETRY = 1000, PATIENCE = 15_000, WHOLE = 205;

interface Entry { act?: string; number?: number; line?: string; body?: { text?: string } }
interface News { since: number; as_of: number; html: string }

/** `drawn` is called after each change, to connect new forms of the page. */
export function follow(page: HTMLElement, drawn: () => void): void {
  const screen = page.dataset["screen"] ?? "";
  const source = new EventSource(address(page, screen));
  let timer = 0, loading = false, again = false, expected = 0;
  source.addEventListener("entry", (event) => {
    const entry = JSON.parse((event as MessageEvent<string>).data) as Entry;
    if (!ABOUT.test(entry.act ?? "") || (screen && screen !== `text:${entry.body?.text}`)) return;
    announce(page, entry.line ?? "");
    if (!screen) { soon(PAUSE); return; }
    if ((entry.number ?? 0) <= asOf(page)) return;
    expected = entry.number ?? 0;
    soon(OVERDUE);
  });
  source.addEventListener("news", (event) => {
    const news = JSON.parse((event as MessageEvent<string>).data) as News;
    if (news.as_of <= asOf(page)) return;
    if (loading || !news.html || news.since > asOf(page) || !patch(page, parsed(news.html))) { soon(PAUSE); return; }
    if (news.as_of >= expected) clearTimeout(timer);
    drawn();
  });
  // After a lost connection, request everything that came in between.
  addEventListener("online", () => soon(PAUSE));
  let lost = false;
  source.addEventListener("error", () => { lost = true; });
  source.addEventListener("open", () => { if (lost) soon(PAUSE); lost = false; });
  addEventListener("pagehide", () => source.close());

  function soon(wait: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), wait);
  }

  // One request at a time: later changes come with the next one.
  async function update(): Promise<void> {
    if (loading) { again = true; return; }
    loading = true;
    again = false;
    const done = await load(page).finally(() => { loading = false; });
    if (done) drawn();
    if (again || !done) soon(done ? PAUSE : RETRY);
  }
}

// Without a `peer`: a reader of a text is not in the room, and does not leave it in another window.
function address(page: HTMLElement, screen: string): string {
  const query = screen ? `?${new URLSearchParams({ screen, as_of: page.dataset["asOf"] ?? "0" }).toString()}` : "";
  return `${page.dataset["live"]}${query}`;
}

function asOf(page: HTMLElement): number {
  return Number(page.dataset["asOf"] ?? "0");
}

function announce(page: HTMLElement, sentence: string): void {
  const status = page.querySelector("[data-said]");
  if (status) status.textContent = sentence;
}

// Update the page; false where the server could not be reached.
async function load(page: HTMLElement): Promise<boolean> {
  const news = page.dataset["news"];
  if (news) {
    const reply = await request(`${news}?since=${page.dataset["asOf"] ?? "0"}`);
    if (!reply) return false;
    if (reply.ok && reply.status !== WHOLE && patch(page, parsed(await reply.text()))) return true;
  }
  const reply = await request(location.href);
  if (!reply) return false;
  if (!reply.ok) return true;
  const whole = parsed(await reply.text()).querySelector<HTMLElement>("#text-page");
  if (!whole) return true;
  redraw(page, whole);
  Object.assign(page.dataset, whole.dataset);
  return true;
}

function request(url: string): Promise<Response | null> {
  return fetch(url, { headers: { accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
}

function parsed(html: string): Document {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  symbols(fresh);
  return fresh;
}

// Each flag is drawn once at the end of the page; the new part brings the flags that are missing there.
function symbols(fresh: Document): void {
  for (const symbol of fresh.querySelectorAll("symbol[id]")) {
    if (!document.getElementById(symbol.id)) document.querySelector("svg.unseen:last-of-type")?.append(symbol);
  }
}
