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

// A file that is too large is refused before it is sent, so that nothing beside it is lost.
function refuseTooLarge(box) {
  const most = Number(box.dataset.most);
  const said = document.getElementById(`${box.id}-error`) ?? document.createElement("p");
  if (!said.isConnected) {
    said.className = "govuk-error-message";
    box.before(said);
  }
  said.setAttribute("role", "alert");
  box.form.addEventListener("submit", (event) => {
    if (![...box.files].some((file) => file.size > most * 1024 * 1024)) return;
    event.preventDefault();
    said.textContent = `The file is larger than ${most} MB. Save it smaller, or add it in parts.`;
    box.focus();
  });
}
for (const box of document.querySelectorAll("input[type=file][data-most]")) refuseTooLarge(box);

// The session: warn before it ends, keep what is being typed, and cover the page after the end.
const WARN_SECONDS = 120;
const REST_SECONDS = 3;
const LOST = "What you typed cannot be kept at the moment. Send it soon, or copy it.";
const { idle, stay, drafts, person } = document.body.dataset;
const other = "BroadcastChannel" in window ? new BroadcastChannel("beacon") : null;

const post = (address, body) =>
  fetch(address, {
    method: "POST",
    keepalive: true,
    headers: { "X-CSRFToken": document.body.dataset.token },
    body,
  })
    .then((answer) => {
      if (answer.status === 401) return "lost"; // the session was ended, and nothing was kept
      return answer.redirected ? "ended" : answer.ok ? "done" : "failed";
    })
    .catch(() => "failed");

// Warn two minutes before an idle session ends, and let one key go on (WCAG 2.2.1).
class Session {
  constructor(seconds) {
    this.seconds = seconds;
    this.dialog = document.createElement("dialog");
    this.dialog.className = "beacon-idle";
    this.dialog.setAttribute("aria-labelledby", "idle-title");
    this.dialog.setAttribute("aria-describedby", "idle-words");
    this.title = this.part("h2", "govuk-heading-m", "idle-title");
    this.words = this.part("p", "govuk-body", "idle-words");
    this.words.setAttribute("role", "status");
    this.button = this.part("button", "govuk-button", "idle-button");
    this.button.type = "button";
    this.button.addEventListener("click", () => this.goOn());
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.goOn();
    });
    document.body.append(this.dialog);
    // A machine that slept, or a tab that was put to sleep, is looked at when it wakes.
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    addEventListener("pageshow", () => this.look());
    other?.addEventListener("message", () => this.hasEnded || this.begin());
    this.begin();
    this.tell();
  }

  part(tag, kind, id) {
    const made = document.createElement(tag);
    made.className = kind;
    made.id = id;
    this.dialog.append(made);
    return made;
  }

  get hasEnded() {
    return document.body.classList.contains("is-signed-out");
  }

  // Somebody was at work here: the time begins anew, and in the other tabs too.
  begin() {
    this.until = Date.now() + this.seconds * 1000;
    this.dialog.close();
    this.look();
  }

  tell() {
    other?.postMessage("at work");
  }

  look() {
    clearTimeout(this.alarm);
    if (this.hasEnded) return;
    const left = this.until - Date.now();
    const warning = left - WARN_SECONDS * 1000;
    if (left <= 0) this.end();
    else {
      if (warning <= 0 && !this.dialog.open) this.warn();
      this.alarm = setTimeout(() => this.look(), warning > 0 ? warning : left);
    }
  }

  warn() {
    this.title.textContent = "You will be signed out soon";
    this.words.textContent =
      "Nothing has happened here for a while. You will be signed out in 2 minutes to keep people's details safe.";
    this.button.textContent = "Stay signed in";
    this.show();
  }

  end() {
    saveAll();
    document.body.classList.add("is-signed-out");
    this.title.textContent = "You have been signed out";
    this.words.textContent = "Sign in again in another tab, then press Carry on. What you typed is still here.";
    this.button.textContent = "Carry on";
    this.show();
  }

  show() {
    if (!this.dialog.open) this.dialog.showModal();
    this.button.focus();
  }

  async goOn() {
    if (this.hasEnded) return this.comeBack();
    if ((await post(stay)) !== "done") return this.end();
    this.begin();
    this.tell();
  }

  // After signing in again the page is the same person's, with the tokens of their new session.
  async comeBack() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").body.dataset;
    if (!page.token) return;
    if (page.person !== person) return location.reload();
    document.body.dataset.token = page.token;
    for (const box of document.querySelectorAll("input[name=csrf_token]")) box.value = page.token;
    document.body.classList.remove("is-signed-out");
    this.begin();
    this.tell();
    saveAll(); // what could not be kept for a session that had been ended
  }
}

// Keep what is typed into a form, three seconds after the last key and whenever the page is left.
class Draft {
  constructor(form) {
    this.form = form;
    this.said = document.createElement("p");
    this.said.className = "beacon-kept";
    this.said.setAttribute("role", "status");
    form.append(this.said);
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.send(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
  }

  typed() {
    this.isNew = true;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.save(), REST_SECONDS * 1000);
  }

  // On a covered page nothing is sent: it would carry the token of the session that has ended, and
  // meet the words that are saved again when the page goes on.
  save() {
    clearTimeout(this.rest);
    if (!this.isNew || this.isSent || session.hasEnded) return;
    this.isNew = false;
    const words = [...new FormData(this.form)].filter(([, said]) => typeof said === "string");
    const body = new URLSearchParams(words); // a file that was chosen is never kept
    body.append("beacon_place", this.form.dataset.keep);
    this.saving = post(drafts, body).then((came) => {
      this.saving = null;
      this.saved(came);
    });
  }

  // Even after the end of a session its last words are kept for their author.
  saved(came) {
    const isKept = came === "done" || came === "ended";
    this.said.textContent = isKept ? "Kept" : LOST;
    if (!isKept) this.isNew = true;
    if (came === "failed" || session.hasEnded) return;
    if (came !== "done") session.end();
    else {
      session.begin();
      session.tell();
    }
  }

  // What is sent must not be kept again behind its own back: wait for a save that is on its way.
  async send(event) {
    if (event.defaultPrevented) return;
    clearTimeout(this.rest);
    this.isSent = true;
    if (!this.saving) return;
    event.preventDefault();
    await this.saving;
    this.form.requestSubmit(event.submitter);
  }
}

const kept = [];
const saveAll = () => kept.forEach((draft) => draft.save());
const session = idle && stay ? new Session(Number(idle)) : null;
if (session && drafts) {
  for (const form of document.querySelectorAll("form[data-keep]")) kept.push(new Draft(form));
}

// A page that the browser kept whole is asked for anew: its session may have ended meanwhile.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.body.hidden = true;
  location.reload();
});
