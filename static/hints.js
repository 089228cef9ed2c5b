// Remembers in this browser, for a year, that the hints of the first visit were closed.
export default function () {
  document.cookie = "quintile_hints=closed; path=/; max-age=31536000; SameSite=Lax";
}
