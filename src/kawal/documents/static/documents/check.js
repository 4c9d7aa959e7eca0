// Compares a file on the reader's own machine: it is not sent anywhere. Without this the form does it.
const form = document.querySelector("form[data-compare]");
if (form && window.crypto?.subtle) {
  const result = form.querySelector("[data-compare-result]");
  form.addEventListener("submit", async (event) => {
    const file = form.querySelector("input[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const text = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const same = text === form.dataset.compare;
    result.className = same ? "flash flash-good" : "flash flash-bad";
    result.textContent = same ? result.dataset.same : result.dataset.other;
  });
}
