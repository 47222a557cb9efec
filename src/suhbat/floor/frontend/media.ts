// The conference's script. It reads `#media-facts` and `#media-texts` (JSON) and works on what the page has:
//   .tile[data-delegation] with a <video> and, for words, [data-media-words]; the script sets on the tile
//     data-presence=here|away|lost, data-heard=yes|no, data-picture=yes|no, data-speaking=yes|no;
//   [data-media=microphone|camera|leave]: buttons (the script shows the first two and sets aria-pressed);
//   [data-media-status] for announcements.
// It owns the one live connection of the page and dispatches its events on the document: `suhbat:entry` (detail: the
// entry), `suhbat:here` (detail: who is in the room), `suhbat:line` (detail: whether the connection is open).
import { Conference, type Facts } from "./media/conference";
import { returned } from "./room/links-beside";
import type { Reason } from "./media/live-events";
import type { Texts } from "./media/delegation-tiles";

function json<T>(id: string): T | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

function button(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-media="${name}"]`);
}

function dispatch(name: string, detail: unknown): void {
  document.dispatchEvent(new CustomEvent(`suhbat:${name}`, { detail }));
}

// Show why this person was signed out, and disable the room.
function showSignedOut({ act, by }: Reason, texts: Texts): void {
  const notice = document.querySelector<HTMLElement>("[data-out]"), words = notice?.querySelector("p");
  if (!notice || !words) return;
  const ended = by ? "out_by" : "out_own";
  const name = { "seat.vacated": ended, "seat.taken": "out_letter" }[act] ?? "out";
  words.textContent = (texts[name] ?? "").replace("%(name)s", by);
  notice.hidden = false;
  document.querySelector(".room")?.setAttribute("inert", "");
  for (const element of document.querySelectorAll(".room-foot, [data-clock]")) element.remove();
  notice.querySelector("a")?.focus();
}

function begin(facts: Facts, texts: Texts): void {
  const status = document.querySelector<HTMLElement>("[data-media-status]");
  const announce = (text: string | undefined) => { if (status && status.textContent !== text) status.textContent = text ?? ""; };
  let wasOpen = true;
  const conference = new Conference({ ...facts, texts }, {
    entry: (entry) => dispatch("entry", entry),
    here: (peers) => dispatch("here", peers),
    connection: (open) => {
      if (open !== wasOpen) announce(open ? texts["line_back"] : texts["line_lost"]);
      wasOpen = open;
      dispatch("line", open);
    },
    own: ({ camera, microphone, open, mode }) => {
      button("microphone")?.setAttribute("aria-pressed", String(microphone));
      button("camera")?.setAttribute("aria-pressed", String(camera));
      document.documentElement.dataset["microphone"] = microphone ? (open ? "open" : "waiting") : "closed";
      document.documentElement.dataset["mode"] = mode;
    },
    waits: (forTouch) => { if (forTouch) announce(texts["touch"]); },
    refused: () => announce(texts["refused"]),
    replaced: () => announce(texts["replaced"]),
    out: (reason) => {
      document.documentElement.dataset["microphone"] = "closed";
      announce(""); // earlier announcements about the connection are outdated
      showSignedOut(reason, texts);
    },
  });
  if (facts.video && "mediaDevices" in navigator) for (const name of ["microphone", "camera"]) button(name)?.removeAttribute("hidden");
  const pressed = (element: Element) => element.getAttribute("aria-pressed") === "true";
  button("microphone")?.addEventListener("click", (event) => void conference.microphone(!pressed(event.currentTarget as Element)));
  button("camera")?.addEventListener("click", (event) => void conference.camera(!pressed(event.currentTarget as Element)));
  button("leave")?.addEventListener("click", () => conference.leave());
}

const ofThePage = json<Facts>("media-facts");
if (ofThePage && !returned()) begin(ofThePage, json<Texts>("media-texts") ?? {});
