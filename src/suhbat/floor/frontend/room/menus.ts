// The menus at the foot: one open at a time, closed by Escape (the focus returns to its button) or by leaving it.
const MENU = "details.more";

export function menus(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = (event.target as Element).closest<HTMLDetailsElement>(`${MENU}[open]`) ?? document.querySelector<HTMLDetailsElement>(`${MENU}[open]`);
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
  document.addEventListener("click", (event) => closeOthers((event.target as Element).closest(MENU)));
  document.addEventListener("focusin", (event) => closeOthers((event.target as Element).closest(MENU)));
}

function closeOthers(current: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(`${MENU}[open]`)) if (menu !== current) menu.open = false;
}
