// Puts rows in order: dragged by their handle, or by the arrows without a new page. A list with a
// form of its own is saved at once; another one goes with the form that it is part of.
const news = document.getElementById("order-news");
const EDGE = 70; // where dragging scrolls the page, in pixels

const rows = (list) => [...list.children];

function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}

function tell(sentence) {
  news.textContent = "";
  requestAnimationFrame(() => (news.textContent = sentence));
}

function tellPlace(row) {
  const all = rows(row.parentElement);
  const place = String(all.indexOf(row) + 1);
  tell(news.dataset.place.replace("{place}", place).replace("{total}", String(all.length)));
}

async function save(list, before) {
  if (!list.dataset.form) {
    document.getElementById(list.dataset.picks).checked = true;
    return;
  }
  const form = document.getElementById(list.dataset.form);
  let sentence = news.dataset.failed;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (answer.status === 204) return;
    if (answer.status === 409) sentence = (await answer.json()).sentence;
  } catch {
    // the sentence says so
  }
  list.replaceChildren(...before);
  news.className = "error";
  news.setAttribute("role", "alert");
  tell(sentence);
}

function move(list, row, other) {
  const before = rows(list);
  const place = before.indexOf(row) + other;
  if (place >= 0 && place < before.length) {
    list.insertBefore(row, other < 0 ? row.previousElementSibling : row.nextElementSibling.nextElementSibling);
    save(list, before);
  }
  tellPlace(row);
}

function drag(list, row, start) {
  const before = rows(list);
  const handle = start.currentTarget;
  handle.setPointerCapture(start.pointerId);
  row.classList.add("dragged");

  function follow(event) {
    // The others change places: what is moved in the document loses its pointer.
    for (let next; (next = row.nextElementSibling) && event.clientY > middle(next); ) row.before(next);
    for (let last; (last = row.previousElementSibling) && event.clientY < middle(last); ) row.after(last);
    if (event.clientY < EDGE) scrollBy(0, -EDGE / 4);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
  }

  function end(event) {
    handle.removeEventListener("pointermove", follow);
    row.classList.remove("dragged");
    if (event.type === "pointercancel") list.replaceChildren(...before);
    else if (rows(list).some((other, place) => other !== before[place])) {
      save(list, before);
      tellPlace(row);
    }
  }

  handle.addEventListener("pointermove", follow);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
  start.preventDefault();
}

for (const list of document.querySelectorAll("ol.ordered")) {
  for (const row of rows(list)) {
    row.querySelector(".handle")?.addEventListener("pointerdown", (event) => drag(list, row, event));
    for (const [name, other] of [["up", -1], ["down", 1]]) {
      row.querySelector(`button[name=${name}]`)?.addEventListener("click", (event) => {
        event.preventDefault();
        move(list, row, other);
        event.currentTarget.focus();
      });
    }
  }
}
