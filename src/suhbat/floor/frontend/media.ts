// The conference's script. It reads `#media-facts` and `#media-texts` (JSON) and works on what the page has:
//   .tile[data-delegation] with a <video> and, for words, [data-media-words]; the script sets on the tile
//     data-presence=here|away|lost, data-heard=yes|no, data-picture=yes|no, data-speaking=yes|no;
//   [data-media=microphone|camera|leave] to press (the first two are shown and keep aria-pressed);
//   [data-media-status] for what is announced.
// It owns the one live line of the page and passes on what comes, on the document: `suhbat:entry` (detail: the
// entry), `suhbat:here` (detail: who is in the room), `suhbat:line` (detail: whether the line is open).
import { Conference, type Facts } from "./media/conference";
import type { Why } from "./media/line";
import type { Texts } from "./media/tiles";

function json<T>(id: string): T | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

function button(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-media="${name}"]`);
}

function pass(name: string, detail: unknown): void {
  document.dispatchEvent(new CustomEvent(`suhbat:${name}`, { detail }));
}

// Whoever is put out is told why, and finds no button that would only be refused.
function showOut({ act, by }: Why, texts: Texts): void {
  const notice = document.querySelector<HTMLElement>("[data-out]"), words = notice?.querySelector("p");
  if (!notice || !words) return;
  const ended = by ? "out_by" : "out_own";
  const told = { "seat.vacated": ended, "seat.taken": "out_letter" }[act] ?? "out";
  words.textContent = (texts[told] ?? "").replace("%(name)s", by);
  notice.hidden = false;
  document.querySelector(".room")?.setAttribute("inert", "");
  for (const each of document.querySelectorAll(".room-foot, [data-clock]")) each.remove();
  notice.querySelector("a")?.focus();
}

function begin(facts: Facts, texts: Texts): void {
  const status = document.querySelector<HTMLElement>("[data-media-status]");
  const say = (text: string | undefined) => { if (status && status.textContent !== text) status.textContent = text ?? ""; };
  let wasOpen = true;
  const conference = new Conference({ ...facts, texts }, {
    entry: (entry) => pass("entry", entry),
    here: (peers) => pass("here", peers),
    line: (open) => {
      if (open !== wasOpen) say(open ? texts["line_back"] : texts["line_lost"]);
      wasOpen = open;
      pass("line", open);
    },
    own: ({ camera, microphone, open, mode }) => {
      button("microphone")?.setAttribute("aria-pressed", String(microphone));
      button("camera")?.setAttribute("aria-pressed", String(camera));
      document.documentElement.dataset["microphone"] = microphone ? (open ? "open" : "waiting") : "closed";
      document.documentElement.dataset["mode"] = mode;
    },
    waits: (forTouch) => { if (forTouch) say(texts["touch"]); },
    refused: () => say(texts["refused"]),
    replaced: () => say(texts["replaced"]),
    out: (why) => {
      document.documentElement.dataset["microphone"] = "closed";
      say(""); // nothing of the line is true any more
      showOut(why, texts);
    },
  });
  if (facts.video && "mediaDevices" in navigator) for (const name of ["microphone", "camera"]) button(name)?.removeAttribute("hidden");
  const pressed = (element: Element) => element.getAttribute("aria-pressed") === "true";
  button("microphone")?.addEventListener("click", (event) => void conference.microphone(!pressed(event.currentTarget as Element)));
  button("camera")?.addEventListener("click", (event) => void conference.camera(!pressed(event.currentTarget as Element)));
  button("leave")?.addEventListener("click", () => conference.leave());
}

const facts = json<Facts>("media-facts");
if (facts) begin(facts, json<Texts>("media-texts") ?? {});
