// Leaving at once: one press of the button, or Esc three times. Without scripts the button is a link.
const link = document.querySelector("[data-leave]");
const said = document.querySelector("[data-leave-said]");
const PRESSES = 3;
const WITHIN = 5000;
let pressed = [];

const leave = (event) => {
  event?.preventDefault();
  document.body.classList.add("beacon-gone"); // nothing is seen while the other page is on its way
  document.title = "…";
  location.replace(link.href); // this page does not stay in the history
};

link.addEventListener("click", leave);
document.querySelector("[data-leave-words]").hidden = false;

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  const now = Date.now();
  pressed = [...pressed.filter((at) => now - at < WITHIN), now];
  const left = PRESSES - pressed.length;
  if (left <= 0) return leave();
  said.textContent = `To leave, press Esc ${left} more ${left > 1 ? "times" : "time"}.`;
});

// A page that the browser kept whole is asked for again: what it showed may be forgotten by now.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
