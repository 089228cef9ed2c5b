// Brings the open page's link into view where the navigation is wider than the screen, and says to screen readers which it is.
export default function ({ data }) {
  for (const link of document.querySelectorAll(".st-key-navigation a")) {
    if (link.textContent.trim() !== data) {
      link.removeAttribute("aria-current");
      continue;
    }
    link.setAttribute("aria-current", "page");
    const row = link.closest(".st-key-navigation"); // alone, or a page that is read further down would jump
    const [outer, inner] = [row.getBoundingClientRect(), link.getBoundingClientRect()];
    row.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  }
}
