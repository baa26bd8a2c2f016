// A grade is given without leaving the place; without this, the form does it and the page comes anew.
const news = document.createElement("p");
news.setAttribute("role", "status");
news.className = "hidden";
document.body.append(news);

async function give(form, button) {
  const body = new FormData(form, button);
  body.append("part", "grades");
  const answer = await fetch(form.action, { method: "POST", body });
  if (!answer.ok || answer.redirected) return location.reload(); // signed out, perhaps
  const part = document.createElement("template");
  part.innerHTML = await answer.text(); // made and escaped by the server
  const fresh = part.content.querySelector(".grading");
  form.closest(".grading").replaceWith(fresh);
  fresh.querySelector(`[data-grade="${button.dataset.grade}"]`)?.focus({ preventScroll: true });
  const left = part.content.querySelector(".left");
  for (const place of document.querySelectorAll(".left")) place.replaceChildren(...left.cloneNode(true).childNodes);
  news.textContent = fresh.dataset.saved ?? "";
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(".grades") || new URL(form.action).searchParams.get("on") === "mine") return;
  event.preventDefault();
  if (form.ariaBusy === "true") return; // pressed twice
  form.ariaBusy = "true";
  try {
    await give(form, event.submitter);
  } catch {
    form.ariaBusy = "false"; // no network: the button can be pressed again
  }
});
