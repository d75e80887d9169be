// The search box of the sidebar leads here with its words in the address; the search takes them up.
const asked = new URLSearchParams(location.search).get("q");
await customElements.whenDefined("pagefind-input");
const wait = setInterval(() => {
  const input = document.querySelector("pagefind-input input");
  if (!input) return;
  clearInterval(wait);
  if (asked) {
    input.value = asked;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  input.focus();
}, 20);
