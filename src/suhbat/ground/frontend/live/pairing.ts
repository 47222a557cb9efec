// Matches the folds and forms of a new part with those of the shown one. Elements without an id are identified by what
// they do and for what. A form never becomes another form; a fold may, where nothing else fits.
const VERSION_FIELDS = new Set(["key", "then", "meeting", "seen", "changed", "version", "revision"]);

/** Give matching folds and forms of both parts the same id. */
export function pair(part: HTMLElement, fresh: HTMLElement): void {
  const shownElements = byName(part), freshElements = byName(fresh);
  for (const [elements, others] of [[shownElements, freshElements], [freshElements, shownElements]] as const) {
    for (const [name, element] of elements) {
      const isSame = others.get(name)?.tagName === element.tagName;
      if (!element.hasAttribute("id") && (isSame || element.matches("form"))) element.setAttribute("id", name);
    }
  }
}

function byName(root: HTMLElement): Map<string, Element> {
  const elements = new Map<string, Element>(), names = new Map<Element, string>();
  for (const element of root.querySelectorAll("details, form")) {
    const parent = element.parentElement?.closest("[id], details, form");
    const base = parent && root.contains(parent) && parent !== root ? names.get(parent) ?? parent.getAttribute("id") ?? "" : "";
    const ownName = element.getAttribute("id") ?? `${base}/${purpose(element)}`.replace(/\s+/gu, "_");
    let name = ownName;
    for (let n = 2; elements.has(name); n++) name = `${ownName}~${n}`;
    elements.set(name, element);
    names.set(element, name);
  }
  return elements;
}

// What a form or fold does: its address and its hidden fields, or the label of the fold.
function purpose(element: Element): string {
  const form = element.matches("form") ? element : element.querySelector("form");
  if (!form) return `fold:${element.querySelector("summary")?.textContent?.trim() ?? ""}`;
  const fields = [...form.querySelectorAll<HTMLInputElement>("input[type=hidden]")].filter((field) => !VERSION_FIELDS.has(field.name));
  return [element.tagName.toLowerCase(), form.getAttribute("action") ?? "", ...fields.map((field) => field.value)].join(":");
}
