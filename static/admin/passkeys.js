// Asks the browser for a passkey and sends its answer with the form. allauth's webauthn-json.js, loaded before, turns
// what the server says into what browsers want. Without scripts there are no passkeys, so their buttons stay hidden.
const SAID = {
  cancelled: "Nothing was sent: the passkey was cancelled, or it took too long. Try again, or use another way.",
  known: "This device has a passkey for you already. You can use it to sign in.",
  offline: "The Hub could not be reached. Check the connection and try again.",
  other: "This browser could not use a passkey. Try another browser, or use another way.",
};

const sentence = (error) => ({
  NotAllowedError: SAID.cancelled, AbortError: SAID.cancelled, InvalidStateError: SAID.known, TypeError: SAID.offline,
})[error.name] ?? SAID.other;

const options = async (form) => {
  const written = document.getElementById("js_data");
  if (written) return JSON.parse(written.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new TypeError();
  return answer.json();
};

const ask = async (form) => {
  const { creation_options: create, request_options: get } = await options(form);
  if (!create) return webauthnJSON.get(get);
  // Kept on the device where it can be, so that it can also be used without the password.
  create.publicKey.authenticatorSelection.residentKey = "preferred";
  return webauthnJSON.create(create);
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!globalThis.webauthnJSON?.supported()) continue;
  const said = form.querySelector("[data-said]");
  form.hidden = false;
  document.querySelectorAll("[data-no-passkeys]").forEach((instead) => { instead.hidden = true; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
    } catch (error) {
      said.textContent = sentence(error);
      return;
    }
    form.submit();
  });
}
