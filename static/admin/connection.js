// While the line is dead nothing is sent: the form stays as it is, and says so. Without this, the browser shows a page of
// its own, and what was written is only behind the Back button.
const say = (type, text) =>
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { clear: true, type, text } }));
const NOT_SENT = "You are not connected to the internet. Nothing was sent, and nothing is lost: what you wrote is still here.";

const stop = (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say("warning", NOT_SENT);
};
// The click as well: after it a button of Wagtail's says "Saving…" and cannot be pressed for half a minute.
document.addEventListener("click", (event) => event.target.closest("[type=submit]") && stop(event), true);
document.addEventListener("submit", stop, true);
window.addEventListener("offline", () => say("warning", "You are not connected to the internet. You can go on writing."));
window.addEventListener("online", () => say("success", "You are connected again. Save what you wrote."));
