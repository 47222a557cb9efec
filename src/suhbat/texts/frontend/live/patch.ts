// Updates the changed parts of a text in the page: its head, its points, and the changed paragraphs.
import { redraw } from "../../../ground/frontend/live/redraw";

/** Whether every part was found in the page; if not, the whole page must be requested. Unchanged parts are not sent. */
export function patch(page: HTMLElement, fresh: Document): boolean {
  const news = fresh.querySelector<HTMLElement>("[data-as-of]");
  if (!news) return false;
  for (const same of news.querySelectorAll<HTMLElement>("[data-same]")) {
    const shown = counterpart(page, same);
    if (!shown) return false;
    same.replaceWith(shown.cloneNode(true));
  }
  const changed = [...news.querySelectorAll<HTMLElement>(".para, .points, .text-head")].map((now) => [counterpart(page, now), now] as const);
  const pointsRemoved = page.querySelector("#points") && !news.querySelector("#points");
  if (pointsRemoved || changed.some(([old]) => !old)) return false;
  for (const [old, now] of changed) {
    if (!old) continue;
    old.className = now.className;
    redraw(old, now);
  }
  page.dataset["asOf"] = news.dataset["asOf"];
  return true;
}

// The element of the page that shows the same part.
function counterpart(page: HTMLElement, now: HTMLElement): HTMLElement | null {
  return page.querySelector<HTMLElement>(now.id ? `#${CSS.escape(now.id)}` : ".text-head");
}
