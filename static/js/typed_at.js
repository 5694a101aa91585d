// Says when the words of a new page were sent, so that of two savings on their way to the Hub the later one counts
// (hub/pages/admin/create_screen.py). Only then: Wagtail also reads the form to see whether anything was typed.
const NAME = "hub_typed_at";
let last = 0;
const now = () => String((last = Math.max(Date.now(), last + 1)));

document.addEventListener("w-autosave:save", ({ detail: { formData } }) => {
  if (formData.has(NAME)) formData.set(NAME, now());
});
document.addEventListener(
  "submit",
  ({ target }) => {
    const field = target.elements?.namedItem(NAME);
    if (field) field.value = now();
  },
  true,
);
