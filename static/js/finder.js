// The index of the site and the marks in its answers; shared by the search page and the quick search.

/**
 * @typedef {{ url: string, excerpt: string, title?: string, meta: Record<string, string | undefined> }} Hit `title`: with its marks
 * @typedef {{ results: { data: () => Promise<Hit> }[], filters: Record<string, Record<string, number>>, suggestion?: string, isReplaced?: boolean, exact?: number, left?: string[], isEither?: boolean, missing?: number, unfilteredResultCount?: number,
 *   older?: number, more?: () => Promise<Answer> }} Answer
 *   `isReplaced`: what is suggested is all that was looked for; `exact`: how many have all words, `left`: the words that those after them may lack, or of which each lacks one of the last two (`isEither`); `missing`: parts that could not be loaded;
 *   `older`: pages that only `more` asks
 * @typedef {{ filters?: Record<string, string>, sort?: Record<string, "asc" | "desc"> }} Options
 * @typedef {{ init: () => Promise<void>, search: (words: string | null, options?: Options) => Promise<Answer>, filters: () => Promise<unknown>,
 *   suggestions?: (word: string) => Promise<string[]> }} Index
 */

const LONGEST = 40; // letters of a search that a sentence gives back
const EU = /[036mn]$/i; // what is read with a final consonant that asks for 으로: 삼, 육, 영, 엠, 엔
const RIEUL = 8;
const MONTH = /^(\d{4})\s*(?:[./-]|년)\s*(\d{1,2})(?:\s*(?:[./-]|월)\s*(?:\d{1,2}\s*[일.]?(?:\s*\(.\))?)?)?$/;

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
 * Return what a search says, and what its first results show. Where one cannot be loaded it is asked once more: the site may have been published anew.
 * @param {() => Promise<Answer>} search @param {number} wanted results @param {() => boolean} [isWanted] whether anybody still waits for them
 * @returns {Promise<{ answer: Answer, hits: Hit[] }>}
 */
export async function loaded(search, wanted, isWanted = () => true) {
  const answer = await search();
  const first = answer.results.slice(0, wanted);
  const hits = isWanted() ? await dataOf(first) : [];
  if (hits.length === first.length || !isWanted()) return { answer, hits };
  const again = await search();
  return { answer: again, hits: await dataOf(again.results.slice(0, wanted)) };
}

/** Return what results show; one that cannot be loaded is left out. @param {Answer["results"]} some @returns {Promise<Hit[]>} */
export async function dataOf(some) {
  const all = await Promise.allSettled(some.map((result) => result.data()));
  return all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** Return a sentence with a number and what was searched for, cut short where it is very long. @param {string} text @param {number} n @param {string} query */
export function fill(text, n, query) {
  const short = query.length > LONGEST ? `${query.slice(0, LONGEST)}…` : query;
  return text.replace("{n}", n.toLocaleString()).replace("(으)로", withRo(short)).replace("{query}", () => short);
}

/** Return the particle 로 as it stands after a word. @param {string} word */
function withRo(word) {
  const code = word.charCodeAt(word.length - 1) - 0xac00;
  const final = code >= 0 && code < 11172 ? code % 28 : EU.test(word) ? 1 : 0;
  return final && final !== RIEUL ? "으로" : "로";
}

/** Return what was looked for instead, or may have been meant. @param {Answer} answer @param {Record<string, string | undefined>} words */
export function suggested({ suggestion, isReplaced }, words) {
  return suggestion ? fill((isReplaced ? words.replaced : words.suggestion) ?? "", 0, suggestion) : "";
}

/**
 * Return what must be said about results that are not simply all pages with all words.
 * @param {Answer} answer @param {boolean} isCut whether one of them could not be loaded @param {Record<string, string>} words @returns {string[]}
 */
export function remarks({ exact, left = [], isEither, missing, results }, isCut, words) {
  const said = [];
  const named = [...new Set(left)].map((word) => `‘${word}’`);
  const lacking = (isEither ? [...named.slice(0, -2), named.slice(-2).join(` ${words.or} `)] : named).join(", ");
  if (left.length && exact && results.length > exact) said.push(fill((exact === 1 ? words.looseOne : words.loose) ?? "", exact, lacking));
  else if (left.length && results.length && !exact) said.push(fill(words.without ?? "", results.length, lacking));
  else if (!left.length && exact && results.length > exact) said.push(fill((exact === 1 ? words.similarOne : words.similar) ?? "", exact, ""));
  if (missing || isCut) said.push(words.missing ?? "");
  return said;
}

/** Return a link to the list of the month in which a day is, where the search is a day and the site has such a list. @param {string} query @param {string} base @param {string} text */
export async function monthOf(query, base, text) {
  const [, year, month = ""] = MONTH.exec(query) ?? [];
  if (!year) return undefined;
  const link = document.createElement("a");
  link.href = `${base}${year}/${month.padStart(2, "0")}/`;
  const answer = await fetch(link.href, { method: "HEAD" }).catch(() => undefined);
  link.textContent = fill(text, 0, new Date(Number(year), Number(month) - 1).toLocaleDateString(document.documentElement.lang, { year: "numeric", month: "long" }));
  return answer?.ok ? link : undefined;
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
