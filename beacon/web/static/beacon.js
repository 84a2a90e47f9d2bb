// What a page does better with scripts on. Every page works without them.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "./vendor/govuk-frontend-6.3.0/govuk-frontend.min.js";

// Not Radios: what an answer reveals is shown by the stylesheet, which needs no script, and the
// component would put aria-expanded on a radio, where it is not allowed.
for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(component);
}

// A table that fits needs no stop on the way of the keyboard.
function settleRegions() {
  for (const region of document.querySelectorAll(".beacon-scroll")) {
    if (region.scrollWidth > region.clientWidth) {
      region.setAttribute("tabindex", "0");
    } else {
      region.removeAttribute("tabindex");
    }
  }
}
settleRegions();
addEventListener("resize", settleRegions);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A filter that is chosen from a list needs no second click; the button stays for everyone else.
for (const form of document.querySelectorAll("form[data-at-once]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// Warn two minutes before an idle session ends, and let one key go on (WCAG 2.2.1).
const WARN_SECONDS = 120;
const { idle, stay, token } = document.body.dataset;

function endOfSession(seconds) {
  const dialog = document.createElement("dialog");
  dialog.className = "beacon-idle";
  dialog.setAttribute("aria-labelledby", "idle-title");
  const title = document.createElement("h2");
  title.id = "idle-title";
  title.className = "govuk-heading-m";
  title.textContent = "You will be signed out soon";
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.setAttribute("role", "status");
  words.textContent =
    "Nothing has happened here for a while. You will be signed out in 2 minutes to keep people's details safe.";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button";
  button.textContent = "Stay signed in";
  dialog.append(title, words, button);
  document.body.append(dialog);

  let warning;
  let ending;
  const begin = () => {
    clearTimeout(warning);
    clearTimeout(ending);
    warning = setTimeout(() => dialog.showModal(), Math.max(seconds - WARN_SECONDS, 1) * 1000);
    ending = setTimeout(end, seconds * 1000);
  };
  const end = () => {
    document.body.classList.add("is-signed-out");
    title.textContent = "You have been signed out";
    words.textContent = "Sign in again in another tab, then press Carry on. What you typed is still here.";
    button.textContent = "Carry on";
    if (!dialog.open) dialog.showModal();
  };
  const goOn = async () => {
    const answer = await fetch(stay, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!answer.ok || answer.redirected) return end();
    document.body.classList.remove("is-signed-out");
    dialog.close();
    begin();
  };
  button.addEventListener("click", goOn);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    goOn();
  });
  begin();
}

if (idle && stay) endOfSession(Number(idle));
