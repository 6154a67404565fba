// Explains a marked term beside it: on hover, on focus, and on the first tap. Without this module the term is a link to
// its page, with the same explanation as its title and at the end of the page.

const card = Object.assign(document.createElement("div"), { className: "ak-term-card", popover: "manual" });
card.setAttribute("aria-hidden", "true"); // who listens hears it already: `aria-describedby` of the link
let current, timer, touched;

function show(term) {
  clearTimeout(timer);
  if (current === term) return;
  current = term;
  const says = document.getElementById(term.getAttribute("aria-describedby"));
  card.textContent = says.textContent;
  if (!card.isConnected) document.body.append(card);
  card.showPopover();
  const place = term.getClientRects()[0];
  const left = Math.min(place.left, document.documentElement.clientWidth - card.offsetWidth - 8);
  const below = place.bottom + card.offsetHeight + 12 < document.documentElement.clientHeight;
  card.style.left = `${Math.max(8, left) + scrollX}px`;
  card.style.top = `${(below ? place.bottom + 6 : place.top - card.offsetHeight - 6) + scrollY}px`;
}

function hide() {
  clearTimeout(timer);
  current = undefined;
  if (card.matches(":popover-open")) card.hidePopover();
}

const later = () => { timer = setTimeout(hide, 250); };

if ("popover" in HTMLElement.prototype) {
  for (const term of document.querySelectorAll("a.ak-term")) {
    term.removeAttribute("title");
    term.addEventListener("pointerdown", (event) => {
      touched = event.pointerType === "mouse" || current === term ? undefined : term;
    });
    term.addEventListener("click", (event) => {
      if (touched === term) event.preventDefault(); // the first tap explains, the second one follows the link
      touched = undefined;
      show(term);
    });
    term.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(term));
    term.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && later());
    term.addEventListener("focus", () => show(term));
    term.addEventListener("blur", later);
  }
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", later);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("pointerdown", (event) => current && !event.target.closest(".ak-term, .ak-term-card") && hide());
}
