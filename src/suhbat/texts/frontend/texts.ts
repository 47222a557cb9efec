// Texts: brackets while one writes, and the page as it stands now while others act. Every page works without it.
import { follow } from "./live/follow";
import { preview } from "./live/preview";
import { sign } from "./live/sign";

const known = new WeakSet<HTMLFormElement>();

function tend(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-preview], form[data-sign]")) {
    if (known.has(form)) continue;
    known.add(form);
    if (form.dataset["preview"] !== undefined) preview(form);
    else sign(form);
  }
}

tend();
const page = document.querySelector<HTMLElement>("#text-page[data-live]");
if (page) follow(page, tend);
