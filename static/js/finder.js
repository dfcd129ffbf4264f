// The index of the site and the marks in its answers; shared by the search page and the quick search.

/**
 * @typedef {{ url: string, excerpt: string, meta: Record<string, string | undefined> }} Hit
 * @typedef {{ results: { data: () => Promise<Hit> }[], filters: Record<string, Record<string, number>>, suggestion?: string }} Answer
 * @typedef {{ filters?: Record<string, string>, sort?: Record<string, "asc" | "desc"> }} Options
 * @typedef {{ init: () => Promise<void>, search: (words: string | null, options?: Options) => Promise<Answer>, filters: () => Promise<unknown> }} Index
 */

/** @type {Promise<Index> | undefined} */
let opening;

/**
 * Open the index once. A failure is not kept, so that the next try starts anew.
 * @param {string} base the site's root, `/` or `/repo/`
 * @returns {Promise<Index>}
 */
export function openIndex(base) {
  opening ??= load(base).catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** @param {string} base @returns {Promise<Index>} */
async function load(base) {
  const { createInstance } = await import(`${base}search/pagefind.js`);
  const index = await createInstance({ baseUrl: base });
  await index.init?.();
  return index;
}

/**
 * Return an excerpt as text and <mark> elements. Its only markup is <mark>; angle brackets of the text are escaped.
 * @param {string} excerpt
 */
export function markedExcerpt(excerpt) {
  const parts = excerpt.split(/<\/?mark>/).map((part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
  return markOdd(parts);
}

/**
 * Return `text` with the words that were looked for marked.
 * @param {string} text @param {string} words
 */
export function markedText(text, words) {
  const looked = words.split(/\s+/).filter(Boolean).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return looked.length ? markOdd(text.split(new RegExp(`(${looked.join("|")})`, "i"))) : markOdd([text]);
}

/** @param {string[]} parts every second one is marked */
function markOdd(parts) {
  const fragment = document.createDocumentFragment();
  parts.forEach((part, place) => {
    if (place % 2 === 0) return fragment.append(part);
    const mark = document.createElement("mark");
    mark.textContent = part;
    fragment.append(mark);
  });
  return fragment;
}
