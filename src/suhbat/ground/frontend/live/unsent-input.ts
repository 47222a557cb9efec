// Whether a reader has changed something in a form and not sent it yet.
export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const CONTROLS = "input:not([type=hidden]), textarea, select";
const UNTYPED = /^(hidden|submit|button|reset|image|checkbox|radio|file)$/u;

export function isControl(element: Element): element is Control {
  return element.matches(CONTROLS);
}

/** Whether its value differs from the one that the server drew. */
export function isChanged(control: Control): boolean {
  if (control instanceof HTMLSelectElement) return control.multiple ? isOtherSelection(control) : control.selectedIndex !== defaultIndex(control);
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.type === "file") return control.value !== "";
  return control.type !== "hidden" && control.value !== control.defaultValue;
}

/** Whether a form is in use: a value is changed, an error is shown, or a field has the focus. */
export function isBusy(form: HTMLFormElement): boolean {
  const active = document.activeElement;
  if (active && form.contains(active) && isControl(active)) return true;
  return form.querySelector("[aria-invalid]") !== null || controls(form).some(isChanged);
}

/** Whether an element contains text that the reader typed and did not send. */
export function isWritten(element: Element): boolean {
  return controls(element).some((control) => !(control instanceof HTMLSelectElement) && !UNTYPED.test(control.type)
    && control.value.trim() !== "" && isChanged(control));
}

function controls(element: Element): Control[] {
  return [...(isControl(element) ? [element] : []), ...element.querySelectorAll<Control>(CONTROLS)];
}

function isOtherSelection(select: HTMLSelectElement): boolean {
  return [...select.options].some((option) => option.selected !== option.defaultSelected);
}

// The option that a list shows at first: the last one marked as selected, else the first enabled one.
function defaultIndex(select: HTMLSelectElement): number {
  const options = [...select.options], marked = options.map((option) => option.defaultSelected).lastIndexOf(true);
  if (marked >= 0) return marked;
  return select.size > 1 ? -1 : options.findIndex((option) => !option.disabled);
}
