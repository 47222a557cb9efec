// While a delegate writes, the server draws the brackets that the words would make. Nothing is kept.
const PAUSE = 250;

export function preview(form: HTMLFormElement): void {
  const area = form.querySelector<HTMLTextAreaElement>("textarea[name=wording]");
  const shown = form.querySelector<HTMLElement>("#preview");
  if (!area || !shown) return;
  let timer = 0, asked = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void draw(), PAUSE);
  });

  async function draw(): Promise<void> {
    const own = ++asked;
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const reply = await fetch(form.dataset["preview"]!, { method: "POST", body, headers: { "hx-request": "true" } }).catch(() => null);
    if (reply?.ok && own === asked) shown!.innerHTML = await reply.text();
  }
}
