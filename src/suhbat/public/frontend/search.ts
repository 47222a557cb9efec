// Shows results while the reader types. Without this script, the button of the form does the same.
const field = document.querySelector<HTMLInputElement>("#q");
const results = document.querySelector<HTMLElement>("#results");
const form = field?.form;

if (field && results && form) {
  let timer = 0;
  let running: AbortController | undefined;

  const search = async (): Promise<void> => {
    running?.abort();
    running = new AbortController();
    const address = `${form.action}?q=${encodeURIComponent(field.value)}`;
    try {
      const answer = await fetch(address, { signal: running.signal, headers: { accept: "text/html" } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#results");
      if (fresh) results.replaceChildren(...fresh.childNodes);
      history.replaceState(null, "", address);
    } catch {
      // A newer search has started, or the network failed: the button still works.
    }
  };

  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void search(), 150);
  });
}
