// Follows a run: server-sent events, and asking every two seconds where those fail.
const part = document.getElementById("run");

function show(news) {
  part.innerHTML = news.html; // made and escaped by the server
  if (!news.over) return;
  document.getElementById("stop")?.remove();
}

async function ask() {
  try {
    const answer = await fetch(part.dataset.state, { cache: "no-store" });
    if (answer.ok) {
      const news = await answer.json();
      show(news);
      if (news.over) return;
    }
  } catch {
    // the next question may be answered
  }
  setTimeout(ask, 2000);
}

let failures = 0;
const source = new EventSource(part.dataset.news);
source.onmessage = (event) => {
  failures = 0;
  const news = JSON.parse(event.data);
  show(news);
  if (news.over) source.close();
};
source.onerror = () => {
  failures += 1;
  if (source.readyState === EventSource.CLOSED || failures > 2) {
    source.close();
    ask();
  }
};
