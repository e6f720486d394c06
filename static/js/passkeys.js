"use strict";
// Forms that are answered by a passkey, which is made (data-passkey="create") or shown ("get"). What it is asked stands
// on the page (data-asked: the id) or comes from where the form goes. Without script, and in browsers that know no
// passkeys, the forms stay hidden and what is said instead is seen.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

function asked(given, how) {
  const options = given.publicKey;
  options.challenge = toBytes(options.challenge);
  for (const known of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) {
    known.id = toBytes(known.id);
  }
  if (how === "create") {
    options.user.id = toBytes(options.user.id);
    options.authenticatorSelection = { residentKey: "preferred", userVerification: "preferred" };
  }
  return { publicKey: options };
}

function answered(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ask(form) {
  const how = form.dataset.passkey;
  const given = form.dataset.asked
    ? JSON.parse(document.getElementById(form.dataset.asked).textContent)[how === "create" ? "creation_options" : "request_options"]
    : (await (await fetch(form.action, { headers: { Accept: "application/json" } })).json()).request_options;
  return answered(await navigator.credentials[how](asked(given, how)));
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[data-failed]");
  form.hidden = !window.PublicKeyCredential;
  for (const instead of document.querySelectorAll("[data-no-passkey]")) instead.hidden = !form.hidden;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.textContent = "";
    try {
      form.elements.credential.value = await ask(form);
    } catch (error) {
      failed.textContent = error.name === "InvalidStateError" ? failed.dataset.there : failed.dataset.failed;
      return;
    }
    form.submit();
  });
}
