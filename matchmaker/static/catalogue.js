// The list follows what is typed and ticked; without this, the form does it.
const form = document.getElementById("asking");
let waiting = 0;
let asking = null;

function address() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) asked.append(name, value);
  return `${location.pathname}?${asked}`;
}

async function ask() {
  const target = address();
  asking?.abort();
  asking = new AbortController();
  form.setAttribute("aria-busy", "true");
  try {
    const signal = asking.signal;
    const answer = await fetch(`${target}&part=found`, { signal, cache: "no-store" });
    if (!answer.ok || answer.redirected) return location.assign(target); // signed out, perhaps
    show(await answer.text());
    history.replaceState(null, "", target);
    form.removeAttribute("aria-busy");
  } catch (error) {
    if (error.name !== "AbortError") form.removeAttribute("aria-busy"); // the button is still there
  }
}

function show(html) {
  const part = document.createElement("template");
  part.innerHTML = html; // made and escaped by the server
  const focus = document.activeElement?.id;
  const open = new Map([...document.querySelectorAll("#facets details")].map((d) => [d.id, d.open]));
  for (const id of ["facets", "found"]) {
    const fresh = part.content.getElementById(id);
    document.getElementById(id).replaceChildren(...fresh.childNodes);
    if (fresh.dataset.count) tell(fresh.dataset.count);
    if (fresh.dataset.chosen) mark(fresh.dataset.chosen);
  }
  for (const part of document.querySelectorAll("#facets details")) {
    if (open.has(part.id)) part.open = open.get(part.id);
  }
  if (focus && document.activeElement?.id !== focus) document.getElementById(focus)?.focus();
}

function tell(count) {
  for (const place of document.querySelectorAll(".total")) place.textContent = count;
}

function mark(number) {
  const badge = document.getElementById("chosen-count");
  badge.textContent = number;
  badge.hidden = number === "0";
}

form.classList.add("live");
form.addEventListener("input", (event) => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, event.target.type === "search" ? 180 : 0);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  const sheet = document.getElementById("choices");
  if (sheet.matches(":popover-open")) sheet.hidePopover();
  ask();
});
