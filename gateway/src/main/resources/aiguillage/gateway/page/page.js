// What the page does beyond what it says: nothing that reading it needs.
"use strict";

// The first page stays up to date while somebody looks at it: asked of this gateway, and of nobody else.
const EVERY_MILLIS = 5000;

const refresh = async () => {
  const now = document.getElementById("now");
  const selected = document.getSelection();
  const isRead = !now || document.hidden || now.contains(document.activeElement)
      || (selected && !selected.isCollapsed && now.contains(selected.anchorNode));
  if (isRead) {
    return;
  }
  const answer = await fetch(now.dataset.part, { redirect: "error", cache: "no-store" });
  if (!answer.ok) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("now");
  if (fresh && fresh.innerHTML !== now.innerHTML) {
    now.replaceWith(fresh);
  }
};

if (document.getElementById("now")) {
  // A gateway that does not answer is one that stops or starts: the next turn asks again.
  setInterval(() => refresh().catch(() => {}), EVERY_MILLIS);
}

const copy = document.getElementById("copy");
if (copy) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const text = document.getElementById("support");
    text.select();
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text.value);
      copy.textContent = copy.dataset.done;
    }
  });
}
