// Results while typing. Without this script the form does the same at the press of its button.
const field = document.querySelector<HTMLInputElement>("#q");
const results = document.querySelector<HTMLElement>("#results");
const form = field?.form;

if (field && results && form) {
  let timer = 0;
  let running: AbortController | undefined;

  const look = async (): Promise<void> => {
    running?.abort();
    running = new AbortController();
    const address = `${form.action}?q=${encodeURIComponent(field.value)}`;
    try {
      const answer = await fetch(address, { signal: running.signal, headers: { accept: "text/html" } });
      if (!answer.ok) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#results");
      if (found) results.replaceChildren(...found.childNodes);
      history.replaceState(null, "", address);
    } catch {
      // A newer question is on its way, or the line is gone: the button still works.
    }
  };

  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), 150);
  });
}
