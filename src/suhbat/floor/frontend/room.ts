// The room's script. The page is whole without it; with it, the record's tail keeps the page up to date.
// The conference's script (media.ts) owns the live line and passes on what comes: see there for the events.
import { Clocks } from "./room/ticking-clocks";
import { forms } from "./room/sent-forms";
import { menus } from "./room/menus";
import { Panels } from "./room/page-parts";
import { type Facts, Floor } from "./room/speaker-stage";
import { Saying, type Texts } from "./room/announcer";
import { tabs } from "./room/tabs";
import { type Entry, Thread } from "./room/live-record";

function json<T>(id: string): T | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

function begin(facts: Facts, texts: Texts): void {
  const saying = new Saying(texts);
  const clocks = new Clocks(facts.at, (moment) => saying.say(texts[moment] ?? ""));
  const panels = new Panels(facts.panels, (panel) => clocks.look(panel));
  const thread = new Thread(facts.zone);
  const floor = new Floor(facts, saying);
  const show = tabs();
  clocks.look(document.body);
  menus();
  forms(saying, () => panels.soon(), () => panels.all());
  document.addEventListener("suhbat:entry", (event) => {
    const entry = (event as CustomEvent<Entry>).detail;
    thread.add(entry);
    floor.after(entry);
    panels.after(entry.act);
    const offered = entry.body["statements"];
    if (entry.act === "statement.filed" || (Array.isArray(offered) && offered.length > 0)) show.mark("statements");
  });
  let wasLost = false;
  document.addEventListener("suhbat:line", (event) => {
    const open = (event as CustomEvent<boolean>).detail;
    const lost = document.querySelector<HTMLElement>("[data-line-lost]");
    if (lost) lost.hidden = open;
    // What was not recorded (who came, who went) is looked at anew; what was recorded comes by the line itself.
    if (open && wasLost) panels.all();
    wasLost = !open;
  });
  document.addEventListener("suhbat:here", () => panels.after("here"));
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("[data-show-tab]");
    if (link) show.open(link.dataset["showTab"] ?? "");
  });
}

const facts = json<Facts>("room-facts");
if (facts) begin(facts, json<Texts>("room-texts") ?? {});
