// Instant results under a search field: the first few hits as links that the arrow keys walk through.

/** @typedef {typeof import("./finder.js")} Finder */

import { continued } from "./offer.js";

const SHOWN = 6;
const OFFERED = 3;
const NARROW = matchMedia("(width < 40rem)"); // there, with the keyboard up, one row is all that is left for offers
const WAIT_MS = 150;

/** @param {HTMLInputElement} input a field whose form holds the list of hits */
export async function attach(input) {
  const hits = input.form?.querySelector("[data-hits]");
  const list = hits?.querySelector("[data-list]");
  const count = hits?.querySelector("[data-count]");
  const room = input.closest("dialog") ?? input.form;
  // an open dialog silences all that is outside it
  const live = room?.querySelector("[data-heard]") ?? document.querySelector("[data-live]");
  if (!(hits instanceof HTMLElement) || !list || !count || !input.form || !room) return;
  const { base = "/", finder: address = "" } = input.dataset;
  const words = hits.dataset;
  let timer = 0;
  let turn = 0;

  /** @type {Finder} */
  const finder = await import(address);
  finder.openIndex(base).catch(() => {});

  async function look() {
    const asked = ++turn;
    const query = input.value.trim();
    if (query.length < 2) return close();
    try {
      const index = await finder.openIndex(base);
      const [{ answer, hits }, offers] = await Promise.all([
        finder.loaded(() => index.search(query), SHOWN, () => asked === turn),
        continued(index, input.value).catch(() => []),
      ]);
      if (asked === turn) show(query, answer, hits, offers.slice(0, NARROW.matches ? 1 : OFFERED));
    } catch {
      if (asked === turn) show(query, undefined, [], []);
    }
  }

  /** @param {string} query @param {import("./finder.js").Answer | undefined} answer undefined: failed @param {import("./finder.js").Hit[]} found @param {string[]} offers longer words */
  function show(query, answer, found, offers) {
    const links = found.map((hit) => link(hit.url, finder.markedTitle(hit, query), [hit.meta.agency, hit.meta.date]));
    links.push(link(searchOf(query), finder.fill((answer?.results.length ? words.all : words.none) ?? "", 0, query), []));
    const longer = offers.map((offer) => link(searchOf(offer), offer, []));
    longer.forEach((line, n) => {
      line.className = "find__word";
      line.firstElementChild?.setAttribute("aria-label", finder.fill(words.all ?? "", 0, offers[n] ?? ""));
    });
    // whoever walks through the list already stays in it when later hits come
    const here = [...(list?.children ?? [])].findIndex((line) => line.contains(document.activeElement));
    list?.replaceChildren(...longer, ...links);
    if (here >= 0) (list?.children[here]?.querySelector("a") ?? input).focus();
    if (count) count.textContent = answer ? told(answer) : (words.failed ?? "");
    if (hits instanceof HTMLElement) hits.hidden = false;
    if (live) live.textContent = count?.textContent ?? "";
  }

  /** Return how much was found, and whether it is just what was typed. @param {import("./finder.js").Answer} answer */
  function told(answer) {
    const n = answer.results.length;
    const isLess = n > 0 && answer.exact === 0 && answer.left?.length;
    return [finder.fill((n === 1 ? words.one : words.many) ?? "", n, ""), finder.suggested(answer, words), isLess ? words.less : ""].filter(Boolean).join(" · ");
  }

  /** @param {string} query */
  function searchOf(query) {
    const page = new URL(input.form?.action ?? "", location.href);
    page.searchParams.set("q", query);
    return page.href;
  }

  function close() {
    turn++;
    if (hits instanceof HTMLElement) hits.hidden = true;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT_MS);
  });
  input.form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !hits.hidden) {
      event.preventDefault();
      input.focus();
      close();
      input.closest("dialog")?.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const stops = [input, ...list.querySelectorAll("a")];
      const here = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
      if (here < 0 || hits.hidden) return;
      event.preventDefault();
      stops.at((here + (event.key === "ArrowDown" ? 1 : -1)) % stops.length)?.focus();
    }
  });
  room.addEventListener("focusout", (event) => {
    const to = event instanceof FocusEvent ? event.relatedTarget : null;
    if (to instanceof Node && !room.contains(to)) close();
  });
  if (input.value) look();
}

/**
 * @param {string} url @param {string | Node} title @param {(string | undefined)[]} facts
 * @returns {HTMLLIElement}
 */
function link(url, title, facts) {
  const line = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.append(title);
  const known = facts.filter(Boolean).join(" · ");
  if (known) {
    const small = document.createElement("small");
    small.textContent = known;
    anchor.append(small);
  }
  line.append(anchor);
  return line;
}
