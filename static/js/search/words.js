// Text → words as the index knows them. The same rules as in sitegen/search/words.py.

import { isSyllable, parts } from "./hangul.js";

// ㆍ is a letter of old Korean; in texts of today it is a dot.
const WORD = /(?:\p{Nd}+(?:[.,·ㆍ‧・･⋅∙․]\p{Nd}+)*%?|(?!ㆍ)[\p{L}\p{No}\p{Nl}]){1,64}/gu;
const DOTS = /[·ㆍ‧・･⋅∙․]/g;
export const POINT = "\ua78f"; // the decimal point, as a letter
const DOT = "\ua7f7"; // of 6·25
const PERCENT = "\ua78c";
const UNITS = /[㍱-㍺㎀-㏟℃℉]/g;
const SIGNED = [..."㎜㎝㎞㎡㎢㎥㎏㎎㎖㎾㎿㏊℃"]; // units that stand in texts as signs
export const STEM = "/"; // after the stem of a verb: no word has it

/** @typedef {{ form: string, start: number, end: number }} Word */

/** @param {string} text @returns {Word[]} with their places in the text made narrow */
export function wordsOf(text) {
  return [...narrow(text).matchAll(WORD)].map((found) => ({ form: formOf(found[0]), start: found.index, end: found.index + found[0].length }));
}

/** Return a text with the letters, figures and signs of ASCII where it has wide ones, as East Asian keyboards give them (ＡＩ), and with units in letters: ㎜, ㎡. @param {string} text */
export const narrow = (text) => text.replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(UNITS, lettersOf);

/** Return a unit, which is a sign, in letters: mm, m2, c. @param {string} unit */
const lettersOf = (unit) => unit.normalize("NFKC").replace("°", "");

/** @param {string} word */
export const formOf = (word) => word.replaceAll(",", "").replaceAll(".", POINT).replace(DOTS, DOT).replaceAll("%", PERCENT).toLowerCase();

/** Return the sign of a unit in letters where there is one: ㎜ of mm. @param {string} unit */
export const signOf = (unit) => SIGNED.find((sign) => lettersOf(sign).toLowerCase() === unit) ?? "";

/** Return a word of the index as people write it. @param {string} form */
export const shown = (form) => form.replaceAll(POINT, ".").replaceAll(DOT, "·").replaceAll(PERCENT, "%");

/** Return a word of figures with the other dot between them, or nothing: 6.25 and 6·25 are one day. @param {string} word */
export const otherDot = (word) => (word.includes(DOT) ? word.replaceAll(DOT, POINT) : word.includes(POINT) ? word.replaceAll(POINT, DOT) : "");

/** Return the piece of the lexicon a word belongs to. @param {string} word */
export function pieceOf(word) {
  const letter = word[0] ?? "";
  if (isSyllable(letter)) {
    const { initial, vowel } = parts(letter);
    return String(initial * 21 + vowel);
  }
  return /[0-9a-z]/.test(letter) ? letter : `u${(letter.charCodeAt(0) >> 8).toString(16)}`;
}
