// The parts beside the picture as tabs. Without this script they are sections, one below the other.
export interface Shown { open(name: string): void; mark(name: string): void }

export function tabs(): Shown {
  const root = document.querySelector<HTMLElement>("[data-tabs]");
  const heads = [...(root?.querySelectorAll<HTMLAnchorElement>("[data-tab]") ?? [])];
  const bodies = new Map([...(root?.querySelectorAll<HTMLElement>("[data-of]") ?? [])].map((body) => [body.dataset["of"] ?? "", body]));
  const nav = heads[0]?.parentElement;
  if (!root || !nav) return { open: () => undefined, mark: () => undefined };
  root.classList.add("is-tabbed");
  nav.setAttribute("role", "tablist");

  const open = (name: string): void => {
    if (!bodies.has(name)) return;
    for (const head of heads) {
      const isOpen = head.dataset["tab"] === name, body = bodies.get(head.dataset["tab"] ?? "");
      head.setAttribute("aria-selected", String(isOpen));
      head.tabIndex = isOpen ? 0 : -1;
      if (isOpen) head.removeAttribute("data-new");
      if (body) body.hidden = !isOpen;
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
  const linked = heads.find((head) => head.hash === location.hash);
  open(linked?.dataset["tab"] ?? heads[0]?.dataset["tab"] ?? "");
  return {
    open,
    mark: (name) => {
      const head = heads.find((candidate) => candidate.dataset["tab"] === name);
      if (head && head.getAttribute("aria-selected") !== "true") head.setAttribute("data-new", "");
    },
  };
}

function move(event: KeyboardEvent, heads: readonly HTMLAnchorElement[], open: (name: string) => void): void {
  const index = heads.indexOf(event.currentTarget as HTMLAnchorElement);
  const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: heads.length - 1, " ": index }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  const head = heads[(target + heads.length) % heads.length];
  if (!head) return;
  open(head.dataset["tab"] ?? "");
  head.focus();
}
