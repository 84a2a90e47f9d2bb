// Search answers while somebody types. Without scripts the button does the same.
const REST_MS = 350;
const SHORTEST = 3;
const place = document.querySelector("search[data-typed]");
const form = place?.querySelector("form");
const box = form?.querySelector("input[name=words]");
const shown = document.getElementById("found");
const said = document.getElementById("found-said");

if (box && shown && said) {
  let rest = 0;
  let asking = null;
  let last = box.value.trim();

  const ask = async () => {
    const words = box.value.trim();
    if (words === last) return;
    last = words;
    asking?.abort();
    if (words.length < SHORTEST) {
      shown.replaceChildren();
      said.textContent = "";
      return;
    }
    asking = new AbortController();
    const sent = { method: "POST", body: new FormData(form), signal: asking.signal };
    const answer = await fetch(place.dataset.typed, sent).catch(() => null);
    // Anything else, such as a session that has ended, is for the button to say.
    if (!answer?.ok || answer.redirected || box.value.trim() !== words) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    shown.replaceChildren(...page.body.childNodes);
    said.textContent = shown.querySelector("[data-said]")?.dataset.said ?? "";
  };

  box.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(ask, REST_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(rest);
    asking?.abort();
  });

  // From the box down to what was found, along it, and back.
  document.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) return;
    const stops = [box, ...shown.querySelectorAll("a[data-found]")];
    const here = stops.indexOf(document.activeElement);
    if (here < 0) return;
    const next = event.key === "Escape" ? 0 : here + (event.key === "ArrowDown" ? 1 : -1);
    if (!stops[next]) return;
    event.preventDefault();
    stops[next].focus();
  });
}
