// What pages do beyond what they say: nothing that reading them needs.
"use strict";

// "/" goes to the search box from anywhere.
document.addEventListener("keydown", event => {
  const at = event.target;
  const isTyping = at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
  if (event.key === "/" && !isTyping) {
    const find = document.getElementById("find");
    if (find) {
      event.preventDefault();
      find.focus();
    }
  }
});
