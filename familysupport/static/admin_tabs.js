/* Language tabs for the admin: shows one language of the translated fields at a time. */
(function () {
  "use strict";
  function languageOf(element) {
    var found = /\bmt-field-[\w.]+?-(?:\d+-)?(nl|fr|en)\b/.exec(element.className) ||
      /_(nl|fr|en)$/.exec(element.name || "");
    return found && found[1];
  }
  function rowOf(element) {
    return element.closest("td, .form-row") || element.parentElement;
  }
  function hide(row, isOther) {
    row.classList.toggle("other-language", isOther);
    if (row.tagName !== "TD") return;
    var heading = row.closest("table").tHead.rows[0].cells[row.cellIndex];
    heading.classList.toggle("other-language", isOther);
  }
  function choose(form, bar, language) {
    form.querySelectorAll(".mt").forEach(function (element) {
      var code = languageOf(element);
      if (code) hide(rowOf(element), language !== "*" && code !== language);
    });
    bar.querySelectorAll("button").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.value === language));
    });
  }
  function markErrors(form, bar) {
    form.querySelectorAll(".mt").forEach(function (element) {
      var row = rowOf(element);
      if (!row.querySelector(".errorlist") && !row.classList.contains("errors")) return;
      var button = bar.querySelector('button[value="' + languageOf(element) + '"]');
      if (button) button.classList.add("has-errors");
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector("#content-main form[id$=_form]");
    if (!form || !form.querySelector(".mt")) return;
    var bar = document.createElement("div");
    bar.className = "language-tabs";
    bar.setAttribute("role", "group");
    [["nl", "Nederlands"], ["fr", "Français"], ["en", "English"], ["*", "nl · fr · en"]].forEach(function (pair) {
      var button = document.createElement("button");
      button.type = "button";
      button.value = pair[0];
      button.textContent = pair[1];
      button.addEventListener("click", function () { choose(form, bar, pair[0]); });
      bar.appendChild(button);
    });
    form.insertBefore(bar, form.firstChild);
    markErrors(form, bar);
    var page = document.documentElement.lang.slice(0, 2);
    choose(form, bar, bar.querySelector(".has-errors") ? "*" : page);
  });
})();
