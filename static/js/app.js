// What every page gains from scripts; all work without.

const root = document.documentElement;
const LARGEST = 3;

/** @param {string} name @param {string} value */
function remember(name, value) {
  try {
    localStorage.setItem(name, value);
    // not in private browsing
  } catch {}
}

/** @param {string | undefined} text for screen readers */
function say(text) {
  const live = document.querySelector("[data-live]");
  if (live) live.textContent = text ?? "";
}

/** Copy a text, and say so in the button for three seconds; where nothing can be copied, show it. @param {string} text @param {HTMLElement} button */
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    prompt("", text);
    return;
  }
  const { said, done, label = button.textContent ?? "" } = button.dataset;
  say(said);
  button.dataset.label = label;
  // its neighbours stay where they are
  button.style.minWidth = `${button.offsetWidth}px`;
  button.textContent = done ?? label;
  setTimeout(() => (button.textContent = label), 3000);
}

/** Tell which buttons have nothing more to do: the text is at its smallest or its largest. */
function markSizes() {
  for (const button of document.querySelectorAll("[data-do=size]")) {
    const end = Number(button.getAttribute("data-step")) < 0 ? 0 : LARGEST;
    button.ariaDisabled = `${Number(root.dataset.size) === end}`;
  }
}

/** Give the browser's own frame the colour of the page, where the reader has chosen one. */
function dyeFrame() {
  const colour = getComputedStyle(document.body).backgroundColor;
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.setAttribute("content", colour);
}

function openSearch() {
  const field = document.querySelector("main [data-field]");
  if (field instanceof HTMLInputElement) return field.select();
  const overlay = document.querySelector("[data-overlay]");
  if (overlay instanceof HTMLDialogElement && !overlay.open) {
    overlay.showModal();
    // what was looked for last
    overlay.querySelector("input")?.dispatchEvent(new Event("input"));
  }
}

/** @type {Record<string, (button: HTMLElement) => void>} */
const actions = {
  search: openSearch,
  print: () => print(),
  theme({ dataset }) {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    const theme = isDark ? "light" : "dark";
    remember("theme", (root.dataset.theme = theme));
    dyeFrame();
    say(dataset[theme]);
  },
  size({ dataset, parentElement }) {
    const size = Math.min(LARGEST, Math.max(0, Number(root.dataset.size) + Number(dataset.step)));
    remember("size", (root.dataset.size = `${size}`));
    markSizes();
    say(parentElement?.dataset.sizes?.split(",")[size]);
  },
  cite: (button) => copy(document.querySelector("[data-cite]")?.textContent?.trim() ?? "", button),
  share(button) {
    if (navigator.share) navigator.share({ title: document.title, url: location.href }).catch(() => {});
    else copy(location.href, button);
  },
};

addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  const button = target.closest("[data-do]");
  if (button instanceof HTMLElement) actions[button.dataset.do ?? ""]?.(button);
});

// the veil around a dialog closes it: not its own edge, nor a selection that ends there
/** @type {HTMLDialogElement | undefined} */
let touched;
addEventListener("pointerdown", (event) => (touched = veiled(event)));
addEventListener("click", (event) => veiled(event) === touched && touched?.close());

/** Return the dialog whose veil was hit. @param {MouseEvent} event */
function veiled({ target, clientX, clientY }) {
  if (!(target instanceof HTMLDialogElement)) return;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  if (clientX < left || clientX > right || clientY < top || clientY > bottom) return target;
}

// the buttons stand behind the menu: Tab goes as the eye does (where a checker of style sheets has not heard of it)
/** @type {HTMLElement | null} */
const mast = document.querySelector(".mast");
mast?.style.setProperty("reading-flow", "grid-order");

markSizes();
if (root.dataset.theme) dyeFrame();

// KWCAG 2.2: a one-letter shortcut has a switch
const tick = document.querySelector("[data-shortcut]");
if (tick instanceof HTMLInputElement) {
  try {
    tick.checked = localStorage.shortcut !== "off";
  } catch {}
  tick.onchange = () => remember("shortcut", tick.checked ? "on" : "off");
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
    if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!tick.checked || typing) return;
    event.preventDefault();
    openSearch();
  });
}

// instant results: loaded when a field is first entered
addEventListener("focusin", async ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.dataset.quick) return;
  const address = target.dataset.quick;
  target.dataset.quick = "";
  (await import(address)).attach(target);
});

// tables and code that may be wider than their place
const body = document.querySelector("[data-scroll]");
if (body instanceof HTMLElement && body.dataset.wide && body.querySelector("table, pre")) import(body.dataset.wide).then(({ attach }) => attach(body));

// paper shows where a link leads, but for one whose words are its address
addEventListener("beforeprint", () => {
  for (const link of body?.querySelectorAll("a[href]") ?? []) {
    link.toggleAttribute("data-bare", link.textContent?.trim() === link.getAttribute("href"));
  }
});
