// Small comforts only: every page works without this file.
"use strict";

// An error summary takes the focus, so that a screen reader begins there.
document.querySelector("[data-focus]")?.focus();

// A form that is on its way is not sent twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A chosen language or theme is remembered by a cookie; the address stays clean to share.
const here = new URL(location.href);
if (here.searchParams.has("theme") || here.searchParams.has("lang")) {
  here.searchParams.delete("theme");
  here.searchParams.delete("lang");
  history.replaceState(history.state, "", here);
}
