// Organisations are found while their name is typed; without this file the page has a button.
const input = document.querySelector("[data-look-up]");
const found = document.getElementById("found");
let waiting = 0;
let asked = 0;

document.querySelector(".no-script")?.remove();
input?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(lookUp, 200);
});

async function lookUp() {
  const mine = ++asked;
  const url = new URL(input.dataset.lookUp, location.href);
  url.searchParams.set("q", input.value.trim());
  try {
    const answer = await fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine === asked) found.replaceChildren(...(page.getElementById("found")?.childNodes ?? []));
  } catch {
    // without a network the form still goes on
  }
}
