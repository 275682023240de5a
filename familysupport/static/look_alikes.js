/* While a name is typed: practices that look like it. The same is told after saving. */
document.addEventListener("DOMContentLoaded", function () {
  document.querySelectorAll("[data-look-alikes]").forEach(function (input) {
    const told = document.createElement("div");
    let timer;
    told.setAttribute("role", "status");
    input.after(told);
    input.addEventListener("input", function () {
      clearTimeout(timer);
      const mine = timer = setTimeout(async function () {
        const response = await fetch(input.dataset.lookAlikes, { method: "POST", body: new FormData(input.form) });
        const answer = await response.json();
        if (mine !== timer) return;
        told.textContent = answer.found.length ? answer.heading : "";
        answer.found.forEach(function (one) {
          const link = document.createElement("a");
          link.href = one.address;
          link.textContent = one.label;
          told.append(" ", link);
        });
      }, 400);
    });
  });
});
