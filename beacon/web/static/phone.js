// Who the person on the line may be, looked for while somebody types. The button does it without.
const form = document.querySelector("form[data-look]");
const place = form.querySelector("[data-looked]");
const REST = 500;
const box = (name) => (form.elements.namedItem(name)?.value ?? "").trim();
const boxes = (name) => [...form.querySelectorAll(`[name="${name}"]`)].map((one) => one.value.trim());
const figures = (text) => text.replace(/\D/g, "");

// Only what can find somebody: a whole number, an address with its postcode, a name with its birth.
function handle() {
  const born = boxes("born_on");
  const dated = born.every(Boolean) && born[2]?.length === 4;
  const named = box("first_name") && box("last_name") && dated;
  const parts = [
    named ? [box("first_name"), box("last_name"), ...born].join("|") : "",
    ...["mobile", "phone"].map((name) => (figures(box(name)).length >= 10 ? figures(box(name)) : "")),
    /^\S+@\S+\.\S+$/.test(box("email")) ? box("email") : "",
    box("address").length > 5 && box("postcode").length > 4 ? box("address") + box("postcode") : "",
  ];
  return parts.some(Boolean) ? parts.join("\n") : "";
}

let timer;
let last = "";
let asking;

async function look() {
  const now = handle();
  if (now === last) return;
  last = now;
  if (!now) return;
  asking?.abort();
  asking = new AbortController();
  const signal = asking.signal;
  try {
    const answer = await fetch(form.dataset.look, { method: "POST", body: new FormData(form), signal });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!signal.aborted) place.replaceChildren(...page.body.childNodes);
  } catch {
    last = ""; // the next key tries again; the button works meanwhile
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, REST);
});
