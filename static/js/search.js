// The search page: results while typing, filters with counts, and everything kept in the address.

import { attach, remember } from "./offer.js";

/** @typedef {typeof import("./finder.js")} Finder */
/** @typedef {import("./finder.js").Answer} Answer */
/** @typedef {import("./finder.js").Hit} Hit */

const STEP = 10;
const WAIT_MS = 150;
const PAUSE_MS = 600; // between the letters of a syllable there are fewer
const LETTERS = 2;
const LONGEST = 200; // letters: as the field has it
const FIELDS = ["q", "category", "agency", "year", "sort"];

/** Return a part of the page, or what stands in for one that a theme of its own may lack. @template {Element} T @param {string} name @param {new () => T} type @param {T} [spare] @returns {T} */
function part(name, type, spare) {
  const element = document.querySelector(`[data-${name}]`) ?? spare;
  if (!(element instanceof type)) throw new Error(`no element with data-${name}`);
  return element;
}

const none = () => document.createElement("div");
const form = part("search", HTMLFormElement);
const input = part("field", HTMLInputElement);
const status_ = part("status", HTMLElement);
const results = part("results", HTMLElement);
const tips = part("tips", HTMLElement, none());
const more = part("more", HTMLButtonElement);
const suggestion = part("suggestion", HTMLElement, none());
const card = part("card", HTMLTemplateElement);
const remark = part("remark", HTMLElement, none());
const older = part("older", HTMLButtonElement, document.createElement("button"));
const offers = part("offer", HTMLElement, none());
const filterTip = part("tip-filters", HTMLElement, none());
const failed = part("failed", HTMLElement, none());
const month = part("month", HTMLElement, none());
const live = part("live", HTMLElement, none());
/** @type {Record<string, string>} */
const words = JSON.parse(part("words", HTMLElement).textContent ?? "{}");
const facets = [...form.querySelectorAll("select")].filter((select) => "facet" in select.dataset);

/** What the choices say without a search. */
const whole = new Map(facets.flatMap((select) => [...select.options].map((option) => [option, option.text])));

/** @type {Finder} fetched with the first focus or search */
let finder;
const base = form.dataset.base ?? "/";
/** @type {Answer["results"]} */
let found = [];
let shown = 0;
let turn = 0;
let timer = 0;
let telling = 0;
let isOpen = false;
let tried = ""; // the last search that led somewhere
let isTyping = false; // since the last choice, or the last press of the button
const title = document.title;

/** Fetch at the first sign of a search, all at once, the modules that would ask for each other one by one. */
function fetchModules() {
  for (const address of form.dataset.modules?.split(" ") ?? []) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = address;
    document.head.append(link);
  }
  delete form.dataset.modules;
}

async function openIndex() {
  fetchModules();
  finder ??= await import(form.dataset.finder ?? "");
  const index = await finder.openIndex(base);
  isOpen = true;
  return index;
}

function readAddress() {
  const asked = new URLSearchParams(location.search);
  for (const name of FIELDS) {
    const field = form.elements.namedItem(name);
    const value = asked.get(name) ?? "";
    if (field instanceof HTMLInputElement) field.value = value.slice(0, LONGEST);
    if (!(field instanceof HTMLSelectElement)) continue;
    field.value = [...field.options].find((option) => option.dataset.label === value)?.value ?? value; // by its name, too
    if (field.selectedOptions.length) continue;
    const isFacet = facets.includes(field); // nothing is left of it: that is said, not passed over
    if (isFacet) field.append(gone(value));
    field.value = isFacet ? value : "";
  }
}

/** Return the choice that an address asks for and the site has no more. @param {string} value */
function gone(value) {
  const option = new Option(value, value);
  option.dataset.label = value;
  return option;
}

function writeAddress() {
  const kept = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) kept.set(name, String(value).trim());
  history.replaceState({ shown, place: scrollY }, "", kept.size ? `?${kept}` : location.pathname);
  document.title = [kept.get("q"), title].filter(Boolean).join(" | ");
}

/** Begin a search that the back button comes back from: once while somebody types, and with every choice. @param {boolean} typing */
function begin(typing) {
  if (!typing || !isTyping) history.pushState(history.state, "");
  isTyping = typing;
}

/** @param {string} [without] the filter to leave out @returns {Record<string, string>} */
function chosen(without) {
  const set = facets.filter((select) => select.value && select.name !== without);
  return Object.fromEntries(set.map((select) => [select.name, select.value]));
}

/** Search for what the form says. @param {number} atLeast letters @param {number} wanted results to show */
async function run(atLeast, wanted = STEP) {
  const asked = ++turn;
  const query = input.value.trim();
  const filters = chosen();
  if (query.length < atLeast && !Object.keys(filters).length) return rest();
  const waiting = setTimeout(() => {
    status_.textContent = words.busy ?? "";
    tell();
  }, 400);
  try {
    const index = await openIndex();
    if (asked !== turn) return;
    const order = form.elements.namedItem("sort");
    const sort = order instanceof HTMLSelectElement ? order.value : "";
    /** @type {Record<string, "asc" | "desc">} */
    const sorting = sort || !query ? { date: sort === "old" ? "asc" : "desc" } : {};
    const search = () => index.search(query || null, { filters, sort: sorting });
    const { answer, hits } = await finder.loaded(search, wanted, () => asked === turn);
    clearTimeout(waiting);
    if (asked !== turn) return;
    show(query, answer, hits, wanted);
    const link = await finder.monthOf(query, base, words.month ?? "");
    if (asked !== turn) return;
    month.replaceChildren(link ?? "");
    month.hidden = !link;
    await countFacets(index, query, answer, asked);
  } catch {
    if (asked === turn) fail();
  } finally {
    clearTimeout(waiting);
  }
}

/** @param {string} query @param {Answer} answer @param {Hit[]} hits @param {number} wanted of its results */
function show(query, answer, hits, wanted) {
  const asked = turn;
  const { fill } = finder;
  const n = answer.results.length;
  const key = n === 0 ? "none" : n === 1 ? "one" : "many";
  const unfiltered = !n && query && Object.keys(chosen()).length ? (answer.unfilteredResultCount ?? 0) : 0;
  const isLost = !hits.length && !unfiltered && (n > 0 || (answer.missing ?? 0) > 0); // nobody knows what the parts have that could not be loaded
  found = isLost ? [] : answer.results;
  status_.textContent = isLost ? (words.failed ?? "") : fill(words[unfiltered ? "noneChosen" : query ? key : `${key}All`] ?? "", n, query);
  results.replaceChildren(...hits.map((hit) => render(hit, query)));
  const isCut = hits.length < Math.min(wanted, n);
  settle(wanted, isCut);
  tips.hidden = n > 0 || unfiltered > 0 || isLost;
  failed.hidden = !isLost;
  filterTip.hidden = !Object.keys(chosen()).length;
  const offer = finder.suggested(answer, words) || (unfiltered ? fill(words.unfiltered ?? "", unfiltered, query) : "");
  suggestion.replaceChildren(answer.isReplaced ? offer : suggest(answer.suggestion ?? query, offer, answer.suggestion ? location.search : ""));
  suggestion.hidden = !offer;
  const said = finder.remarks(answer, isCut, words);
  remark.textContent = said.join(" ");
  remark.hidden = !said.length;
  tell();
  tried = n ? query : "";
  if (tried && !isTyping) remember(tried);
  older.hidden = !answer.older;
  older.onclick = async () => {
    older.hidden = true;
    status_.textContent = words.busy ?? "";
    const whole = await finder.loaded(answer.more ?? (async () => answer), wanted).catch(fail);
    if (!whole || asked !== turn) return;
    show(query, whole.answer, whole.hits, wanted);
    await countFacets(await openIndex(), query, whole.answer, asked);
  };
}

/** Say to screen readers, as one sentence after another, what stands above the results, once nothing more is typed. */
function tell() {
  clearTimeout(telling);
  telling = setTimeout(() => {
    const said = [status_, suggestion, remark].filter((element) => !element.hidden).map((element) => element.textContent?.trim());
    live.textContent = said.filter(Boolean).join(" ");
  }, PAUSE_MS);
}

/** @param {string} query @param {string} text @param {string} kept the choices beside it, as an address has them */
function suggest(query, text, kept) {
  const link = document.createElement("a");
  const asked = new URLSearchParams(kept);
  asked.set("q", query);
  link.href = `?${asked}`;
  link.textContent = text;
  return link;
}

/** @param {Hit} hit @param {string} query */
function render(hit, query) {
  const copy = /** @type {DocumentFragment} */ (card.content.cloneNode(true));
  const lang = hit.meta.lang && hit.meta.lang !== document.documentElement.lang ? hit.meta.lang : "";
  for (const slot of copy.querySelectorAll("[data-part]")) {
    const name = slot.getAttribute("data-part") ?? "";
    if (lang && (name === "title" || name === "excerpt")) slot.setAttribute("lang", lang);
    if (name === "title") {
      slot.setAttribute("href", hit.url);
      slot.replaceChildren(finder.markedTitle(hit, query));
    } else if (name === "excerpt") slot.append(query ? finder.markedExcerpt(hit.excerpt) : (hit.meta.summary ?? ""));
    else if (hit.meta[name]) slot.textContent = hit.meta[name] ?? "";
    else slot.remove();
  }
  return copy;
}

/** @param {number} now how many of the results have had their turn @param {boolean} [isCut] whether one of them could not be loaded */
function settle(now, isCut = false) {
  shown = Math.min(now, found.length);
  if (more.parentElement) more.parentElement.hidden = shown >= found.length && !(isCut && found.length);
  writeAddress();
}

/** Say in each filter how many articles a choice would leave. @param {import("./finder.js").Index} index @param {string} query @param {Answer} answer @param {number} asked */
async function countFacets(index, query, answer, asked) {
  if (!answer.filters) await index.filters();
  for (const select of facets) {
    const left = select.value || !answer.filters?.[select.name] ? await index.search(query || null, { filters: chosen(select.name) }) : answer;
    if (asked !== turn) return;
    const counts = left.filters?.[select.name];
    for (const option of counts ? select.options : []) {
      const n = counts?.[option.value] ?? 0;
      if (option.value) option.text = `${option.dataset.label} (${n.toLocaleString()})`;
      option.disabled = option.value !== "" && n === 0 && !option.selected;
    }
  }
}

function rest() {
  found = [];
  results.replaceChildren();
  tips.hidden = suggestion.hidden = remark.hidden = older.hidden = failed.hidden = month.hidden = true;
  for (const [option, text] of whole) {
    option.text = text;
    option.disabled = false;
  }
  status_.textContent = words.start ?? "";
  tell();
  settle(0);
}

function fail() {
  rest();
  status_.textContent = words.failed ?? "";
  failed.hidden = false;
  tell();
}

results.addEventListener("click", (event) => {
  if (tried && event.target instanceof Element && event.target.closest("a")) remember(tried); // half a word leads nowhere
});
for (const sign of ["focusin", "pointerover"]) form.addEventListener(sign, () => openIndex().catch(() => {}), { once: true });
input.addEventListener("input", () => {
  clearTimeout(timer);
  begin(true);
  timer = setTimeout(run, isOpen ? WAIT_MS : 0, LETTERS); // the first search starts while the index still opens
});
form.addEventListener("change", (event) => {
  if (!(event.target instanceof HTMLSelectElement)) return;
  begin(false);
  run(1);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  isTyping = false;
  const isTouched = matchMedia("(pointer: coarse)").matches;
  if (isTouched) input.blur(); // the keyboard makes room for the results
  run(1).then(() => isTouched && status_.scrollIntoView()); // and so do the choices
});
more.addEventListener("click", async () => {
  const asked = turn;
  const before = results.childElementCount;
  const further = found.slice(shown, shown + STEP);
  const hits = await finder.dataOf(further);
  if (asked !== turn) return;
  if (before + hits.length < shown + further.length) {
    await run(1, shown + STEP); // some could not be loaded, now or before
    if (!further.length && results.childElementCount <= before && more.parentElement) more.parentElement.hidden = true; // nor will they be
  } else {
    results.append(...hits.map((hit) => render(hit, input.value.trim())));
    settle(shown + STEP);
  }
  results.children[before]?.querySelector("a")?.focus();
});
attach(input, offers, {
  open: openIndex,
  pick() {
    clearTimeout(timer);
    begin(false);
    run(1);
  },
});
addEventListener("popstate", () => {
  clearTimeout(timer);
  isTyping = false;
  readAddress();
  run(1, Math.max(STEP, history.state?.shown ?? 0));
});

const place = history.state?.place ?? 0; // where the reader was before the page was loaded again
const keepPlace = () => history.replaceState({ ...history.state, place: scrollY }, "");
// a reload forgets what is kept while the page is left
for (const end of ["scrollend", "pagehide"]) addEventListener(end, keepPlace);
readAddress();
if (location.search) status_.textContent = words.busy ?? "";
if (location.search) run(1, Math.max(STEP, history.state?.shown ?? 0)).then(() => place && scrollTo(0, place));

