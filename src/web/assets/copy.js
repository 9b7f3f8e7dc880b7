// Copies labels, and lets the keys c and d go from one attachment to the next. Without it the
// labels stand in fields to select, and the downloads are links.
const show = (turn, at) => {
  const all = [...document.querySelectorAll(`[data-turn="${turn}"]`)];
  all.forEach((kbd, n) => {
    kbd.hidden = n !== at % all.length;
    const target = kbd.parentElement;
    if (kbd.hidden) target.removeAttribute("data-key");
    else target.setAttribute("data-key", turn);
  });
};
const next = (target, turn) => {
  const all = [...document.querySelectorAll(`[data-turn="${turn}"]`)];
  show(turn, all.indexOf(target.querySelector("[data-turn]")) + 1);
};
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      document.execCommand("copy");
    }
    button.classList.add("done");
    next(button, "c");
  });
}
for (const link of document.querySelectorAll("[data-download]")) {
  link.addEventListener("click", () => {
    link.classList.add("done");
    next(link, "d");
  });
}
show("c", 0);
show("d", 0);
