// Single keys for what a page offers: of the elements with data-key, a list, the one with this key
// is clicked, or the field is gone to. Off where the box with data-keys is ticked, while somebody
// types, and with any modifier but Shift.
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
  // What has the focus takes these itself.
  const own = event.key === "Enter" || event.key === " ";
  if (own && event.target.closest("a,button,summary")) return;
  const wanted = CSS.escape(event.key);
  const target = document.querySelector(`[data-key~="${wanted}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input,select,textarea")) target.focus();
  else target.click();
});
