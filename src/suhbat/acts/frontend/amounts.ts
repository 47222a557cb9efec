// Says an amount in words while it is typed: "nearly 2 billion yen · 2,000,000,000", beside the field, for eye and ear.
// The words come from the page (#amount-words), so that they are those that the server will write.
import { type Words, inWords } from "./forms/amount-in-words";

const page = document.getElementById("amount-words");
const words = JSON.parse(page?.textContent ?? "null") as Words | null;

function sibling(input: HTMLInputElement, name: string): string {
  const path = input.name.replace(/value$/u, name);
  return input.form?.querySelector<HTMLSelectElement>(`select[name="${CSS.escape(path)}"]`)?.value ?? "";
}

function say(input: HTMLInputElement, facts: Words): void {
  const output = input.parentElement?.querySelector<HTMLOutputElement>("output");
  if (!output) return;
  const value = /^\d+$/u.test(input.value) ? Number(input.value) : 0;
  const text = inWords(facts, value, sibling(input, "currency"), sibling(input, "qualifier"));
  if (output.textContent !== text) output.textContent = text;
}

function sayAll(form: HTMLFormElement | null, facts: Words): void {
  for (const input of form?.querySelectorAll<HTMLInputElement>("[data-amount]") ?? []) say(input, facts);
}

if (words) {
  document.addEventListener("input", (event) => {
    const control = event.target as HTMLInputElement | HTMLSelectElement;
    if (control.matches("[data-amount]")) say(control as HTMLInputElement, words);
    else if (control instanceof HTMLSelectElement) sayAll(control.form, words);
  });
  document.addEventListener("reset", (event) => setTimeout(() => { sayAll(event.target as HTMLFormElement, words); }));
  document.addEventListener("toggle", (event) => {
    for (const form of (event.target as Element).querySelectorAll<HTMLFormElement>("form")) sayAll(form, words);
  }, true);
  for (const form of document.forms) sayAll(form, words);
}
