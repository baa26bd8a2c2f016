// Asks every two seconds until what the page waits for is over; the server made and escaped it.
// What is worked out while the answer is waited for is asked at once.
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

setTimeout(ask, "atOnce" in part.dataset ? 0 : 2000);
