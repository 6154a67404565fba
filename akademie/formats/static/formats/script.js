// The clock of an Ablaufplan. All it needs is in the page: it goes on without a connection, and after a reload it goes on
// where it was, because it keeps when the step began and not how many seconds it has counted.

const MINUTE = 60_000;
const SOON = 2; // minutes before the end of a step at which it says so
const STATES = {
  fine: "",
  soon: "▲ Gleich ist die Zeit um",
  over: "■ Die Zeit ist um",
  paused: "❚❚ Pause",
};

const inWords = (minutes) => {
  if (minutes < 60) return minutes === 1 ? "1 Minute" : `${minutes} Minuten`;
  return `${Math.floor(minutes / 60)} Std.${minutes % 60 ? ` ${minutes % 60} Min.` : ""}`;
};
const clock = (moment) => new Date(moment).toLocaleTimeString("de-DE", { hour: "numeric", minute: "2-digit" });

function readSteps(table) {
  return [...table.tBodies[0].rows].map((row) => {
    const text = (part) => row.querySelector(`[data-part=${part}]`).textContent.trim();
    return { minutes: Number(row.dataset.minutes), row, role: text("role"), script: text("script"), title: text("title") };
  });
}

// What is kept: which step, since when, minutes added to each step, and since when there is a pause (0: none).
function memory(name, count) {
  return {
    read() {
      try {
        const kept = JSON.parse(localStorage.getItem(name));
        return kept?.added?.length === count ? kept : null;
      } catch {
        return null; // storage is switched off, or something else lies there
      }
    },
    write(state) {
      try {
        if (state) localStorage.setItem(name, JSON.stringify(state));
        else localStorage.removeItem(name);
      } catch {
        // without storage the clock runs all the same, until the page is left
      }
    },
  };
}

function run(panel, steps) {
  const kept = memory(`ablaufplan ${location.pathname} ${panel.dataset.akClock}`, steps.length);
  const part = (name) => panel.querySelector(`[data-part=${name}]`);
  const button = (name) => panel.querySelector(`[data-do=${name}]`);
  const show = (name, text) => {
    if (part(name).textContent !== text) part(name).textContent = text;
  };
  let state = kept.read();
  let said = "";
  let light = null; // keeps the screen of a phone on

  const length = (index) => Math.max(0, steps[index].minutes + state.added[index]);
  const isTimed = (index) => steps[index].minutes > 0 || state.added[index] > 0;
  const now = () => state.paused || Date.now();
  const leftOf = () => length(state.step) * MINUTE - (now() - state.since);

  function say(text) {
    const words = `${state.step} ${text}`; // the same words are said again for another step
    if (said !== words) show("said", text);
    said = words;
  }

  function draw() {
    const step = steps[state.step];
    const following = steps[state.step + 1];
    const left = leftOf();
    const minutes = Math.ceil(Math.abs(left) / MINUTE);
    const mood = state.paused ? "paused" : !isTimed(state.step) ? "fine" : left <= 0 ? "over" : left <= SOON * MINUTE ? "soon" : "fine";
    panel.dataset.state = mood;
    show("count", `Schritt ${state.step + 1} von ${steps.length}`);
    show("title", step.title);
    show("role", step.role ? `Es spricht: ${step.role}` : "");
    show("script", step.script);
    show("left", isTimed(state.step) ? String(left <= 0 ? Math.floor(-left / MINUTE) : minutes) : "–");
    show("unit", !isTimed(state.step) ? "ohne feste Zeit" : left <= 0 ? "Min. darüber" : "Min. übrig");
    show("state", STATES[mood]);
    show("next", following ? `Danach: ${following.title}${following.role ? ` (${following.role})` : ""}` : "Danach ist Schluss.");
    let rest = isTimed(state.step) ? Math.max(0, left) : 0;
    for (let index = state.step + 1; index < steps.length; index += 1) rest += length(index) * MINUTE;
    show("whole", `Im Ganzen noch ${inWords(Math.ceil(rest / MINUTE))}, Ende gegen ${clock(Date.now() + rest)} Uhr.`);
    say(mood === "over" || mood === "soon" ? STATES[mood].slice(2) : mood === "paused" ? "Pause" : `${step.title}. ${step.role ? `Es spricht: ${step.role}.` : ""}`);
    for (const [index, one] of steps.entries()) {
      if (index === state.step) one.row.setAttribute("aria-current", "step");
      else one.row.removeAttribute("aria-current");
    }
    button("pause").firstElementChild.textContent = state.paused ? "Weiter" : "Pause";
    button("back").disabled = state.step === 0;
    button("next").disabled = !following;
  }

  function showRunning(running) {
    part("running").hidden = !running;
    part("hint").hidden = running;
    for (const one of panel.querySelectorAll("[data-do]")) one.hidden = (one.dataset.do === "start") === running;
    for (const one of steps) one.row.removeAttribute("aria-current");
    delete panel.dataset.state;
    if (running) draw();
  }

  function go(index) {
    state = { ...state, paused: 0, since: Date.now(), step: index };
  }

  const actions = {
    start() {
      state = { added: steps.map(() => 0), paused: 0, since: Date.now(), step: 0 };
      keepForLater(panel.dataset.akOffline);
    },
    next: () => go(Math.min(state.step + 1, steps.length - 1)),
    back: () => go(Math.max(state.step - 1, 0)),
    pause() {
      if (state.paused) state = { ...state, paused: 0, since: state.since + (Date.now() - state.paused) };
      else state = { ...state, paused: Date.now() };
    },
    plus(minutes) {
      state.added[state.step] = Math.max(state.added[state.step] + minutes, -steps[state.step].minutes);
    },
    end() {
      state = null;
    },
  };

  async function keepLit() {
    try {
      if (state && !document.hidden) light ??= await navigator.wakeLock?.request("screen");
      if (!state || document.hidden) light = void (await light?.release());
    } catch {
      light = null; // a device that does not allow it
    }
  }

  panel.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-do]");
    if (!pressed) return;
    actions[pressed.dataset.do](Number(pressed.dataset.minutes));
    kept.write(state);
    showRunning(Boolean(state));
    if (pressed.hidden || pressed.disabled) button(state ? "pause" : "start").focus(); // who presses keys stays here
    keepLit();
  });
  document.addEventListener("visibilitychange", () => {
    light = null; // the browser takes it back when the page is out of sight
    keepLit();
    if (state) draw();
  });
  setInterval(() => state && draw(), 1000);
  panel.hidden = false;
  showRunning(Boolean(state));
  keepLit();
}

// So that the page can be opened again without a connection: only for who has started the clock.
async function keepForLater(url) {
  try {
    const scope = new URL("./", location.href).pathname;
    await navigator.serviceWorker.register(url, { scope });
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    active.postMessage([location.href, ...loaded.filter((one) => one.startsWith(`${location.origin}/static/`))]);
  } catch {
    // a browser without it, or a private window: the open page runs on all the same
  }
}

for (const panel of document.querySelectorAll("[data-ak-clock]")) run(panel, readSteps(document.querySelector(".ak-script")));
