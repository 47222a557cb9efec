// A part of a page brought up to what the server draws now, without taking anything from under the reader's hands:
// nodes that are still there stay the same nodes, so the focus, the caret and the scrolling stay; what was unfolded
// stays unfolded; a form that someone is writing in stays as it is, and one that is no longer drawn stays until it is
// sent or emptied.
import { Idiomorph } from "idiomorph";
import { isBusy, isChanged, isControl, isWritten } from "./typing";
import { pair } from "./pairing";

/** `follows` names hidden fields that take the fresh value even in a form that stays (what the reader sees beside it). */
export function redraw(part: HTMLElement, fresh: HTMLElement, follows: readonly string[] = []): void {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  pair(part, fresh);
  Idiomorph.morph(part, [...fresh.childNodes], {
    morphStyle: "innerHTML",
    callbacks: {
      // (Texts and remarks come here too, whatever the library's types say.)
      beforeNodeMorphed: (old: Node, now) => !(old instanceof Element && stays(old, now as Element, follows)),
      beforeNodeRemoved: (old: Node) => !(old instanceof Element && isWritten(old)),
      beforeAttributeUpdated: (name, element) => !(name === "open" && element instanceof HTMLDetailsElement),
    },
  });
  if (focused) refocus(part, focused);
}

/** After a refusal because something had changed, the form takes what it did not show; what was typed stays. */
export function outdated(form: HTMLFormElement): void {
  form.dataset["outdated"] = "";
}

function stays(old: Element, now: Element, follows: readonly string[]): boolean {
  if (old instanceof HTMLFormElement && isBusy(old)) {
    if ("outdated" in old.dataset) return false;
    for (const name of follows) follow(old, now, name);
    return true;
  }
  return (isControl(old) && isChanged(old)) || (old instanceof HTMLElement && "said" in old.dataset);
}

function follow(old: HTMLFormElement, now: Element, name: string): void {
  const held = `input[type=hidden][name="${CSS.escape(name)}"]`;
  const kept = old.querySelector<HTMLInputElement>(held), fresh = now.querySelector<HTMLInputElement>(held);
  if (kept && fresh) kept.value = fresh.value;
}

// Where the control that had the focus is gone, the first thing that can be done in this part has it.
function refocus(part: HTMLElement, old: Element): void {
  if (document.activeElement !== document.body && part.contains(document.activeElement)) return;
  const same = old.isConnected && part.contains(old) ? old as HTMLElement : null;
  const target = same ?? [...part.querySelectorAll<HTMLElement>("button, summary, a[href], input:not([type=hidden]), select, textarea")]
    .find((each) => each.checkVisibility());
  if (!target) part.tabIndex = -1;
  (target ?? part).focus({ preventScroll: true });
}
