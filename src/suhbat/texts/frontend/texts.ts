// Texts: brackets while one writes, and the page as it stands now while others act. Every page works without it.
import { follow } from "./live/follow";
import { preview } from "./live/preview";
import { sign } from "./live/sign";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-preview]")) preview(form);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sign]")) sign(form);
const page = document.querySelector<HTMLElement>("#text-page[data-live-meeting]");
if (page) follow(page);
