// The board of a draft: meetings are moved by mouse or keyboard. The server decides; this shows it.
const board = document.getElementById("board");
const news = document.getElementById("board-news");
const FAR = 6; // pixels after which pressing is dragging
const EDGE = 50; // where dragging scrolls, in pixels
const POLL = 4000;
let picked = null; // { meeting, cells } while one is picked up
let waiting = 0; // the number of the newest question; answers to older ones are dropped
let sent = Promise.resolve(); // the newest change: the next one leaves when it is answered

const all = () => [...board.tBodies[0].rows].map((row) => [...row.querySelectorAll("td")]);
const cellOf = (node) => node?.closest?.("#board td") ?? null;
const meetingOf = (node) => node?.closest?.("#board .met") ?? null;

function say(sentence, refused = false) {
  news.classList.toggle("refused", refused);
  news.textContent = sentence;
}

async function ask(address, options = {}) {
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(address, { cache: "no-store", headers, ...options });
    if (answer.status === 204) return null;
    if (answer.ok || answer.status === 409) return { refused: !answer.ok, ...(await answer.json()) };
  } catch {
    // the sentence below says so
  }
  say(news.dataset.lost, true);
  return null;
}

function show(change) {
  if (!change) return;
  board.dataset.seen = change.seen;
  const held = document.activeElement?.dataset?.cell;
  for (const cell of board.querySelectorAll("td[data-cell]")) {
    const html = change.cells[cell.dataset.cell];
    if (html === undefined || html === cell.innerHTML) continue;
    cell.innerHTML = html; // made and escaped by the server
    cell.classList.remove("fresh");
    void cell.offsetWidth; // so that the same cell can light up again
    cell.classList.add("fresh");
  }
  document.getElementById("missing").textContent = change.missing;
  for (const step of ["undo", "redo"]) {
    const place = document.querySelector(`[data-step=${step}]`);
    place.hidden = change[step] === null;
    if (change[step] !== null) place.querySelector("[name=number]").value = change[step];
  }
  for (const seen of document.querySelectorAll("#steps [name=seen]")) seen.value = change.seen;
  if (held) board.querySelector(`td[data-cell="${CSS.escape(held)}"]`)?.focus();
  quieten();
  say(change.sentence);
}

// Picking up and putting down

function letGo() {
  waiting += 1;
  picked = null;
  for (const cell of board.querySelectorAll("[data-open]")) {
    delete cell.dataset.open;
    cell.removeAttribute("title");
  }
  board.querySelector(".picked")?.classList.remove("picked");
}

async function pickUp(met) {
  letGo();
  const mine = waiting;
  const meeting = met.dataset.meeting;
  met.classList.add("picked");
  const address = new URL(board.dataset.options, location);
  address.searchParams.set("meeting", meeting);
  picked = { meeting, cells: {} };
  const answer = await ask(address);
  if (mine !== waiting) return false;
  if (!answer || answer.refusal) {
    letGo();
    if (answer) say(answer.refusal, true);
    return false;
  }
  picked.cells = answer.cells;
  for (const cell of board.querySelectorAll("td[data-cell]")) {
    const option = answer.cells[cell.dataset.cell];
    if (!option) continue;
    cell.dataset.open = option.state;
    if (option.reason) cell.title = option.reason;
  }
  say(answer.sentence);
  return true;
}

async function putDown(cell) {
  const { meeting, cells } = picked;
  const option = cells[cell.dataset.cell];
  if (!option || option.state === "here") return letGo();
  if (option.state === "no") return say(option.reason, true);
  const [slot, place] = cell.dataset.cell.split("|");
  const form = new FormData(document.getElementById("deed"));
  const values =
    option.state === "swap"
      ? { kind: "swap", other: option.other }
      : { kind: "move", slot, place: board.dataset.any || place };
  for (const [name, value] of Object.entries({ ...values, meeting })) form.set(name, value);
  letGo();
  sent = sent.then(() => {
    form.set("seen", board.dataset.seen);
    return ask(board.dataset.change, { method: "POST", body: form });
  });
  const answer = await sent;
  if (!answer) return;
  if (answer.refused) {
    say(answer.sentence, true);
    look();
  } else show(answer);
}

// The keyboard: one cell is in the order of the tab key, the arrows lead to the others

function quieten() {
  for (const link of board.querySelectorAll(".met a")) link.tabIndex = -1;
}

function enter(cell) {
  board.querySelector('td[tabindex="0"]')?.setAttribute("tabindex", "-1");
  cell.tabIndex = 0;
}

function step(cell, down, across) {
  const rows = all();
  const row = rows.findIndex((cells) => cells.includes(cell));
  const onward = document.dir === "rtl" ? -across : across;
  const next = rows[row + down]?.[rows[row].indexOf(cell) + onward];
  if (!next) return;
  enter(next);
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (picked) tellOf(next);
}

function tellOf(cell) {
  const option = picked.cells[cell.dataset.cell];
  if (option) say(option.reason || news.dataset[option.state] || "", option.state === "no");
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

board?.addEventListener("keydown", (event) => {
  const cell = event.target;
  if (cell.tagName !== "TD" || event.ctrlKey || event.altKey || event.metaKey) return;
  const met = cell.querySelector(".met");
  if (STEPS[event.key]) step(cell, ...STEPS[event.key]);
  else if (event.key === "Escape" && picked) {
    letGo();
    say(news.dataset.hint);
  } else if (event.key === "Enter" && picked) putDown(cell);
  else if (event.key === "Enter" && met) pickUp(met);
  else if (event.key === " " && met && !picked) met.querySelector("a").click();
  else return;
  event.preventDefault();
});

// The mouse

board?.addEventListener("pointerdown", (start) => {
  const met = meetingOf(start.target);
  if (!met || start.button !== 0 || start.pointerType === "touch") return;
  let ghost = null;
  let ready = null;
  let over = null;

  function follow(event) {
    if (!ghost) {
      if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < FAR) return;
      ghost = document.body.appendChild(document.createElement("div"));
      ghost.className = "ghost";
      ghost.textContent = met.querySelector("a").innerText;
      ready = pickUp(met);
    }
    const left = document.dir === "rtl" ? event.clientX - innerWidth : event.clientX;
    ghost.style.transform = `translate(${left + 12}px, ${event.clientY + 12}px)`;
    const cell = cellOf(document.elementFromPoint(event.clientX, event.clientY));
    if (cell !== over) {
      over?.classList.remove("over");
      over = cell;
      over?.classList.add("over");
      if (over && picked) tellOf(over);
    }
    scrollNear(event);
  }

  async function end(event) {
    removeEventListener("pointermove", follow);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    if (!ghost) return;
    ghost.remove();
    over?.classList.remove("over");
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
    const isPicked = await ready;
    if (!isPicked || !picked) return;
    if (event.type === "pointerup" && over) await putDown(over);
    if (picked) letGo();
  }

  addEventListener("pointermove", follow);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
});

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function scrollNear(event) {
  const frame = board.parentElement;
  const box = frame.getBoundingClientRect();
  if (event.clientX < box.left + EDGE) frame.scrollBy(-EDGE / 4, 0);
  if (event.clientX > box.right - EDGE) frame.scrollBy(EDGE / 4, 0);
  if (event.clientY < EDGE) scrollBy(0, -EDGE / 4);
  if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
}

// What others do, and finding

async function look() {
  const address = new URL(board.dataset.news, location);
  address.searchParams.set("seen", board.dataset.seen);
  const sentence = news.textContent;
  const refused = news.classList.contains("refused");
  const change = await ask(address);
  if (change && Number(change.seen) > Number(board.dataset.seen)) {
    const meeting = picked?.meeting;
    show(change);
    if (refused) say(`${sentence} ${change.sentence}`, true);
    const met = meeting && board.querySelector(`[data-meeting="${CSS.escape(meeting)}"]`);
    if (met) pickUp(met); // what is open may have changed
    else if (meeting) letGo();
  }
}

function mark(text) {
  const wanted = text.trim().toLocaleLowerCase();
  for (const met of board.querySelectorAll(".met")) {
    met.classList.toggle("found", wanted !== "" && met.innerText.toLocaleLowerCase().includes(wanted));
  }
}

if (board) {
  quieten();
  for (const cell of board.querySelectorAll("td[data-cell]")) cell.tabIndex = -1;
  const first = board.querySelector("td[data-cell] .met")?.parentElement ?? board.querySelector("td[data-cell]");
  if (first) first.tabIndex = 0;
  board.addEventListener("focusin", (event) => event.target.tagName === "TD" && enter(event.target));
  for (const link of board.querySelectorAll("a")) link.draggable = false;
  say(news.dataset.hint);
  const find = document.getElementById("find");
  find.addEventListener("input", () => mark(find.value));
  mark(find.value);
  setInterval(() => document.visibilityState === "visible" && look(), POLL);
}
