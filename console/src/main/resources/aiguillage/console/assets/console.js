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

// A form with a file tells how much of it is sent. Without scripts the browser does.
document.addEventListener("submit", event => {
  const form = event.target;
  if (form instanceof HTMLFormElement && "upload" in form.dataset) {
    const progress = form.querySelector("progress");
    if (!window.XMLHttpRequest || !progress || event.defaultPrevented) {
      return;
    }
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", sent => {
      progress.max = sent.total;
      progress.value = sent.loaded;
    });
    request.addEventListener("load", () => {
      if (request.status < 400 && request.responseURL) {
        location.assign(request.responseURL);
      } else {
        form.submit(); // the browser shows what the hub says
      }
    });
    request.addEventListener("error", () => form.submit());
    request.open("POST", form.action);
    progress.hidden = false;
    request.send(new FormData(form));
  }
});
