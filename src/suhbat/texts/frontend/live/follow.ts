// The page follows the record: when others act on a text, what has changed is drawn anew and said in one sentence.
// Whoever is writing keeps the form as it is: nothing is ever taken from under someone's hands.
import { redraw } from "../../../ground/frontend/live/redraw";

const ABOUT = /^(text|paragraph|proposal|compromise|position|package|silence|adoption|explanation|version|note)\./;
const PAUSE = 10, AGAIN = 1000;

/** `drawn` is called after each change, to look after what is new on the page. */
export function follow(page: HTMLElement, drawn: () => void): void {
  const line = new EventSource(`/live/${page.dataset["liveMeeting"]}?peer=text-${crypto.randomUUID().slice(0, 8)}`);
  let timer = 0;
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
    timer = setTimeout(async () => { if (!(await look(page))) soon(AGAIN); else drawn(); }, wait);
  }
}

function say(page: HTMLElement, sentence: string): void {
  const said = page.querySelector("[data-said]");
  if (said) said.textContent = sentence;
}

let asked = 0;

// Whether the page is as it stands now; false where the server could not be asked.
async function look(page: HTMLElement): Promise<boolean> {
  const own = ++asked;
  const reply = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!reply) return false;
  if (!reply.ok) return true;
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
  if (own !== asked) return true; // a newer look is under way: an older one must not cover it
  const whole = fresh.querySelector<HTMLElement>("#text-page");
  symbols(fresh);
  if (whole) redraw(page, whole);
  return true;
}

// Flags stand once at the end of a page; a flag that was not yet needed has to come with the fresh part.
function symbols(fresh: Document): void {
  for (const symbol of fresh.querySelectorAll("symbol[id]")) {
    if (!document.getElementById(symbol.id)) document.querySelector("svg.unseen:last-of-type")?.append(symbol);
  }
}
