/* My agenda: the countdown runs on, and the page is there without a network. All else is HTML. */
"use strict";
const script = document.currentScript;

let stale = false; // the worker says so: also a network that is there may lead nowhere

function sayWhetherOnline() {
  document.getElementById("offline").hidden = navigator.onLine && !stale;
}

if ("serviceWorker" in navigator) {
  const worker = navigator.serviceWorker;
  worker.register(script.dataset.worker, { scope: script.dataset.scope }).catch(() => undefined);
  worker.addEventListener("message", (event) => { stale = event.data.stale; sayWhetherOnline(); });
  if (worker.controller) worker.controller.postMessage("is this page stale?");
}
addEventListener("online", sayWhetherOnline);
addEventListener("offline", sayWhetherOnline);

const countdown = document.querySelector(".countdown");
const words = new Intl.RelativeTimeFormat(document.documentElement.lang + "-u-nu-latn");
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];

function count() {
  const left = (Date.parse(countdown.dataset.starts) - Date.now()) / 1000;
  const [unit, seconds] = UNITS.find((row) => left >= row[1]) || UNITS[2];
  countdown.textContent = left > 0 ? words.format(Math.max(1, Math.floor(left / seconds)), unit) : "";
  const turns = Date.parse(left > 0 ? countdown.dataset.starts : countdown.dataset.ends);
  if (countdown.dataset.turns && turns !== Number(countdown.dataset.turns) && navigator.onLine) location.reload();
  countdown.dataset.turns = turns;
}

function refresh() {
  if (countdown && Date.parse(countdown.dataset.starts) - Date.now() < 86400000 * 7) count();
}

sayWhetherOnline();
refresh();
setInterval(refresh, 20000);

const look = document.getElementById("first-look");
if (look) fetch(look.action, { method: "POST", body: new FormData(look), redirect: "manual" }).catch(() => undefined);
