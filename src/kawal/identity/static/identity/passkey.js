// Passkeys: asks the device for a signature and sends it with the form that stands around the button.
const forms = document.querySelectorAll("form[data-passkey]");
const able = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

async function options(form) {
  if (form.dataset.source) {
    const answer = await fetch(form.dataset.source, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`options: ${answer.status}`);
    return (await answer.json()).request_options.publicKey;
  }
  const given = JSON.parse(document.getElementById("passkey-options").textContent);
  return (given.request_options ?? given.creation_options).publicKey;
}

async function sign(form) {
  const asked = await options(form);
  if (form.dataset.passkey === "get") {
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
  }
  const alone = form.elements.passwordless?.checked ?? false;
  Object.assign(asked.authenticatorSelection, {
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    userVerification: alone ? "required" : "preferred",
  });
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) });
}

for (const form of forms) {
  form.hidden = !able;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const fault = form.querySelector("[data-passkey-fault]");
    fault.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify((await sign(form)).toJSON());
      form.requestSubmit();
    } catch (error) {
      fault.hidden = false;
      fault.focus();
    }
  });
}
for (const note of document.querySelectorAll("[data-passkey-unable]")) note.hidden = able;
