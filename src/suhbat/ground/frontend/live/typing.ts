// Whether a reader has changed something in a form and not sent it yet.
export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const CONTROLS = "input:not([type=hidden]), textarea, select";
const UNTYPED = /^(hidden|submit|button|reset|image|checkbox|radio|file)$/;

export function isControl(element: Element): element is Control {
  return element.matches(CONTROLS);
}

/** Whether it holds something else than the server wrote into it. */
export function isChanged(control: Control): boolean {
  if (control instanceof HTMLSelectElement) return control.multiple ? isOther(control) : control.selectedIndex !== usual(control);
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.type === "file") return control.value !== "";
  return control.type !== "hidden" && control.value !== control.defaultValue;
}

/** Whether someone is at work in a form: something is changed, a fault is shown, or a field has the focus. */
export function isBusy(form: HTMLFormElement): boolean {
  const active = document.activeElement;
  if (active && form.contains(active) && isControl(active)) return true;
  return form.querySelector("[aria-invalid]") !== null || controls(form).some(isChanged);
}

/** Whether words stand here that someone typed and did not send. */
export function isWritten(element: Element): boolean {
  return controls(element).some((each) => !(each instanceof HTMLSelectElement) && !UNTYPED.test(each.type)
    && each.value.trim() !== "" && isChanged(each));
}

function controls(element: Element): Control[] {
  return [...(isControl(element) ? [element] : []), ...element.querySelectorAll<Control>(CONTROLS)];
}

function isOther(select: HTMLSelectElement): boolean {
  return [...select.options].some((option) => option.selected !== option.defaultSelected);
}

// What a list shows before anyone touches it: the last that is marked, else the first that can be chosen.
function usual(select: HTMLSelectElement): number {
  const options = [...select.options], marked = options.map((option) => option.defaultSelected).lastIndexOf(true);
  if (marked >= 0) return marked;
  return select.size > 1 ? -1 : options.findIndex((option) => !option.disabled);
}
