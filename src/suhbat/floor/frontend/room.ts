// The room's script. The page works without it; with it, new entries of the record update the page.
// The conference's script (media.ts) owns the live connection and dispatches its events: see there.
import { Clocks } from "./room/ticking-clocks";
import { forms } from "./room/sent-forms";
import { menus } from "./room/menus";
import { PageParts } from "./room/part-redraw";
import { type Facts, SpeakerStage } from "./room/speaker-stage";
import { Announcer, type Texts } from "./room/announcer";
import { tabs } from "./room/tabs";
import { linksBeside, markLinks, returned } from "./room/links-beside";
import { type Entry, LiveRecord } from "./room/live-record";

function json<T>(id: string): T | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

function begin(facts: Facts, texts: Texts): void {
  const announcer = new Announcer(texts);
  const clocks = new Clocks(facts.at, (moment) => announcer.announce(texts[moment] ?? ""));
  const parts = new PageParts(facts.panels, (panel) => { clocks.register(panel); markLinks(panel); });
  const liveRecord = new LiveRecord(facts.zone, texts["your_clock"] ?? "");
  const stage = new SpeakerStage(facts, announcer);
  const shownTabs = tabs();
  clocks.register(document.body);
  linksBeside();
  menus();
  forms(announcer, () => parts.soon(), () => parts.all());
  document.addEventListener("suhbat:entry", (event) => {
    const entry = (event as CustomEvent<Entry>).detail;
    liveRecord.add(entry);
    stage.after(entry);
    parts.after(entry.act);
    const offered = entry.body["statements"];
    if (entry.act === "statement.filed" || (Array.isArray(offered) && offered.length > 0)) shownTabs.mark("statements");
  });
  let wasLost = false;
  document.addEventListener("suhbat:line", (event) => {
    const open = (event as CustomEvent<boolean>).detail;
    const notice = document.querySelector<HTMLElement>("[data-line-lost]");
    if (notice) notice.hidden = open;
    // The connection sends missed entries; who came and went is not recorded, so all parts are requested again.
    if (open && wasLost) parts.all();
    wasLost = !open;
  });
  document.addEventListener("suhbat:here", () => parts.after("here"));
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("[data-show-tab]");
    if (link) shownTabs.open(link.dataset["showTab"] ?? "");
  });
}

const STILL_OPEN_AFTER = 1500;
const ofThePage = json<Facts>("room-facts");
if (returned()) setTimeout(() => { window.opener = null; location.reload(); }, STILL_OPEN_AFTER); // where it stays open
else if (ofThePage) begin(ofThePage, json<Texts>("room-texts") ?? {});
