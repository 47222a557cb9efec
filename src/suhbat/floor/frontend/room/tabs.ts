// The parts beside the picture as tabs. Without this script they stand one below the other, under their headings.
export interface Shown { open(name: string): void; mark(name: string): void }

export function tabs(): Shown {
  const root = document.querySelector<HTMLElement>("[data-tabs]");
  const heads = [...(root?.querySelectorAll<HTMLAnchorElement>("[data-tab]") ?? [])];
  const bodies = new Map([...(root?.querySelectorAll<HTMLElement>("[data-of]") ?? [])].map((each) => [each.dataset["of"] ?? "", each]));
  const nav = heads[0]?.parentElement;
  if (!root || !nav) return { open: () => undefined, mark: () => undefined };
  root.classList.add("is-tabbed");
  nav.setAttribute("role", "tablist");

  const open = (name: string): void => {
    if (!bodies.has(name)) return;
    for (const head of heads) {
      const its = head.dataset["tab"] === name, body = bodies.get(head.dataset["tab"] ?? "");
      head.setAttribute("aria-selected", String(its));
      head.tabIndex = its ? 0 : -1;
      if (its) head.removeAttribute("data-new");
      if (body) body.hidden = !its;
    }
  };
  for (const head of heads) {
    const name = head.dataset["tab"] ?? "", body = bodies.get(name);
    head.id = `tab-of-${name}`;
    head.setAttribute("role", "tab");
    head.setAttribute("aria-controls", `tab-${name}`);
    body?.setAttribute("role", "tabpanel");
    body?.setAttribute("aria-labelledby", head.id);
    if (body) body.tabIndex = 0;
    head.addEventListener("click", (event) => { event.preventDefault(); open(name); });
    head.addEventListener("keydown", (event) => move(event, heads, open));
  }
  const asked = heads.find((head) => head.hash === location.hash);
  open(asked?.dataset["tab"] ?? heads[0]?.dataset["tab"] ?? "");
  return {
    open,
    mark: (name) => {
      const head = heads.find((each) => each.dataset["tab"] === name);
      if (head && head.getAttribute("aria-selected") !== "true") head.setAttribute("data-new", "");
    },
  };
}

function move(event: KeyboardEvent, heads: readonly HTMLAnchorElement[], open: (name: string) => void): void {
  const at = heads.indexOf(event.currentTarget as HTMLAnchorElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: heads.length - 1, " ": at }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const head = heads[(to + heads.length) % heads.length];
  if (!head) return;
  open(head.dataset["tab"] ?? "");
  head.focus();
}
