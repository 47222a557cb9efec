// Draws what has changed of a text into the page: its head, its points, and the paragraphs that were touched.
import { redraw } from "../../../ground/frontend/live/redraw";

/** Whether all of it found its place; if not, the whole page has to be drawn. What is marked as the same is not sent. */
export function patch(page: HTMLElement, fresh: Document): boolean {
  const news = fresh.querySelector<HTMLElement>("[data-as-of]");
  if (!news) return false;
  for (const same of news.querySelectorAll<HTMLElement>("[data-same]")) {
    const shown = place(page, same);
    if (!shown) return false;
    same.replaceWith(shown.cloneNode(true));
  }
  const changed = [...news.querySelectorAll<HTMLElement>(".para, .points, .text-head")].map((now) => [place(page, now), now] as const);
  const gone = page.querySelector("#points") && !news.querySelector("#points");
  if (gone || changed.some(([old]) => !old)) return false;
  for (const [old, now] of changed) {
    old!.className = now.className;
    redraw(old!, now);
  }
  page.dataset["asOf"] = news.dataset["asOf"];
  return true;
}

function place(page: HTMLElement, now: HTMLElement): HTMLElement | null {
  return page.querySelector<HTMLElement>(now.id ? `#${CSS.escape(now.id)}` : ".text-head");
}
