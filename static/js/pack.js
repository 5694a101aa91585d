// Opened from a pack: other pages are opened with it too, however far somebody walks. Nothing is kept in the browser; without
// this file the pack is remembered for one page.
const pack = new URLSearchParams(location.search).get("pack");
const ELSEWHERE = /^\/(pack|admin|yours|ask-us|feedback|media|join)\/|\.\w+$/;

if (pack) {
  for (const link of document.querySelectorAll('a[href^="/"]')) {
    const to = new URL(link.href);
    if (to.searchParams.has("pack") || ELSEWHERE.test(to.pathname)) continue;
    to.searchParams.set("pack", pack);
    link.href = to.href;
  }
  for (const form of document.querySelectorAll("form")) {
    if (form.method !== "get" || ELSEWHERE.test(new URL(form.action).pathname)) continue;
    const kept = document.createElement("input");
    Object.assign(kept, { type: "hidden", name: "pack", value: pack });
    form.append(kept);
  }
}
