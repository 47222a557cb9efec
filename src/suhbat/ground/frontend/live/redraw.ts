// Updates a part of a page to what the server draws now, without disturbing the reader. Nodes that are still there stay
// the same nodes, so focus, caret and scroll position stay. Open folds stay open. A form in use stays as it is; if the
// server no longer draws it, it stays until it is sent or emptied.
import { Idiomorph } from "idiomorph";
import { isBusy, isChanged, isControl, isWritten } from "./unsent-input";
import { pair } from "./pairing";

/** `updatedFields` are hidden fields that get the new value even in a form in use: the page shows the value beside it. */
export function redraw(part: HTMLElement, fresh: HTMLElement, updatedFields: readonly string[] = []): void {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  pair(part, fresh);
  Idiomorph.morph(part, [...fresh.childNodes], {
    morphStyle: "innerHTML",
    callbacks: {
      // (Text and comment nodes come here too, although the library's types do not say so.)
      beforeNodeMorphed: (old: Node, now) => !(old instanceof Element && stays(old, now as Element, updatedFields)),
      beforeNodeRemoved: (old: Node) => !(old instanceof Element && isWritten(old)),
      beforeAttributeUpdated: (name, element) => !(name === "open" && element instanceof HTMLDetailsElement),
    },
  });
  if (focused) refocus(part, focused);
}

/** Mark a form that was refused as outdated: the next redraw updates it, except for typed text. */
export function outdated(form: HTMLFormElement): void {
  form.dataset["outdated"] = "";
}

// Whether an element stays as it is.
function stays(old: Element, now: Element, updatedFields: readonly string[]): boolean {
  if (old instanceof HTMLFormElement && isBusy(old)) {
    if ("outdated" in old.dataset) return false;
    for (const name of updatedFields) updateField(old, now, name);
    return true;
  }
  return (isControl(old) && isChanged(old)) || (old instanceof HTMLElement && "said" in old.dataset);
}

function updateField(old: HTMLFormElement, now: Element, name: string): void {
  const selector = `input[type=hidden][name="${CSS.escape(name)}"]`;
  const field = old.querySelector<HTMLInputElement>(selector), fresh = now.querySelector<HTMLInputElement>(selector);
  if (field && fresh) field.value = fresh.value;
}

// If the control that had the focus was removed, the first control of this part gets it.
function refocus(part: HTMLElement, old: Element): void {
  if (document.activeElement !== document.body && part.contains(document.activeElement)) return;
  const unchanged = old.isConnected && part.contains(old) ? old as HTMLElement : null;
  const target = unchanged ?? [...part.querySelectorAll<HTMLElement>("button, summary, a[href], input:not([type=hidden]), select, textarea")]
    .find((control) => control.checkVisibility());
  if (!target) part.tabIndex = -1;
  (target ?? part).focus({ preventScroll: true });
}
