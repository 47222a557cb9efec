// The page follows the record: when others act on a text, what has changed is drawn anew and said in one sentence.
const ABOUT = /^(text|paragraph|proposal|compromise|position|package|silence|adoption|explanation|version|note)\./;
const PARTS = ["#points", "#text", ".text-head", ".silence", "#live-paragraph", "#live-board"];
const PAUSE = 10, AGAIN = 1000;

export function follow(page: HTMLElement): void {
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
    timer = setTimeout(async () => { if (!(await redraw(page))) soon(AGAIN); }, wait);
  }
}

function say(page: HTMLElement, sentence: string): void {
  const said = page.querySelector("[data-said]");
  if (said) said.textContent = sentence;
}

// Whoever is writing in a part keeps it as it is: nothing is ever taken from under someone's hands.
function busy(part: Element): boolean {
  const active = document.activeElement;
  const writing = [...part.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
  return writing || (active !== null && part.contains(active) && active.matches("textarea, select, input"));
}

// Whether the page is as it stands now; false where the server could not be asked.
async function redraw(page: HTMLElement): Promise<boolean> {
  const reply = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!reply) return false;
  if (!reply.ok) return true;
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
  const appeared = PARTS.some((part) => !page.querySelector(part) !== !fresh.querySelector(part));
  const root = page.ownerDocument.querySelector("#main");
  if (appeared && root && !busy(root)) {
    const whole = fresh.querySelector("#text-page");
    if (whole) page.innerHTML = whole.innerHTML;
  } else {
    for (const part of PARTS) swap(page, fresh, part);
  }
  symbols(fresh);
  return true;
}

function swap(page: HTMLElement, fresh: Document, selector: string): void {
  const [old, now] = [page.querySelector(selector), fresh.querySelector(selector)];
  if (old && now && old.innerHTML !== now.innerHTML && !busy(old)) old.innerHTML = now.innerHTML;
}

// Flags stand once at the end of a page; a flag that was not yet needed has to come with the fresh part.
function symbols(fresh: Document): void {
  for (const symbol of fresh.querySelectorAll("symbol[id]")) {
    if (!document.getElementById(symbol.id)) document.querySelector("svg.unseen:last-of-type")?.append(symbol);
  }
}
