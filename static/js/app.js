// What every page gains from scripts; all work without.

const root = document.documentElement;
const SAID_MS = 3000;
const LARGEST = 3;

/** @param {string} name @param {string} value */
function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // private browsing
  }
}

/** @param {string | undefined} text for screen readers */
function say(text) {
  const live = document.querySelector("[data-live]");
  if (live) live.textContent = text ?? "";
}

/** Copy a text, and say so in the button for a while; where nothing can be copied, show it. @param {string} text @param {HTMLElement} button */
function copy(text, button) {
  const { said, label = button.textContent ?? "" } = button.dataset;
  const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("not a secure page"));
  copied.then(() => {
    say(said);
    button.dataset.label = label;
    button.textContent = said ?? label;
    setTimeout(() => (button.textContent = label), SAID_MS);
  }, () => prompt("", text));
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
  const overlay = document.querySelector("[data-overlay]");
  if (field instanceof HTMLInputElement) field.select();
  else if (overlay instanceof HTMLDialogElement && !overlay.open) {
    overlay.showModal();
    overlay.querySelector("input")?.dispatchEvent(new Event("input")); // what was looked for last
  }
}

/** @type {Record<string, (button: HTMLElement) => void>} */
const actions = {
  search: openSearch,
  print: () => print(),
  theme({ dataset }) {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const theme = (root.dataset.theme || system) === "dark" ? "light" : "dark";
    root.dataset.theme = theme;
    remember("theme", theme);
    dyeFrame();
    say(dataset[theme]);
  },
  size({ dataset, parentElement }) {
    const size = Math.min(LARGEST, Math.max(0, Number(root.dataset.size) + Number(dataset.step)));
    root.dataset.size = `${size}`;
    remember("size", `${size}`);
    markSizes();
    say(parentElement?.dataset.sizes?.split(",")[size]);
  },
  cite: (button) => copy(document.querySelector("[data-cite]")?.textContent?.trim() ?? "", button),
  share(button) {
    const url = location.href;
    if (navigator.share) navigator.share({ title: document.title, url }).catch(() => {});
    else copy(url, button);
  },
};

addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  const button = target.closest("[data-do]");
  if (button instanceof HTMLElement) actions[button.dataset.do ?? ""]?.(button);
});

// the veil around a dialog closes it: not its own edge, nor a selection that ends there
let isOnVeil = false;
addEventListener("pointerdown", (event) => (isOnVeil = isBeside(event)));
addEventListener("click", (event) => isOnVeil && isBeside(event) && event.target instanceof HTMLDialogElement && event.target.close());

/** @param {PointerEvent | MouseEvent} event */
function isBeside({ target, clientX, clientY }) {
  if (!(target instanceof HTMLDialogElement)) return false;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

markSizes();
if (root.dataset.theme) dyeFrame();

// what an address asks for stands in the field before the search itself has been loaded
const asked = new URLSearchParams(location.search).get("q");
const status_ = document.querySelector("[data-status]");
const field = document.querySelector("main [data-field]");
if (asked && status_ instanceof HTMLElement && field instanceof HTMLInputElement && !field.value) {
  field.value = asked;
  status_.textContent = status_.dataset.busy ?? "";
}

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

// what is wider than its place scrolls there: the keyboard must reach it, and screen readers name it
const body = document.querySelector("[data-scroll]");
const widths = new ResizeObserver((changed) => {
  for (const { target } of changed) {
    const box = target.closest(".scroll, pre");
    if (!(box instanceof HTMLElement)) continue;
    for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    if (box.scrollWidth <= box.clientWidth) continue;
    box.tabIndex = 0;
    box.role = "group";
    box.ariaLabel = body?.getAttribute(box.matches("pre") ? "data-scroll-code" : "data-scroll") ?? "";
  }
});
for (const table of body?.querySelectorAll("table") ?? []) {
  const frame = document.createElement("div");
  frame.className = "scroll";
  table.replaceWith(frame);
  frame.append(table);
  widths.observe(frame);
  widths.observe(table);
}
for (const code of body?.querySelectorAll("pre") ?? []) widths.observe(code);
