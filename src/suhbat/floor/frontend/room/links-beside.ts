// Links of the room open beside it, in a tab of their own: a text, a paper or a page never ends the picture. Only the
// buttons that leave the room, or test the devices before it, stay in this tab.
const STAYS = "[data-media], [data-show-tab], [download], [data-out] a, .lobby a";

function opensBeside(link: HTMLAnchorElement): boolean {
  const isHere = link.origin === location.origin && link.pathname === location.pathname && link.hash !== "";
  return link.href !== "" && !isHere && !link.matches(STAYS);
}

/** Mark the links of a part that was just drawn, for the eye and for screen readers. */
export function markLinks(part: ParentNode): void {
  for (const link of part.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    if (!opensBeside(link)) continue;
    link.dataset["beside"] = "";
    link.setAttribute("aria-describedby", "opens-beside");
  }
}

export function linksBeside(): void {
  markLinks(document);
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!opensBeside(link)) return;
    event.preventDefault();
    // A page of this server may lead back to this tab: see `returned`.
    window.open(link.href, "_blank", link.origin === location.origin ? "" : "noopener");
  });
}

/** In a tab that this room opened, "Back to the room" goes back to the tab with the picture, which was never left. */
export function returned(): boolean {
  const room = window.opener as Window | null;
  try {
    if (!room || room.closed || room.location.pathname !== location.pathname || !room.document.querySelector("[data-room]")) return false;
  } catch { return false; }
  room.focus();
  window.close();
  return true;
}
