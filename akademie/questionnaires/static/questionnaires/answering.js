// Questions that do not apply are hidden, and a text says how many characters are left. Without this module all questions
// are shown with their condition in words, and the server leaves out what does not apply.

function given(form, name) {
  const table = [...form.elements].filter((one) => one.name?.startsWith(`${name}.`) && one.value);
  if (table.length) return table.map((one) => one.value);
  const fields = [...form.elements].filter((one) => one.name === name);
  return fields
    .filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked)
    .map((one) => one.value.trim() || (one.dataset.akKept ? "1" : ""))
    .filter(Boolean);
}

// As Germans write numbers: 1.250,5; a single point may be a decimal one. Like `number` in fields.py.
function number(text) {
  const plain = text.replace(/[\s']/g, "").replace("−", "-");
  return Number(/^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain) ? plain.replaceAll(".", "").replace(",", ".") : plain.replace(",", "."));
}

function holds(rule, words) {
  if (!words.length) return false;
  if (rule.is === "answered") return true;
  if (rule.is === "is" || rule.is === "is_not") {
    const same = words.some((word) => rule.values.some((value) => word === value || (word !== "" && number(word) === number(value))));
    return same === (rule.is === "is");
  }
  const bound = number(rule.values[0] ?? "");
  return rule.is === "at_least" ? number(words[0]) >= bound : number(words[0]) <= bound;
}

// In order: what is hidden counts as not answered for the questions below it.
function showWhatApplies(form) {
  const hidden = new Set();
  for (const question of form.querySelectorAll("[data-ak-only-if]")) {
    const rule = JSON.parse(question.dataset.akOnlyIf);
    question.hidden = hidden.has(rule.on) || !holds(rule, given(form, rule.on));
    if (!question.hidden) continue;
    const own = question.querySelector("[name]")?.name;
    if (own) hidden.add(own).add(own.replace(/\.\d+\.\d+$/, ""));
  }
}

function count(field) {
  const says = document.getElementById(`${field.id}_helptext`)?.querySelector("[data-ak-count]");
  if (!says) return;
  says.dataset.akRule ??= says.textContent.split(".")[0];
  const left = Number(says.dataset.akCount) - field.value.length;
  says.textContent = `${says.dataset.akRule}. ${left < 0 ? `Jetzt sind es ${field.value.length}, also ${-left} mehr.` : `Noch ${left}.`}`;
}

for (const form of new Set([...document.querySelectorAll(".ak-asked")].map((one) => one.closest("form")))) {
  if (!form) continue;
  showWhatApplies(form);
  form.addEventListener("input", (event) => {
    showWhatApplies(form);
    count(event.target);
  });
}
