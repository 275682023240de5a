/* Suggestions while somebody types: a combobox with a list, as the ARIA practices describe it.
   Without this script the forms work just the same. What is typed is sent by POST, kept nowhere. */
(function () {
  "use strict";
  const SHORTEST = 2;
  const PAUSE = 150; // milliseconds without a key before anything is asked
  const texts = document.currentScript.dataset;
  if (!window.fetch || !window.AbortController) return;

  function element(name, attributes, text) {
    const made = document.createElement(name);
    Object.keys(attributes).forEach((key) => made.setAttribute(key, attributes[key]));
    made.textContent = text || "";
    return made;
  }

  function enhance(input) {
    const id = input.id + "-suggestions";
    const list = element("ul", { id: id, class: "suggestions", role: "listbox", "aria-label": texts.label });
    const status = element("span", { class: "hidden", role: "status" });
    let found = [];
    let active = -1;
    let timer = 0;
    let running = null;

    function stop() {
      clearTimeout(timer);
      if (running) running.abort();
      running = null;
    }

    function close() {
      stop();
      show([]);
      status.textContent = "";
    }

    function show(suggestions) {
      found = suggestions;
      list.textContent = "";
      found.forEach((suggestion, number) => {
        const option = element("li", { id: id + "-" + number, role: "option" });
        option.appendChild(element("span", {}, suggestion.label));
        if (input.dataset.suggest === "words") {
          option.appendChild(element("small", {}, texts[suggestion.kind]));
        }
        option.addEventListener("click", () => choose(suggestion));
        list.appendChild(option);
      });
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      activate(-1);
    }

    function activate(number) {
      active = number;
      input.removeAttribute("aria-activedescendant");
      Array.from(list.children).forEach((option, position) => {
        option.setAttribute("aria-selected", String(position === active));
        if (position !== active) return;
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      });
    }

    function tell() {
      const number = found.length;
      const text = number > 1 ? texts.many : number ? texts.one : texts.none;
      status.textContent = text.replace("{number}", number);
    }

    function choose(suggestion) {
      const where = input.form.elements.place;
      close();
      if (suggestion.url) {
        location.assign(suggestion.url);
        return;
      }
      if (suggestion.kind !== "place" || !where) {
        // A form instead of an address, which would tell what was chosen.
        input.form.append(element("input", { type: "hidden", name: "change", value: suggestion.change }));
        input.form.submit();
        return;
      }
      if (where !== input) input.value = "";
      where.value = suggestion.value;
      status.textContent = where.labels[0].textContent + " " + suggestion.value;
    }

    async function ask() {
      const mine = new AbortController();
      running = mine;
      try {
        const response = await fetch(input.dataset.suggestUrl, {
          method: "POST",
          body: new URLSearchParams({ text: input.value, box: input.dataset.suggest }),
          credentials: "omit",
          cache: "no-store",
          signal: mine.signal
        });
        const answer = response.ok ? await response.json() : { suggestions: [] };
        if (running !== mine) return;
        show(answer.suggestions);
        tell();
      } catch (error) {
        // Aborted, or no network: the form works without suggestions.
        if (running === mine) close();
      }
    }

    function askSoon() {
      stop();
      if (input.value.trim().length < SHORTEST) close();
      else timer = setTimeout(ask, PAUSE);
    }

    function onKey(event) {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (list.hidden) {
        if (step) askSoon();
      } else if (step) {
        // One place more than there are options: the text itself.
        const places = found.length + 1;
        event.preventDefault();
        activate(((active + 1 + step + places) % places) - 1);
      } else if (event.key === "Enter" && found[active]) {
        event.preventDefault();
        choose(found[active]);
      } else if (event.key === "Escape") {
        event.preventDefault(); // a search box would empty itself
        close();
      } else if (/^(Home|End|Arrow.*)$/.test(event.key)) {
        activate(-1); // back in the text, where the caret moves
      }
    }

    list.hidden = true;
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    input.insertAdjacentElement("afterend", status);
    input.insertAdjacentElement("afterend", list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", askSoon);
    input.addEventListener("keydown", onKey);
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", close);
  }

  document.querySelectorAll("input[data-suggest]").forEach(enhance);
})();
