// Starts Wagtail's date and time pickers without inline scripts, so that the admin keeps a strict policy.
// Each widget leaves its settings in a data block beside it (templates/wagtailadmin/widgets).
const start = (block) => {
  const begin = window[block.dataset.picker];
  if (block.dataset.started || !begin || !document.getElementById(block.dataset.for)) return;
  block.dataset.started = "yes";
  begin(block.dataset.for, JSON.parse(block.textContent));
};
const startAll = () => document.querySelectorAll("script[data-picker]").forEach(start);

startAll();
document.addEventListener("DOMContentLoaded", startAll);
window.addEventListener("load", startAll);
new MutationObserver(startAll).observe(document.documentElement, { childList: true, subtree: true });
