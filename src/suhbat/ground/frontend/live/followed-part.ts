// A part of a page follows the record: when an entry arrives that concerns it, the part is drawn again by the server.
import { redraw } from "./redraw";

const PAUSE = 200, PATIENCE = 15_000;

/** `part` says where its live connection is (`data-live`) and with which words acts that concern it begin (`data-about`). */
export function follow(part: HTMLElement): void {
  const about = (part.dataset["about"] ?? "").split(" ").filter(Boolean);
  const source = new EventSource(part.dataset["live"] ?? "");
  let timer = 0, lost = false;
  source.addEventListener("entry", (event) => {
    const { act = "" } = JSON.parse((event as MessageEvent<string>).data) as { act?: string };
    if (about.some((beginning) => act.startsWith(beginning))) soon();
  });
  // After a lost connection something may have come in between.
  source.addEventListener("error", () => { lost = true; });
  source.addEventListener("open", () => { if (lost) soon(); lost = false; });
  addEventListener("pagehide", () => source.close());

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void update(part), PAUSE);
  }
}

async function update(part: HTMLElement): Promise<void> {
  const reply = await fetch(location.href, { headers: { accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) })
    .catch(() => null);
  if (!reply?.ok) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = page.getElementById(part.id);
  if (fresh) redraw(part, fresh);
}
