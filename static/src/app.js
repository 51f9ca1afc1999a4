// What a page may have besides: refreshed countdowns, no double sends, saved drafts, keys for lists and papers.
// Every page works without it.
(function () {
  "use strict";
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const body = document.body.dataset;

  // Countdowns go on from the server's own moment, whatever the reader's clock says.
  const words = JSON.parse(body.timeWords || "{}");
  const say = (count, unit) => (count ? words.units[unit][count === 1 ? 0 : 1].replace(/\d+/, count) : "");
  function span(seconds) {
    const days = Math.floor(seconds / 86400), hours = Math.floor(seconds / 3600) % 24, minutes = Math.floor(seconds / 60) % 60;
    const parts = days ? [say(days, 0), say(hours, 1)] : [say(hours, 1), say(minutes, 2)];
    return parts.filter(Boolean).join(" ") || words.units[2][1].replace(/\d+/, 0);
  }
  const loaded = performance.now();
  function refresh() {
    for (const box of all("[data-until]")) {
      const now = Date.parse(box.dataset.now) + performance.now() - loaded;
      const left = (Date.parse(box.dataset.until) - now) / 1000;
      box.querySelector("[data-left]").textContent = words[left > 0 ? "left" : "over"].replace("%(span)s", span(Math.abs(left)));
      box.classList.toggle("overdue", left <= 0);
      box.classList.toggle("soon", left > 0 && left <= 172800);
    }
  }
  if (words.units) setInterval(refresh, 30000);

  // Without a script the browser's own command prints.
  for (const button of all("[data-print]")) { button.hidden = false; button.addEventListener("click", () => window.print()); }

  // A second press of the same button sends nothing; the server would refuse it anyway.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => all("button:not([name])", form).forEach((button) => (button.disabled = true)), 0);
    setTimeout(() => { delete form.dataset.sent; all("button", form).forEach((button) => (button.disabled = false)); }, 8000);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(function (form) {
    delete form.dataset.sent;
    all("button", form).forEach((button) => (button.disabled = false));
  }));

  // Drafts: <form data-autosave> is sent on every change; when that fails the text stays and a note says so.
  function autosave(form) {
    const note = form.appendChild(document.createElement("p"));
    note.setAttribute("role", "status");
    let timer, dirty = false;
    function tell(kind) { note.className = kind; note.textContent = body[kind]; dirty = kind === "unsaved"; }
    async function save() {
      const data = new FormData(form);
      all("input[type=file]", form).forEach((input) => data.delete(input.name));
      try {
        const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Autosave": "1" }, redirect: "manual" });
        if (!answer.ok) throw answer.status;
        tell("saved");
      } catch (problem) {
        tell("unsaved");
        timer = setTimeout(save, 10000);
      }
    }
    form.addEventListener("input", () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, 1200); });
    if (body.typed) save(); // a switch was pressed before this could be kept
    form.addEventListener("submit", () => { dirty = false; clearTimeout(timer); });
    window.addEventListener("beforeunload", (event) => { if (dirty && !document.querySelector("[data-idle]")) event.preventDefault(); });
  }
  all("form[data-autosave]").forEach(autosave);

  // Papers: turning and sizing loads nothing again; the address says what is seen, as the links would have made it.
  all("[data-viewer]").forEach(function (viewer) {
    const read = (name) => Number((viewer.className.match(name + "-(\\d)") || [0, 0])[1]);
    const find = (what) => viewer.parentNode.querySelector(what), here = new URL(find("[data-rotate]").href);
    const seen = (url, turn, zoom) => { url.searchParams.set("turn", turn * 90); url.searchParams.set("zoom", zoom); return url; };
    function show(turn, zoom) {
      viewer.classList.remove("turn-" + read("turn"), "zoom-" + read("zoom"));
      viewer.classList.add("turn-" + turn, "zoom-" + zoom);
      const paper = here.searchParams.get("paper");
      if (!paper) return;
      history.replaceState(null, "", seen(here, turn, zoom));
      for (const link of all("a[data-turn]", viewer)) {
        const url = new URL(link.href);
        if (url.searchParams.get("paper") === paper) link.href = seen(url, turn, zoom);
      }
    }
    const size = (by) => show(read("turn"), Math.max(1, Math.min(3, read("zoom") + by))), turnOn = () => show((read("turn") + 1) % 4, read("zoom"));
    for (const [what, deed] of [["[data-rotate]", turnOn], ["[data-zoom='1']", () => size(1)], ["[data-zoom='-1']", () => size(-1)]])
      find(what).addEventListener("click", (event) => { event.preventDefault(); deed(); });
    viewer.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const link = { ArrowLeft: "[data-turn='-1']", ArrowRight: "[data-turn='1']", "[": "[data-paper='-1']", "]": "[data-paper='1']" }[event.key];
      if (link && find(link)) find(link).click();
      else if (event.key === "+" || event.key === "=") size(1);
      else if (event.key === "-") size(-1);
      else if (event.key === "r") turnOn();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    if (location.hash === "#paper") viewer.focus({ preventScroll: true }); // the keys go on after the next page was loaded
  });

  // A self-service machine clears itself: the seconds are shown, every touch begins them anew and is told to the server now and then.
  all("[data-idle]").forEach(function (bar) {
    const most = Number(bar.dataset.idle), line = bar.querySelector("[data-idle-words]"), said = line.textContent;
    const token = bar.querySelector("[name=csrfmiddlewaretoken]").value;
    let touched = performance.now(), told = touched;
    function touch() {
      touched = performance.now();
      if (touched - told < 15000) return;
      told = touched;
      fetch(bar.dataset.idleHere, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => {});
    }
    for (const what of ["pointerdown", "keydown", "scroll", "input"]) document.addEventListener(what, touch, { passive: true, capture: true });
    setInterval(function () {
      const left = Math.ceil(most - (performance.now() - touched) / 1000), soon = left <= Math.max(15, most / 4);
      line.textContent = soon ? line.dataset.idleWords.replace("#", Math.max(0, left)) : said;
      bar.classList.toggle("soon", soon);
      if (left <= 0) location.replace(bar.dataset.idleOver);
    }, 1000);
    window.addEventListener("pageshow", (event) => event.persisted && location.reload()); // a page that the browser kept is asked for again
  });

  // Lists: <table data-rows>; j k move, x selects, o opens, / searches, ? helps; other keys press what carries data-key.
  const rows = all("[data-rows] tbody tr"), help = document.querySelector("dialog[data-help]");
  const off = help && help.querySelector("[data-keys-off]"), box = document.getElementById("q");
  let at = -1;
  function stored(value) { // a browser may keep nothing: then the keys are on
    try { return value === undefined ? localStorage.keys : (localStorage.keys = value); } catch (closed) { return ""; }
  }
  if (off) {
    off.checked = stored() === "off";
    off.addEventListener("change", () => stored(off.checked ? "off" : "on"));
  }
  all("[data-open-help]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => help.showModal()); });
  all("[data-tick-all]").forEach((link) => link.addEventListener("click", function (event) {
    event.preventDefault();
    const boxes = rows.flatMap((row) => all("input[type=checkbox]", row)), every = boxes.every((one) => one.checked);
    boxes.forEach((one) => (one.checked = !every));
  }));
  function mark(next) {
    if (rows[at]) rows[at].classList.remove("at");
    at = next;
    rows[at].classList.add("at");
  }
  // Whoever comes with Tab goes on from there.
  rows.forEach((row, place) => row.addEventListener("focusin", () => mark(place)));
  function move(by) {
    if (!rows.length) return;
    mark(Math.max(0, Math.min(rows.length - 1, at + by)));
    rows[at].scrollIntoView({ block: "nearest" });
    const link = rows[at].querySelector("a");
    if (link) link.focus({ preventScroll: true });
  }
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: () => rows[at] && all("input[type=checkbox]", rows[at]).forEach((box) => box.click()),
    o: () => rows[at] && all("a", rows[at]).slice(0, 1).forEach((link) => link.click()),
    "/": () => box && box.focus(),
    "?": () => help && help.showModal(),
  };
  all("[data-close]", help || document.createElement("i")).forEach((button) => button.addEventListener("click", () => help.close()));
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
    const arrow = { ArrowDown: "j", ArrowUp: "k" }[event.key];
    if (arrow && event.target.closest("[data-rows] tbody")) { keys[arrow](); return event.preventDefault(); }
    if ((off && off.checked && event.key !== "?") || (help && help.open)) return;
    const pressed = (rows[at] && rows[at].querySelector(`[data-key="${CSS.escape(event.key)}"]`)) || document.querySelector(`main [data-key="${CSS.escape(event.key)}"]`);
    if (pressed) pressed.click();
    else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  });
})();
