// Brings the open page's link into view where the navigation is wider than the screen, and says to screen readers which it is.
export default function ({ data }) {
  for (const link of document.querySelectorAll(".st-key-navigation a")) {
    if (link.textContent.trim() !== data) {
      link.removeAttribute("aria-current");
      continue;
    }
    link.setAttribute("aria-current", "page");
    link.scrollIntoView({ inline: "center", block: "nearest" });
  }
}
