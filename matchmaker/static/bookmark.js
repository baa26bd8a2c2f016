// A bookmark is set without leaving the place.
document.addEventListener("submit", async (event) => {
  if (!event.target.matches(".star")) return;
  event.preventDefault();
  const button = event.submitter;
  const body = new FormData(event.target, button);
  const answer = await fetch(event.target.action, { method: "POST", body, redirect: "manual" });
  if (answer.type !== "opaqueredirect") return location.reload();
  const isSet = button.value === "yes";
  button.setAttribute("aria-pressed", isSet);
  button.value = isSet ? "no" : "yes";
});
