// Goes on with a long import by itself. Without it, the button does the same.
const form = document.querySelector("form[data-goes-on]");
if (form) setTimeout(() => form.requestSubmit(), 800);
