// Asks every two seconds until what the page waits for is over; the server made and escaped it.
const part = document.querySelector("[data-waits-for]");

async function ask() {
  try {
    const answer = await fetch(part.dataset.waitsFor, { cache: "no-store" });
    if (answer.ok) {
      const news = await answer.json();
      if (news.over) {
        part.innerHTML = news.html;
        return;
      }
    }
  } catch {
    // the next question may be answered
  }
  setTimeout(ask, 2000);
}

setTimeout(ask, 2000);
