// Which fold and which form of the fresh part is which of the shown one. Where the server gave no id, they are told
// apart by what they do and for what. A form never turns into another; a fold may, where nothing else fits.
const MARKS = new Set(["key", "then", "meeting", "seen", "changed", "version", "revision"]);

export function pair(part: HTMLElement, fresh: HTMLElement): void {
  const shown = named(part), drawn = named(fresh);
  for (const [here, there] of [[shown, drawn], [drawn, shown]] as const) {
    for (const [name, each] of here) {
      const isSame = there.get(name)?.tagName === each.tagName;
      if (!each.hasAttribute("id") && (isSame || each.matches("form"))) each.setAttribute("id", name);
    }
  }
}

function named(root: HTMLElement): Map<string, Element> {
  const names = new Map<string, Element>(), of = new Map<Element, string>();
  for (const each of root.querySelectorAll("details, form")) {
    const above = each.parentElement?.closest("[id], details, form");
    const base = above && root.contains(above) && above !== root ? of.get(above) ?? above.getAttribute("id") ?? "" : "";
    const wanted = each.getAttribute("id") ?? `${base}/${does(each)}`.replace(/\s+/g, "_");
    let name = wanted;
    for (let n = 2; names.has(name); n++) name = `${wanted}~${n}`;
    names.set(name, each);
    of.set(each, name);
  }
  return names;
}

function does(element: Element): string {
  const form = element.matches("form") ? element : element.querySelector("form");
  if (!form) return `fold:${element.querySelector("summary")?.textContent?.trim() ?? ""}`;
  const about = [...form.querySelectorAll<HTMLInputElement>("input[type=hidden]")].filter((each) => !MARKS.has(each.name));
  return [element.tagName.toLowerCase(), form.getAttribute("action") ?? "", ...about.map((each) => each.value)].join(":");
}
