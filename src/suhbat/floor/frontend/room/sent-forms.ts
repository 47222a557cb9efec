// Forms are sent without leaving the page. A refusal is said aloud and stands beside the fields; nothing typed is lost.
import { outdated } from "../../../ground/frontend/live/redraw";
import type { Saying } from "./announcer";

const CONFLICT = 409;

interface Refused { readonly refused: string; readonly why: string; readonly fields?: Readonly<Record<string, string>> }

/** `done` is called after an act; `again` where the page showed what has changed meanwhile. */
export function forms(saying: Saying, done: () => void, again: () => void): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "post" || form.dataset["plain"] !== undefined || event.defaultPrevented) return;
    event.preventDefault();
    void send(form, (event as SubmitEvent).submitter, saying, done, again);
  });
}

async function send(
  form: HTMLFormElement, button: HTMLElement | null, saying: Saying, done: () => void, again: () => void,
): Promise<void> {
  if (form.dataset["busy"]) return;
  form.dataset["busy"] = "yes";
  clear(form);
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: new FormData(form, button), headers: { "hx-request": "true", accept: "application/json" },
    });
    if (answer.ok) { kept(form); done(); }
    else {
      await refused(form, answer, saying);
      if (answer.status === CONFLICT) { outdated(form); again(); }
    }
  } catch { saying.alarm(saying.text("failed")); }
  delete form.dataset["busy"];
}

// A key acts once: whatever form still holds it gets a fresh one, so that the next press counts.
function kept(form: HTMLFormElement): void {
  const used = key(form)?.value;
  if (used) for (const other of document.querySelectorAll<HTMLFormElement>("form")) {
    const held = key(other);
    if (held?.value === used) held.value = crypto.randomUUID();
  }
  form.reset();
  form.closest("details")?.removeAttribute("open");
}

function key(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>('input[name="key"]');
}

async function refused(form: HTMLFormElement, answer: Response, saying: Saying): Promise<void> {
  const said = await answer.json().catch(() => null) as Refused | null;
  if (!said) { saying.alarm(saying.text("failed")); return; }
  const loose: string[] = [];
  let first: HTMLElement | null = null;
  for (const [name, why] of Object.entries(said.fields ?? {})) {
    const control = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
    if (control) { fault(control, why); first ??= control; } else loose.push(why);
  }
  // Japanese writes no blank between sentences.
  saying.alarm([said.why, ...loose].join(document.documentElement.lang === "ja" ? "" : " "));
  first?.focus();
}

function fault(control: HTMLElement, why: string): void {
  const said = document.createElement("p");
  said.className = "fault";
  said.id = `${control.id || control.getAttribute("name") || "field"}-fault`;
  said.textContent = why;
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", said.id);
  control.closest(".field")?.classList.add("wrong");
  // A group of boxes has one fault for all of them; a folded part with a fault unfolds.
  const group = control.closest("label.box")?.closest("fieldset");
  if (group) group.append(said); else control.after(said);
  for (let fold = control.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
}

function clear(form: HTMLFormElement): void {
  for (const old of form.querySelectorAll("p.fault")) old.remove();
  for (const field of form.querySelectorAll(".wrong")) field.classList.remove("wrong");
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
}
