// What was shown for a reason hides again after its time (a number, an address: security.md P-01).
for (const shown of document.querySelectorAll("[data-hide-after]")) {
  const seconds = Number(shown.dataset.hideAfter);
  const until = Date.now() + seconds * 1000;
  const hide = () => {
    for (const part of shown.querySelectorAll("[data-shown]")) part.remove();
    for (const part of shown.querySelectorAll("[data-again]")) part.hidden = false;
    shown.querySelector("[role=status]").textContent =
      `Hidden again after ${seconds} seconds. If you still need it, use the button below.`;
  };
  const timer = setTimeout(hide, seconds * 1000);
  // A machine that slept, or a page that was brought back, does not wait for the rest of its time.
  const look = () => {
    if (Date.now() < until) return;
    clearTimeout(timer);
    hide();
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
}
