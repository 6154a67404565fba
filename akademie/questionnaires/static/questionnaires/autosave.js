// Saves what is written so far, as the button "Zwischenspeichern" does: some seconds after the last change, and when the
// page is left. Without a connection it says so and tries again; what is written stays in the page.

const PAUSE = 4000, AGAIN = 20000; // milliseconds
const REFUSED = "Nicht zwischengespeichert. Drücken Sie „Zwischenspeichern“, dann sehen Sie den Grund.";

for (const line of document.querySelectorAll("[data-ak-autosave]")) {
  const form = line.closest("form");
  const status = line.querySelector("[role=status]");
  let timer, changed = false, sending = false, leaving = false;

  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const tell = (text) => { if (status.textContent !== text) status.textContent = text; };

  async function save() {
    if (!changed || sending || leaving) return;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name); // files go with a button
    data.set("entwurf", "1");
    changed = false;
    sending = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual" });
      if (!answer.headers.get("content-type")?.includes("json")) return tell(REFUSED); // signed out, or something went wrong
      const { says, errors } = await answer.json();
      tell(answer.ok ? `${says}.${Object.keys(errors).length ? " Noch nicht lesbar: bitte prüfen Sie Ihre Zahlen und Tage." : ""}` : says || REFUSED);
    } catch {
      changed = true;
      tell("Gerade keine Verbindung. Was Sie schreiben, bleibt auf dieser Seite; wir versuchen es weiter.");
      later(AGAIN);
    } finally {
      sending = false;
    }
    if (changed && status.textContent) later(AGAIN);
  }

  form.addEventListener("input", () => { changed = true; later(PAUSE); });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
}
