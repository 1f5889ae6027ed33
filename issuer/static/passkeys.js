// Makes and uses passkeys (Web Authentication Level 3). Each form brings its question in data-options and sends
// the answer in its field `answer`: nothing else leaves, and nothing is fetched.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const described = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

function question(options) {
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) asked.excludeCredentials = described(options.excludeCredentials);
  if (options.allowCredentials) asked.allowCredentials = described(options.allowCredentials);
  return asked;
}

function answer(credential) {
  const given = { clientDataJSON: text(credential.response.clientDataJSON) };
  if (credential.response.attestationObject) {
    given.attestationObject = text(credential.response.attestationObject);
  } else {
    given.authenticatorData = text(credential.response.authenticatorData);
    given.signature = text(credential.response.signature);
    if (credential.response.userHandle) given.userHandle = text(credential.response.userHandle);
  }
  return JSON.stringify({
    id: credential.id, rawId: text(credential.rawId), type: credential.type,
    response: given, clientExtensionResults: {},
  });
}

for (const each of document.querySelectorAll("[data-without-passkeys]")) each.hidden = Boolean(window.PublicKeyCredential);

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[data-failed]"), known = form.querySelector("[data-known]");
  const button = form.querySelector("button");
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    for (const each of form.querySelectorAll("[role=alert]")) each.hidden = true;
    button.disabled = true;
    try {
      const publicKey = question(JSON.parse(form.dataset.options));
      const made = form.dataset.passkey === "make"
        ? await navigator.credentials.create({ publicKey })
        : await navigator.credentials.get({ publicKey });
      form.elements.answer.value = answer(made);
      form.submit();
    } catch (error) {
      const said = known && error.name === "InvalidStateError" ? known : failed;  // this device has one already
      button.disabled = false;
      said.hidden = false;
      said.focus();
    }
  });
}
