// While a delegate writes, the server draws the brackets that the wording would make. Nothing is saved.
const PAUSE = 250;

export function preview(form: HTMLFormElement): void {
  const area = form.querySelector<HTMLTextAreaElement>("textarea[name=wording]");
  const output = form.querySelector<HTMLElement>("#preview");
  if (!area || !output) return;
  let timer = 0, lastRequest = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void draw(), PAUSE);
  });

  async function draw(): Promise<void> {
    const request = ++lastRequest;
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const reply = await fetch(form.dataset["preview"]!, { method: "POST", body, headers: { "hx-request": "true" } }).catch(() => null);
    if (reply?.ok && request === lastRequest) output!.innerHTML = await reply.text();
  }
}
