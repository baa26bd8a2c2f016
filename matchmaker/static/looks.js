/* The samples follow the colour and the texts while one chooses; without this, "Show" does it. */
"use strict";
const form = document.getElementById("look"), sample = document.getElementById("sample");
const picked = form.elements.picked, typed = form.elements.colour;
const first = [document.documentElement.lang, "fr", "en", "ar"];
let waiting = 0, asked = 0;

function said(name) {
  return first.map((code) => form.elements[name + "_" + code].value.trim()).find(Boolean) || "";
}

function mirror() {
  for (const place of sample.querySelectorAll("[data-text]")) place.textContent = said(place.dataset.text);
}

async function draw() {
  const turn = ++asked;
  const answer = await fetch(form.dataset.sample + "?colour=" + encodeURIComponent(typed.value)).catch(() => null);
  if (!answer || !answer.ok || answer.redirected || turn !== asked) return;
  const text = await answer.text();
  if (turn !== asked) return;
  sample.innerHTML = text;
  mirror();
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(draw, 200);
}

picked.addEventListener("input", () => { typed.value = picked.value; later(); });
typed.addEventListener("input", () => {
  const found = /^#?([0-9a-f]{6})$/i.exec(typed.value.trim());
  if (found) picked.value = "#" + found[1].toLowerCase();
  later();
});
form.addEventListener("input", mirror);
mirror();
