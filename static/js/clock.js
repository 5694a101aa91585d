// A clock for whoever leads an activity: it counts the activity's own minutes and stands still in a break.
// Nothing is kept: a page that is opened again begins at nought.
const clock = document.querySelector("[data-clock]");
const steps = [...document.querySelectorAll("[data-step]")].map((element) => ({
  element,
  from: Number(element.dataset.from) * 60,
  until: Number(element.dataset.until) * 60,
  name: element.querySelector("h3").textContent,
}));
const part = (name) => clock.querySelector(`[data-clock-${name}]`);
let gone = 0;
let since = null;
let said = null;

// The sentences stand in the page, in its language, with a place for each number.
const fill = (name, values) => clock.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
const now = () => gone + (since === null ? 0 : (performance.now() - since) / 1000);
const at = (seconds) => steps.find((step) => seconds < step.until);
const spoken = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function show() {
  const seconds = now();
  const step = at(seconds);
  const started = seconds > 0 || since !== null;
  part("time").textContent = spoken(seconds);
  for (const each of steps) {
    each.element.classList.toggle("is-now", started && each === step);
    if (started && each === step) each.element.setAttribute("aria-current", "step");
    else each.element.removeAttribute("aria-current");
  }
  if (!step && since !== null) hold();
  const { start, on, up } = clock.dataset;
  const words = !started ? "" : step ? fill("now", { step: step.name }) : up;
  if (words !== said) part("says").textContent = said = words;
  part("words").textContent = step
    ? fill("of", { total: steps.at(-1).until / 60 }) + (started ? fill("left", { left: Math.ceil((step.until - seconds) / 60) }) : "")
    : up;
  part("go").textContent = since === null ? (started && step ? on : start) : clock.dataset.break;
}

function hold() {
  gone = now();
  since = null;
}

function go() {
  if (since !== null) hold();
  else {
    if (!at(gone)) gone = 0;
    since = performance.now();
  }
  show();
}

function jump(seconds) {
  gone = seconds;
  if (since !== null) since = performance.now();
  show();
}

if (clock && steps.length) {
  clock.hidden = false;
  part("go").addEventListener("click", go);
  part("next").addEventListener("click", () => jump(at(now())?.until ?? 0));
  part("anew").addEventListener("click", () => {
    hold();
    jump(0);
  });
  setInterval(() => since !== null && show(), 500);
}
