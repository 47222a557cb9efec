// The page follows the record: when others act on a text, what has changed is drawn anew and said in one sentence.
// Whoever is writing keeps the form as it is: nothing is ever taken from under someone's hands.
import { redraw } from "../../../ground/frontend/live/redraw";
import { patch } from "./patch";

const ABOUT = /^(text|paragraph|proposal|compromise|position|package|silence|adoption|explanation|version|note)\./;
const PAUSE = 10, AGAIN = 1000, PATIENCE = 15_000, WHOLE = 205;

/** `drawn` is called after each change, to look after what is new on the page. */
export function follow(page: HTMLElement, drawn: () => void): void {
  const line = new EventSource(`/live/${page.dataset["liveMeeting"]}?peer=text-${crypto.randomUUID().slice(0, 8)}`);
  let timer = 0, looking = false, again = false;
  line.addEventListener("entry", (event) => {
    const entry = JSON.parse((event as MessageEvent<string>).data) as { act?: string; line?: string };
    if (!ABOUT.test(entry.act ?? "")) return;
    say(page, entry.line ?? "");
    soon(PAUSE);
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
