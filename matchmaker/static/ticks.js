// In a long list: one box ticks the whole page, and it is said how many are ticked.
const boxes = [...document.querySelectorAll("td.tick input")];
const number = document.querySelector("[data-ticked]");
const head = document.querySelector("th.tick");
if (boxes.length && head && number) {
  const all = Object.assign(document.createElement("input"), { type: "checkbox" });
  all.setAttribute("aria-label", head.textContent.trim());
  head.append(all);
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    number.textContent = ticked;
    number.hidden = !ticked;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  for (const box of boxes) box.addEventListener("change", count);
  count();
}
