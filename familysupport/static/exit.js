/* The way out. Leaves at once, shows nothing on the way, and leaves again when somebody comes back.
   It runs first in <head>, so that nothing is painted before it has looked. Without it the link
   leads away all the same. */
(function () {
  "use strict";
  const texts = document.currentScript.dataset;
  const root = document.documentElement;
  const MARK = "exit";
  const TIMES = 3;
  const PAUSE = 5000; // milliseconds between two presses: time to hear what is announced
  let alone = false; // Shift is down, and nothing else happened since
  let presses = 0;
  let last = 0;
  let silence = 0;

  // Where a browser stores nothing the exit works still, only Back is not guarded.
  function stored(act) {
    try {
      return act(sessionStorage);
    } catch (error) {
      return null;
    }
  }

  function hasLeft() {
    return stored((store) => store.getItem(MARK)) !== null;
  }

  function hide() {
    root.style.setProperty("display", "none", "important");
  }

  function empty(form) {
    form.setAttribute("autocomplete", "off"); // then no browser keeps what was typed
    HTMLFormElement.prototype.reset.call(form);
  }

  function leave() {
    stored((store) => store.setItem(MARK, "1"));
    hide();
    document.title = texts.to.split("/")[2]; // the host it leads to
    Array.from(document.forms).forEach(empty);
    window.onbeforeunload = null; // nothing asks whether to stay
    window.stop();
    location.replace(texts.to);
  }

  /* Reloading, and coming back, are no visit: only who opens a page anew sees it. */
  function isVisit() {
    const entry = performance.getEntriesByType("navigation")[0];
    return entry ? !/^(back_forward|reload)$/.test(entry.type) : performance.navigation.type === 0;
  }

  function say(text) {
    const status = document.querySelector(".exit-status");
    if (status) status.textContent = text;
    clearTimeout(silence);
    if (text) silence = setTimeout(startOver, PAUSE);
  }

  function startOver() {
    alone = false;
    if (!presses) return;
    presses = 0;
    say("");
  }

  function onKeyDown(event) {
    if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey) startOver();
    else if (!event.repeat) alone = true;
  }

  function onKeyUp(event) {
    if (!alone) return;
    alone = false;
    if (event.key !== "Shift") return;
    presses = event.timeStamp - last < PAUSE ? presses + 1 : 1;
    last = event.timeStamp;
    if (presses === TIMES) leave();
    else say(presses === TIMES - 1 ? texts.once : texts.twice);
  }

  function onClick(event) {
    if (!event.target.closest("a.exit")) return;
    event.preventDefault();
    leave();
  }

  if (hasLeft()) {
    if (isVisit()) stored((store) => store.removeItem(MARK));
    else leave();
  }
  document.addEventListener("click", onClick, true);
  document.addEventListener("keydown", onKeyDown, true);
  document.addEventListener("keyup", onKeyUp, true);
  ["blur", "focusin", "pointerdown", "wheel"].forEach((name) => {
    addEventListener(name, startOver, { capture: true, passive: true });
  });
  document.addEventListener("DOMContentLoaded", () => {
    const link = document.querySelector("a.exit");
    if (link) link.setAttribute("aria-describedby", "exit-how");
  });
  // A page that the browser keeps whole is kept blank, and shown again only where nobody left.
  addEventListener("pagehide", (event) => {
    if (event.persisted) hide();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (hasLeft()) leave();
    else root.style.removeProperty("display");
  });
})();
