// The presenter's keys: a press follows the link in the bar that it stands for. Remotes send Page Up and Page Down.
const LINKS = {
  ArrowRight: "story_next",
  PageDown: "story_next",
  ArrowLeft: "story_before",
  PageUp: "story_before",
  Escape: "story_leave",
};
const OWN_KEYS = "input, textarea, select, [contenteditable], [role=dialog], [role=listbox], [role=menu]";

export default function () {
  const follow = (event) => {
    const name = LINKS[event.key];
    const modified = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!name || modified || event.defaultPrevented || event.target.closest?.(OWN_KEYS)) return;
    const link = document.querySelector(`.st-key-${name} a`);
    if (!link) return;
    event.preventDefault();
    link.click();
  };
  document.addEventListener("keydown", follow);
  return () => document.removeEventListener("keydown", follow);
}
