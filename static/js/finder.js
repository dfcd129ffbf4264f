// The index of the site and the marks in its answers; shared by the search page and the quick search.

/**
 * @typedef {{ url: string, excerpt: string, title?: string, meta: Record<string, string | undefined> }} Hit `title`: with its marks
 * @typedef {{ results: { data: () => Promise<Hit> }[], filters: Record<string, Record<string, number>>, suggestion?: string, taken?: Taken[], exact?: number, left?: string[], isEither?: boolean, missing?: number, unfilteredResultCount?: number, unfiltered?: number,
 *   older?: number, more?: () => Promise<Answer> }} Answer
 *   `exact`: how many have all words, `left`: the words that those after them may lack, or of which each lacks one (`isEither`); `missing`: parts that could not be loaded;
 *   `older`: pages that only `more` asks
 * @typedef {{ word: string, instead: string }} Taken a word that stands nowhere, and what it was taken for
 * @typedef {{ filters?: Record<string, string>, sort?: Record<string, "asc" | "desc"> }} Options
 * @typedef {{ init: () => Promise<void>, search: (words: string | null, options?: Options) => Promise<Answer>, filters: () => Promise<unknown>,
 *   suggestions?: (word: string) => Promise<string[]> }} Index
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
  const parts = excerpt.split(/<\/?mark>/).map((part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
  return markOdd(parts);
}

/** Return the title of a hit with its marks. @param {Hit} hit @param {string} words */
export const markedTitle = (hit, words) => (hit.title ? markedExcerpt(hit.title) : markedText(hit.meta.title ?? hit.url, words));

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
