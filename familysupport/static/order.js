/* Rows dragged by their grip: letting go sends the form in the new order. */
(function () {
  "use strict";
  var list = document.querySelector(".order"), row, here;
  function mark(other) {
    if (here) here.classList.remove("here");
    here = other;
    if (here) here.classList.add("here");
  }
  list.addEventListener("pointerdown", function (event) {
    if (event.target.tagName !== "B") return;
    row = event.target.parentNode;
    event.target.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  list.addEventListener("pointermove", function (event) {
    if (row) mark([].find.call(list.children, function (other) {
      return event.clientY < other.getBoundingClientRect().bottom;
    }));
  });
  list.addEventListener("pointerup", function () {
    if (!row) return;
    list.insertBefore(row, here || null);
    list.parentNode.submit();
  });
})();
