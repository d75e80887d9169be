// Pagefind wants to know by absolute paths where it lies; these follow from where this page is, wherever the site is served.
const root = new URL(document.documentElement.dataset.content_root, location.href).pathname;
const config = document.querySelector("pagefind-config");
config.setAttribute("bundle-path", `${root}pagefind/`);
config.setAttribute("base-url", root);
await import(`${root}pagefind/pagefind-component-ui.js`);

// A page is sought by what it is called more than by how often it says a word.
PagefindComponents.getInstanceManager().getInstance("default").pagefindOptions.ranking = { termFrequency: 0.2, pageLength: 0.2, metaWeights: { title: 0.1, name: 20 } };

// The search box of the sidebar leads here with its words in the address; the search takes them up.
const input = document.querySelector("pagefind-input input");
const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  input.value = asked;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
input.focus();
