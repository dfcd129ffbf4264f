// What a search field offers below it: words of the lexicon while typing, recent searches before. Kept on this device only.

/** @typedef {import("./finder.js").Index} Index */

const RECENT = "recent-searches";
const MOST_RECENT = 8;
const LETTERS = 2;

/** @returns {string[]} */
function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** @param {string[]} searches */
function keep(searches) {
  try {
    if (searches.length) localStorage.setItem(RECENT, JSON.stringify(searches.slice(0, MOST_RECENT)));
    else localStorage.removeItem(RECENT);
  } catch {
    // private browsing
  }
}

/** Remember a search that led somewhere. @param {string} query */
export const remember = (query) => keep([query, ...recent().filter((one) => one !== query)]);

/** Return what was typed with its last word as words of the articles go on. @param {Index} index @param {string} typed */
export async function continued(index, typed) {
  const [, before = "", last = ""] = /^(.*?)([^\s"“”-]*)$/su.exec(typed) ?? [];
  const words = last.length < LETTERS ? [] : ((await index.suggestions?.(last)) ?? []);
  return words.filter((word) => word !== last.toLowerCase()).map((word) => before + word);
}

/**
 * Make a combobox of a field (WAI-ARIA Authoring Practices, "list autocomplete with manual selection").
 * @param {HTMLInputElement} input @param {HTMLElement} box holds the list, its heading and the button that forgets
 * @param {{ open: () => Promise<Index>, pick: () => void }} doing
 */
export function attach(input, box, { open, pick }) {
  const list = box.querySelector("[data-offers]");
  const heading = box.querySelector("[data-heading]");
  const forget = box.querySelector("[data-forget]");
  if (!(list instanceof HTMLElement) || !(heading instanceof HTMLElement) || !(forget instanceof HTMLElement)) return;
  const { recent: recentWords = "", following = "" } = box.dataset;
  let turn = 0;
  let chosen = -1;

  /** @param {string[]} offers @param {boolean} areRecent */
  function show(offers, areRecent) {
    chosen = -1;
    const options = offers.map((offer, n) => {
      const option = document.createElement("li");
      option.role = "option";
      option.id = `offer-${n}`;
      option.textContent = offer;
      return option;
    });
    list?.replaceChildren(...options);
    if (heading) heading.textContent = areRecent ? recentWords : following;
    if (forget instanceof HTMLElement) forget.hidden = !areRecent;
    box.hidden = !offers.length;
    input.ariaExpanded = String(offers.length > 0);
    input.removeAttribute("aria-activedescendant");
  }

  async function offer() {
    const asked = ++turn;
    const typed = input.value;
    if (!typed.trim()) return show(recent(), true);
    try {
      const found = await continued(await open(), typed);
      if (asked === turn) show(found, false);
    } catch {
      if (asked === turn) show([], false);
    }
  }

  /** Return the options that are in sight: a phone shows fewer. */
  const seen = () => [...list?.children ?? []].filter((option) => option.checkVisibility());

  /** @param {number} step */
  function walk(step) {
    const options = seen();
    options[chosen]?.removeAttribute("aria-selected");
    chosen = (chosen + step + options.length + 1) % (options.length + 1);
    if (chosen === options.length) chosen = -1;
    const option = options[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  /** @param {Element | undefined} option */
  function take(option) {
    if (!option) return;
    input.value = option.textContent ?? "";
    close();
    input.focus();
    pick();
  }

  function close() {
    turn++;
    show([], false);
  }

  /** Close when the focus goes anywhere but to the field or into the box. @param {FocusEvent} event */
  function leave({ relatedTarget }) {
    if (relatedTarget !== input && !box.contains(/** @type {Node | null} */ (relatedTarget))) close();
  }

  input.role = "combobox";
  input.ariaExpanded = "false";
  input.ariaAutoComplete = "list";
  input.setAttribute("aria-controls", list.id);
  input.addEventListener("input", offer);
  input.addEventListener("focus", () => input.value.trim() || offer());
  input.addEventListener("blur", leave);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || box.hidden) {
      if (event.key === "ArrowDown" && !event.isComposing) offer();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(seen()[chosen]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  box.addEventListener("focusout", leave);
  input.form?.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", ({ target }) => target instanceof Element && take(target.closest("[role=option]") ?? undefined));
  forget.addEventListener("click", () => {
    keep([]);
    close();
    input.focus();
  });
}
