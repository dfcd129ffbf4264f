// What was typed → its words: those looked for, "phrases" as they stand, and -words that may not be there.

import { isHangul, isJamo, isSyllable, parts } from "./hangul.js";
import { wordsOf } from "./words.js";

// Words that say nothing by themselves; they count where they stand beside the others.
const FUNCTION_WORDS = new Set(
  "및 등 또는 그리고 하지만 그러나 위한 위해 대한 대해 통해 통한 따라 따른 있는 있다 있도록 있으며 없는 하는 한다 했다 되는 된다 이번 이날 이를 이에 이와 그 이 저 것 것이다 것으로 수 할 한 더 각 약 총 때 중 후 전 내 외 간 관련 관한 있습니다 없습니다 합니다 됩니다 입니다 했습니다 됩니다 것입니다 함께 모두 매우 가장 새로운 다양한 이러한 이런 그런 같은 함께하는 위해서 대해서 특히 또한 등을 등의 등이 다른 모든 여러 많은 어떻게 어떤 언제 언제까지 언제부터 누가 누구 얼마 얼마나 어디 어디서 어디에 무엇 무엇을 뭐 왜 있나 있나요 있을까 있을까요 하나요 할까요 되나요 될까요 인가요".split(" "),
);
const VERBAL = /^방법[은을]?$|^(?:가|오|나가|나오|타|쓰|사|보|내)는$|(?:려면|려고|나요|는지|습니까)$/; // 방법 is none, but it is what questions end in as well
const RIEUL = 8;

/**
 * @typedef {{ word: string, typed: string, apart?: string[], isTied?: boolean }} Typed a word as the index knows it, and as it was typed;
 *   `apart`: the words that were tied to this one, `isTied`: by a sign
 */

/** Return whether a word says nothing by itself. @param {string} word */
export const isFunction = (word) => FUNCTION_WORDS.has(word);

/** Return whether a word ends as only verbs do, whatever nouns it looks like: 받으려면, 끝나나요, 받는, 갈까요. It asks about the noun beside it: pages without it follow. @param {string} word */
export function isAside(word) {
  if (VERBAL.test(word)) return true;
  const [, before = "", end] = /^.*(.)(는|까|까요)$/.exec(word) ?? [];
  if (!isHangul(before)) return false;
  const { final } = parts(before);
  return end === "는" ? final > 0 : final === RIEUL;
}

/** Return the words that say something, all if none does, and how many were passed over before each. @param {Typed[]} words */
export function telling(words) {
  const says = words.map(({ word }) => (word.length > 1 || !(isSyllable(word) || isJamo(word))) && !isFunction(word));
  const all = !says.includes(true);
  let skipped = 0;
  return words.flatMap((word, n) => {
    if (!all && !says[n]) {
      skipped++;
      return [];
    }
    const one = { ...word, skipped };
    skipped = 0;
    return [one];
  });
}

const REFUSED = /(^|\s)-["“”]([^"“”]+)["“”]/g;
const QUOTED = /["“”]([^"“”]+)["“”]/g;
const FIGURE = /\d[만억조천백십]*$/; // what a counter stands after: 100만 명
const LATIN = /^[a-z\d]+$/;
const LETTER = /^[a-z]$/; // says nothing without what a hyphen ties to it: K-방산
const SCORE = /^\d{1,2}-\d{1,2}$/; // not 2024-07, nor 10-20대
const SIGN = /^[&/°-]$/; // between letters and figures: R&D, F-35, 35°C
const DOT = /^[·ㆍ‧・･⋅∙․]$/u; // behind a syllable: 한·미, 중·고등학교

/** Return words with those put together that are one: a figure and its counter (30 명), letters and a syllable (K-팝), what a sign ties (R&D, 한·미). @param {string} text @returns {Typed[]} */
function joined(text) {
  /** @type {{ parts: string[], start: number, end: number }[]} */
  const words = [];
  for (const { form, start, end } of wordsOf(text)) {
    const before = words.at(-1);
    const last = before?.parts.at(-1) ?? "";
    const gap = before ? text.slice(before.end, start) : "";
    if (before && isRest(last, gap, form)) Object.assign(before, { parts: [...before.parts.slice(0, -1), last + form], end });
    else if (before && isTied(last, gap, form)) Object.assign(before, { parts: [...before.parts, form], end });
    else words.push({ parts: [form], start, end });
  }
  return words.map(({ parts, start, end }) => ({ word: parts.join(""), typed: text.slice(start, end), ...(parts.length > 1 ? { apart: parts, isTied: true } : {}) }));
}

/** Return whether a word is the rest of the one before it: 명 of 30 명, 팝 of K-팝. @param {string} before @param {string} gap what stands between them @param {string} word */
function isRest(before, gap, word) {
  const isOne = word.length === 1 && isSyllable(word) && !isFunction(word);
  if (gap === "-") return (isOne && LATIN.test(before)) || (isHangul(word) && LETTER.test(before));
  return isOne && gap === " " && FIGURE.test(before);
}

/** Return whether a sign ties a word to the one before it: R&D, F-35, 한·미. @param {string} before @param {string} gap @param {string} word */
function isTied(before, gap, word) {
  if (gap === "/" && before.length > 1) return false; // AI/SW is one or the other, 2024/7 a month
  if (gap === "-" && /^\d/.test(word) && /^\d/.test(before)) return SCORE.test([before, word].join("-"));
  if (SIGN.test(gap)) return LATIN.test(before) && LATIN.test(word[0] ?? "");
  return DOT.test(gap) && before.length === 1 && isSyllable(before) && isHangul(word);
}

/**
 * Return the words of what was typed: those looked for, "phrases" as they stand, and -words and -"phrases" that may not be there.
 * `isAllQuoted`: nothing stands beside the phrases.
 * @param {string} typed
 */
export function taken(typed) {
  /** @type {string[]} */
  const phrases = [];
  /** @type {Typed[]} */
  const without = [];
  /** @type {string[]} */
  const withoutPhrases = [];
  const wanted = typed.replace(REFUSED, (_, gap, phrase) => {
    withoutPhrases.push(phrase.trim());
    return gap;
  });
  const plain = wanted
    .replace(QUOTED, (_, phrase) => {
      phrases.push(phrase.trim());
      return ` ${phrase} `;
    })
    .replace(/(^|\s)-(\S+)/g, (_, gap, word) => {
      without.push(...joined(word));
      return gap;
    });
  const isAllQuoted = phrases.length > 0 && !wordsOf(wanted.replace(QUOTED, " ")).length;
  return { words: joined(plain), phrases, isAllQuoted, without, withoutPhrases };
}
