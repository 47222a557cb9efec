// Two buttons of the invitation letter: print it, and copy its link. Without scripts, the browser can do both.
document.querySelector<HTMLElement>("[data-letter-tools]")?.removeAttribute("hidden");
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
document.querySelector<HTMLElement>("[data-copy]")?.addEventListener("click", async (event) => {
  const button = event.currentTarget as HTMLElement;
  await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
  button.textContent = button.dataset["copied"] ?? "";
});
