// Asks for suggestions while somebody types. Without it the box offers the first titles, and searching works the same.
const box = document.querySelector("[data-suggest]");
const list = box && document.getElementById("suggestions");
let waiting = 0;
let asked = 0;

async function ask(typed) {
  const number = ++asked;
  try {
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`, { credentials: "omit" });
    if (!answer.ok || number !== asked) return;
    const { suggestions } = await answer.json();
    list.replaceChildren(...suggestions.map((title) => new Option("", title)));
  } catch {
    // Nothing is lost: the search itself needs none of this.
  }
}

box?.addEventListener("input", () => {
  clearTimeout(waiting);
  if (box.value.trim().length > 1) waiting = setTimeout(ask, 150, box.value);
});
