// What was typed → its words: those looked for, "phrases" as they stand, and -words that may not be there.

import { isJamo, isSyllable } from "./hangul.js";
import { wordsOf } from "./words.js";

// Words that say nothing by themselves; they count where they stand beside the others.
const FUNCTION_WORDS = new Set(
  "및 등 또는 그리고 하지만 그러나 위한 위해 대한 대해 통해 통한 따라 따른 있는 있다 있도록 있으며 없는 하는 한다 했다 되는 된다 이번 이날 이를 이에 이와 그 이 저 것 것이다 것으로 수 할 한 더 각 약 총 때 중 후 전 내 외 간 관련 관한 있습니다 없습니다 합니다 됩니다 입니다 했습니다 됩니다 것입니다 함께 모두 매우 가장 새로운 다양한 이러한 이런 그런 같은 함께하는 위해서 대해서 특히 또한 등을 등의 등이 다른 모든 여러 많은".split(" "),
);

/** Return the words that say something, all if none does, and how many were passed over before each. @param {string[]} words */
export function telling(words) {
  const says = words.map((word) => (word.length > 1 || !(isSyllable(word) || isJamo(word))) && !FUNCTION_WORDS.has(word));
  const all = !says.includes(true);
  let skipped = 0;
  return words.flatMap((word, n) => {
    if (!all && !says[n]) {
      skipped++;
      return [];
    }
    const one = { word, skipped };
    skipped = 0;
    return [one];
  });
}

const REFUSED = /(^|\s)-["“”]([^"“”]+)["“”]/g;
const QUOTED = /["“”]([^"“”]+)["“”]/g;
const FIGURE = /\d[만억조천백십]*$/; // what a counter stands after: 100만 명
const LATIN = /^[a-z\d]+$/;

/** Return words with a counter joined to its figure, and a syllable to the letters that a hyphen ties it to: 30 명, K-팝. @param {string} text */
function joined(text) {
  /** @type {import("./words.js").Word[]} */
  const words = [];
  for (const word of wordsOf(text)) {
    const before = words.at(-1);
    const gap = before ? text.slice(before.end, word.start) : "";
    const isOne = word.form.length === 1 && isSyllable(word.form) && !FUNCTION_WORDS.has(word.form);
    const isTied = isOne && before && ((gap === " " && FIGURE.test(before.form)) || (gap === "-" && LATIN.test(before.form)));
    if (isTied) words[words.length - 1] = { ...before, form: before.form + word.form, end: word.end };
    else words.push(word);
  }
  return words.map(({ form }) => form);
}

/**
 * Return the words of what was typed: those looked for, "phrases" as they stand, and -words and -"phrases" that may not be there.
 * `isAllQuoted`: nothing stands beside the phrases.
 * @param {string} typed
 */
export function taken(typed) {
  /** @type {string[]} */
  const phrases = [];
  /** @type {string[]} */
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
      without.push(...wordsOf(word).map(({ form }) => form));
      return gap;
    });
  const isAllQuoted = phrases.length > 0 && !wordsOf(wanted.replace(QUOTED, " ")).length;
  return { words: joined(plain), phrases, isAllQuoted, without, withoutPhrases };
}
