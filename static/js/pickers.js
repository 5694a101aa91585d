// Starts Wagtail's date and time pickers without inline scripts, so that the admin keeps a strict policy.
// Each widget leaves its settings in a data block beside it (templates/wagtailadmin/widgets).
// A calendar lies over what comes next: whoever types, or presses Escape, has no use for it until they press the box again.
const shut = new WeakSet();
const shutUntilPressed = (box) => {
  const shutIt = () => {
    shut.add(box);
    window.jQuery(box).datetimepicker("hide");
  };
  box.addEventListener("input", shutIt);
  box.addEventListener("keydown", (event) => event.key === "Escape" && shutIt());
  for (const type of ["pointerdown", "blur"]) box.addEventListener(type, () => shut.delete(box));
};
const start = (block) => {
  const begin = window[block.dataset.picker];
  const box = document.getElementById(block.dataset.for);
  if (block.dataset.started || !begin || !box) return;
  block.dataset.started = "yes";
  shutUntilPressed(box);
  // Without this the calendar puts today into the box when it cannot read what stands there.
  begin(box.id, { ...JSON.parse(block.textContent), validateOnBlur: false, onShow: () => !shut.has(box) });
};
const startAll = () => document.querySelectorAll("script[data-picker]").forEach(start);

startAll();
document.addEventListener("DOMContentLoaded", startAll);
window.addEventListener("load", startAll);
new MutationObserver(startAll).observe(document.documentElement, { childList: true, subtree: true });
