// Single keys for what a page offers: the element with data-key is clicked. Off where the box
// with data-keys is ticked, while somebody types, and with any modifier.
const STORE = "bukti-keys-off";
const box = document.querySelector("[data-keys]");
let off = localStorage.getItem(STORE) === "1";
if (box) {
  box.checked = off;
  box.addEventListener("change", () => {
    off = box.checked;
    localStorage.setItem(STORE, off ? "1" : "0");
  });
}
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input,select,textarea");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (off && event.key !== "?") return;
  const wanted = CSS.escape(event.key);
  const target = document.querySelector(`[data-key="${wanted}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
});
