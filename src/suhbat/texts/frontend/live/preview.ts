// While a delegate writes, the server draws the brackets that the wording would make. Nothing is saved.
const PAUSE = 250;

export function preview(form: HTMLFormElement): void {
  const area = form.querySelector<HTMLTextAreaElement>("textarea[name=wording]");
  const output = form.querySelector<HTMLElement>("#preview"), address = form.dataset["preview"];
  if (!area || !output || address === undefined) return;
  let timer = 0, lastRequest = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void draw(output, address), PAUSE);
  });

  async function draw(shown: HTMLElement, path: string): Promise<void> {
    const request = ++lastRequest;
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const reply = await fetch(path, { method: "POST", body, headers: { "hx-request": "true" } }).catch(() => null);
    if (reply?.ok && request === lastRequest) shown.innerHTML = await reply.text();
  }
}
