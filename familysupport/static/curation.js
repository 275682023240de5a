/* Forms of curators: Ctrl+S saves, and leaving says when something typed is not saved.
   The exit never asks: it takes the question away before it leaves. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector("#content-main form[id$=_form], #content-main form[data-guarded]");
    if (!form) return;
    function ask(event) { event.preventDefault(); event.returnValue = ""; }
    form.addEventListener("input", function () { window.onbeforeunload = ask; });
    form.addEventListener("submit", function () { window.onbeforeunload = null; });
    document.addEventListener("keydown", function (event) {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name=_continue]") || form.querySelector("[type=submit]"));
    });
  });
})();
