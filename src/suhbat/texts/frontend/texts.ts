// The pages of texts: a preview of brackets while the reader writes, and live updates. Every page works without it.
import { follow } from "./live/text-updates";
import { preview } from "./live/preview";
import { sign } from "./live/sign";

const connectedForms = new WeakSet<HTMLFormElement>();

function connectForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-preview], form[data-sign]")) {
    if (connectedForms.has(form)) continue;
    connectedForms.add(form);
    if (form.dataset["preview"] === undefined) sign(form);
    else preview(form);
  }
}

connectForms();
const page = document.querySelector<HTMLElement>("#text-page[data-live]");
if (page) follow(page, connectForms);
