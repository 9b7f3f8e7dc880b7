// Lights the box of what one points at or comes to with the keyboard: data-lights names it.
const light = (event, on) => {
  const from = event.target.closest?.("[data-lights]");
  if (from) document.getElementById(from.dataset.lights)?.classList.toggle("on", on);
};
for (const name of ["mouseover", "focusin"]) document.addEventListener(name, (event) => light(event, true));
for (const name of ["mouseout", "focusout"]) document.addEventListener(name, (event) => light(event, false));
