// Single keys for what a page offers: the element with data-key is clicked. Off where the box
// with data-keys is ticked, while somebody types, and with any modifier.
const STORE = "bukti-keys-off";
let off = localStorage.getItem(STORE) === "1";
const show = () => {
  const box = document.querySelector("[data-keys]");
  if (box) box.checked = off;
};
show();
document.addEventListener("swapped", show);
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys]")) return;
  off = event.target.checked;
  localStorage.setItem(STORE, off ? "1" : "0");
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input,select,textarea");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  // Enter is what a link or a button that holds the focus does by itself.
  if (event.key === "Enter" && event.target.closest("a,button,summary,label")) return;
  if (off && event.key !== "?") return;
  const wanted = CSS.escape(event.key);
  const target = document.querySelector(`[data-key="${wanted}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
});
