// Forms are sent without leaving the page. A refusal is announced and shown beside the fields; typed text stays.
import { outdated } from "../../../ground/frontend/live/redraw";
import type { Announcer } from "./announcer";

const CONFLICT = 409;

interface Refusal { readonly refused: string; readonly why: string; readonly fields?: Readonly<Record<string, string>> }

/** `done` is called after an act; `refresh` where the form was outdated. */
export function forms(announcer: Announcer, done: () => void, refresh: () => void): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "post" || form.dataset["plain"] !== undefined || event.defaultPrevented) return;
    event.preventDefault();
    void send(form, (event as SubmitEvent).submitter, announcer, done, refresh);
  });
}

async function send(
  form: HTMLFormElement, button: HTMLElement | null, announcer: Announcer, done: () => void, refresh: () => void,
): Promise<void> {
  if (form.dataset["busy"]) return;
  form.dataset["busy"] = "yes";
  clear(form);
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: new FormData(form, button), headers: { "hx-request": "true", accept: "application/json" },
    });
    if (answer.ok) {
      const { said } = await answer.json().catch(() => ({})) as { readonly said?: string };
      if (said) announcer.tell(said);
      reset(form);
      done();
    }
    else {
      await showRefusal(form, answer, announcer);
      if (answer.status === CONFLICT) { outdated(form); refresh(); }
    }
  } catch { announcer.alert(announcer.text("failed")); }
  form.removeAttribute("data-busy");
}

// A key is accepted once: every form that has the used key gets a new one, so that the next press counts.
function reset(form: HTMLFormElement): void {
  const used = key(form)?.value;
  if (used) for (const other of document.querySelectorAll<HTMLFormElement>("form")) {
    const otherKey = key(other);
    if (otherKey?.value === used) otherKey.value = crypto.randomUUID();
  }
  form.reset();
  for (const question of form.querySelectorAll<HTMLElement>(".asked")) question.hidden = true;
  form.closest("details")?.removeAttribute("open");
}

function key(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>('input[name="key"]');
}

async function showRefusal(form: HTMLFormElement, answer: Response, announcer: Announcer): Promise<void> {
  const refusal = await answer.json().catch(() => null) as Refusal | null;
  if (!refusal) { announcer.alert(announcer.text("failed")); return; }
  const others: string[] = [];
  let first: HTMLElement | null = null;
  for (const [name, why] of Object.entries(refusal.fields ?? {})) {
    const control = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
    if (control) { showError(control, why); first ??= control; } else others.push(why);
  }
  // Japanese has no space between sentences.
  announcer.alert([refusal.why, ...others].join(document.documentElement.lang === "ja" ? "" : " "));
  first?.focus();
}

function showError(control: HTMLElement, why: string): void {
  const error = document.createElement("p");
  error.className = "fault";
  error.id = `${control.id || control.getAttribute("name") || "field"}-fault`;
  error.textContent = why;
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", error.id);
  const field = control.closest<HTMLElement>(".field");
  field?.classList.add("wrong");
  // A group of check boxes has one error for all of them; a fold that contains an error opens.
  const group = control.closest("label.box")?.closest("fieldset");
  if (field?.classList.contains("asked")) { field.prepend(error); field.hidden = false; } // a question that comes up now
  else if (group) group.append(error);
  else control.after(error);
  for (let fold = control.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
}

function clear(form: HTMLFormElement): void {
  for (const error of form.querySelectorAll("p.fault")) error.remove();
  for (const field of form.querySelectorAll(".wrong")) field.classList.remove("wrong");
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
}
