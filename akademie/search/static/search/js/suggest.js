// Offers words and titles while somebody types: fills the field's datalist from the address in `data-ak-suggest`.
// Without it the search is the same, only without offers.

const PAUSE = 120; // milliseconds without a key before we ask
const SHORTEST = 2; // letters

function help(input) {
  let timer = 0;
  let asked = input.value.trim();
  let current = new AbortController();

  async function ask() {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    current.abort();
    current = new AbortController();
    if (typed.length < SHORTEST) {
      input.list.replaceChildren();
      return;
    }
    const { signal } = current;
    try {
      const answer = await fetch(`${input.dataset.akSuggest}?${new URLSearchParams({ q: typed })}`, { signal });
      const options = answer.ok ? await answer.text() : "";
      if (!signal.aborted) input.list.innerHTML = options;
    } catch {
      // a newer word or no network: the search works without offers
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}

document.querySelectorAll("input[list][data-ak-suggest]").forEach(help);
