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

// A command is copied with one press, where the browser lets a page do that.
if (navigator.clipboard) {
  document.addEventListener("DOMContentLoaded", () =>
    document.querySelectorAll(".command button").forEach(button => { button.hidden = false; }));
  document.addEventListener("click", event => {
    const button = event.target instanceof Element ? event.target.closest(".command button") : null;
    if (button) {
      navigator.clipboard.writeText(button.previousElementSibling.textContent)
        .then(() => { button.textContent = button.dataset.copied; })
        .catch(() => { button.hidden = true; }); // forbidden: the text is there to be selected
    }
  });
}

// Ctrl+K goes anywhere: a list of places, which the hub makes of what is typed.
const dialog = document.getElementById("palette");
if (dialog instanceof HTMLDialogElement) {
  const asked = document.getElementById("palette-asked");
  const hits = document.getElementById("palette-hits");
  const opener = document.getElementById("palette-open");
  let asking = new AbortController();
  let answered = Promise.resolve();
  const options = () => [...hits.querySelectorAll("[role=option]")];
  const chosen = () => hits.querySelector("[aria-selected=true]");

  const choose = option => {
    options().forEach(one => one.setAttribute("aria-selected", String(one === option)));
    if (option) {
      asked.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      asked.removeAttribute("aria-activedescendant");
    }
    asked.setAttribute("aria-expanded", String(option !== undefined));
  };

  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const signal = asking.signal;
    try {
      const answer = await fetch(`/palette?q=${encodeURIComponent(asked.value)}`, { headers: { "HX-Request": "true" }, signal });
      if (answer.status === 401) {
        location.reload(); // to the sign-in
      } else if (answer.ok) {
        const said = await answer.text();
        if (!signal.aborted) {
          hits.innerHTML = said;
          choose(options()[0]);
        }
      }
    } catch (failure) {
      if (!signal.aborted) { // the hub cannot be reached: the search says so
        location.assign(opener.href);
      }
    }
  };

  const open = () => {
    if (!dialog.open) {
      asked.value = "";
      hits.replaceChildren();
      dialog.showModal();
      asked.focus();
      answered = ask();
    }
  };

  opener.setAttribute("role", "button");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.addEventListener("click", event => {
    event.preventDefault();
    open();
  });
  opener.addEventListener("keydown", event => {
    if (event.key === " ") { // as buttons do
      event.preventDefault();
      open();
    }
  });
  document.getElementById("palette-close").addEventListener("click", () => dialog.close());
  document.addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  asked.addEventListener("input", () => { answered = ask(); });
  asked.addEventListener("keydown", async event => {
    if (event.isComposing) {
      return;
    }
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      await answered; // what is chosen belongs to what was typed
      chosen()?.click();
    }
  });
}

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
      } else { // what the hub says about it
        const said = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
        const main = document.querySelector("main");
        if (said && main) {
          main.replaceWith(document.importNode(said, true));
          document.querySelector("main").focus();
        }
      }
    });
    request.addEventListener("error", () =>
      HTMLFormElement.prototype.submit.call(form)); // the browser says why; a field may be called submit
    request.open("POST", form.action);
    progress.hidden = false;
    request.send(new FormData(form));
  }
});

// A chart is drawn from what stands beside it, and again when that is replaced; a table has the same figures.
const charts = (() => {
  const drawn = new Map();
  const colours = ["#2f7ed8", "#c0392b", "#1e8449", "#8e44ad", "#d68910", "#117a8b", "#a04000", "#616a6b"];

  // Writes an instant, in seconds, as people of the page's language do, in the page's zone; in the browser's, where
  // it does not know that one.
  function clock(zone) {
    const hours = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    let format;
    try {
      format = new Intl.DateTimeFormat(document.documentElement.lang, { ...hours, timeZone: zone });
    } catch (unknown) {
      format = new Intl.DateTimeFormat(document.documentElement.lang, hours);
    }
    return seconds => format.format(new Date(1000 * seconds));
  }

  function draw(element) {
    const from = document.getElementById(element.dataset.from);
    if (!from || typeof uPlot === "undefined") {
      return;
    }
    const traffic = JSON.parse(from.dataset.traffic);
    if (traffic.lines.length === 0) {
      return;
    }
    const names = traffic.lines.map(line => line.name).join("\n");
    const minutes = traffic.lines[0].counts.map((_, minute) => traffic.first + 60 * minute);
    const data = [minutes, ...traffic.lines.map(line => line.counts)];
    const last = drawn.get(element);
    if (last && last.names === names) {
      last.chart.setData(data);
      return;
    }
    element.replaceChildren();
    const ink = getComputedStyle(document.body).color;
    const axis = { stroke: ink, grid: { stroke: "rgba(128,128,128,.3)" } };
    const time = clock(document.getElementById("main").dataset.zone);
    const times = { ...axis, incrs: [60, 120, 300, 600, 900, 1800, 3600], values: (_, marks) => marks.map(mark => time(mark)) };
    const minute = { label: element.dataset.minute, value: (_, at) => (at === null ? "" : time(at)) };
    const series = traffic.lines.map((line, i) => ({ label: line.name, stroke: colours[i % colours.length], width: 2 }));
    const counts = { ...axis, incrs: [1, 2, 5].flatMap(step => [0, 1, 2, 3, 4, 5].map(zeros => step * 10 ** zeros)).sort((a, b) => a - b) };
    const scales = { x: { range: ({ data: [at] }) => [at.at(0) - (at.length > 1 ? 0 : 120), at.at(-1)] } }; // one minute alone has no width
    const options = { width: Math.max(320, element.clientWidth), height: 240, scales, axes: [times, counts], series: [minute, ...series] };
    drawn.set(element, { names, chart: new uPlot(options, data, element) });
  }
  return { drawAll: () => document.querySelectorAll(".chart[data-from]").forEach(draw) };
})();
document.addEventListener("DOMContentLoaded", charts.drawAll);
document.addEventListener("htmx:afterSwap", charts.drawAll);

// A part that is kept up to date says so when it no longer is. Where the hub refuses it, the page is loaded anew,
// once: that leads to the sign-in, or to a page that is current. While the tab is hidden nothing is received:
// browsers have few connections for all tabs of a site.
if (typeof htmx !== "undefined") {
  const LOADED = "console-loaded-anew";
  const sources = new Set();
  const paused = new Set();

  const pause = source => {
    if (source.readyState !== EventSource.CLOSED) {
      paused.add(source);
      source.close();
    }
  };

  htmx.createEventSource = url => {
    sources.forEach(source => {
      if (source.readyState === EventSource.CLOSED && !paused.has(source)) {
        sources.delete(source);
      }
    });
    const source = new EventSource(url);
    sources.add(source);
    if (document.hidden) {
      pause(source);
    }
    return source;
  };

  const noteOf = part => {
    const before = part.previousElementSibling;
    return before && before.classList.contains("stale-note") ? before : null;
  };

  const markStale = part => {
    if (!noteOf(part)) {
      const note = document.createElement("p");
      note.className = "notice warn stale-note";
      note.setAttribute("role", "status");
      note.textContent = document.getElementById("main").dataset.stale;
      part.before(note);
      part.classList.add("stale");
    }
  };

  const markCurrent = part => {
    const note = noteOf(part);
    if (note) {
      note.remove();
      part.classList.remove("stale");
    }
  };

  const loadAnew = () => {
    if (sessionStorage.getItem(LOADED)) {
      return;
    }
    fetch("/sign-in", { method: "GET", redirect: "manual" }).then(() => { // only where the hub is there
      sessionStorage.setItem(LOADED, "yes");
      location.reload();
    }).catch(() => { /* the part stays marked; the hub is asked again */ });
  };

  document.addEventListener("htmx:sseError", event => {
    const source = event.detail.source;
    if (paused.delete(source)) { // closed by ourselves
      sources.delete(source);
      return;
    }
    markStale(event.target);
    if (source.readyState === EventSource.CLOSED) {
      sources.delete(source);
      loadAnew();
    }
  });
  document.addEventListener("htmx:sseOpen", event => markCurrent(event.target));
  document.addEventListener("htmx:sseMessage", event => {
    sessionStorage.removeItem(LOADED);
    markCurrent(event.target);
  });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      sources.forEach(pause);
    } else {
      paused.forEach(source => source.onerror(new Event("error"))); // has it opened anew
    }
  });
}

// Security keys (WebAuthn): a form that asks for one is sent with what the key answered.
{
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const keysOf = form => form.dataset.keys.split(" ").filter(Boolean).map(id => ({ type: "public-key", id: bytes(id) }));

async function create(form) {
  const key = await navigator.credentials.create({ publicKey: {
    challenge: bytes(form.dataset.challenge),
    rp: { id: form.dataset.host, name: form.dataset.hub },
    user: { id: bytes(form.dataset.handle), name: form.dataset.operator, displayName: form.dataset.operator },
    pubKeyCredParams: [-8, -7, -257].map(alg => ({ type: "public-key", alg })),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    excludeCredentials: keysOf(form),
    attestation: "none"
  } });
  return { key, response: { clientDataJSON: text(key.response.clientDataJSON), attestationObject: text(key.response.attestationObject) } };
}

async function get(form) {
  const key = await navigator.credentials.get({ publicKey: {
    challenge: bytes(form.dataset.challenge),
    rpId: form.dataset.host,
    allowCredentials: keysOf(form),
    userVerification: "required"
  } });
  const said = key.response;
  const response = { clientDataJSON: text(said.clientDataJSON), authenticatorData: text(said.authenticatorData), signature: text(said.signature) };
  if (said.userHandle) {
    response.userHandle = text(said.userHandle);
  }
  return { key, response };
}

document.addEventListener("submit", async event => {
  const form = event.target;
  if (!form.dataset.key) {
    return;
  }
  event.preventDefault();
  form.querySelectorAll("[data-told]").forEach(told => { told.hidden = true; });
  try {
    if (!window.PublicKeyCredential) {
      throw new DOMException("no keys", "SecurityError");
    }
    const { key, response } = await (form.dataset.key === "create" ? create(form) : get(form));
    form.elements[form.dataset.field].value = JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} });
    HTMLFormElement.prototype.submit.call(form); // a field may be called submit
  } catch (failure) {
    const told = { SecurityError: "absent", NotSupportedError: "absent", InvalidStateError: "known" }[failure.name] || "none";
    form.querySelector(`[data-told="${told}"]`).hidden = false;
  }
});
}
