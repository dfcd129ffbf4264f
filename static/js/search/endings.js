// What may follow a Korean noun, and the stems of verbs. The tables of particles come with the index.

import { composed, isSyllable, letters, parts, syllable, VOWELS } from "./hangul.js";

const RIEUL = 8;
const RUN_TOGETHER = [..."ㅕㅘㅝㅙ"].map((vowel) => VOWELS.indexOf(vowel)); // a stem with 어 or 아 in one syllable: 밝혀, 나와
// Endings of verbs in single letters, the longest first; what is left is a stem, or one that ran together with 아 or 어.
const INFLECTIONS = (
  "ㅆㅇㅡㄹㅕㄱㅗ ㅆㅇㅡㅁㅕㄴㅅㅓ ㅅㅡㅂㄴㅣㄷㅏ ㅆㅅㅡㅂㄴㅣㄷㅏ ㅂㄴㅣㄷㅏ ㄱㅔㅆㄷㅏ ㄱㅓㄴㅏ ㄱㅣㄹㅗ ㄱㅣㅇㅔ ㄱㅣㄱㅏ ㄱㅣㄹㅡㄹ ㄱㅣㄷㅗ ㄷㅗㄹㅗㄱ ㅈㅣㅁㅏㄴ ㅈㅣㄴㅡㄴ ㅁㅕㄴㅅㅓ " +
  "ㅇㅡㅁㅕ ㅆㅇㅡㅁㅕ ㅆㄷㅓㄴ ㅆㄱㅗ ㅆㅇㅡㄴㅏ ㅆㄷㅏ ㅆㅇㅓㅆㄷㅏ ㄹㅕㄴㅡㄴ ㄹㅕㄱㅗ ㄷㅓㄴ ㄴㅡㄴㄷㅔ ㄴㅡㄴㄷㅏ ㄴㅡㄴㅈㅣ ㄴㅡㄴ ㅇㅡㄴ ㅇㅡㄹ ㅇㅡㅁ ㄴㄷㅏ ㄴㄷㅔ ㅈㅣ ㄱㅔ ㄱㅗ ㄱㅣ ㄷㅏ ㅁㅕㄴ ㅁㅕ ㄴㅣ " +
  "ㅇㅓㅅㅓ ㅇㅏㅅㅓ ㅇㅓㅇㅑ ㅇㅏㅇㅑ ㅇㅓㄷㅗ ㅇㅏㄷㅗ ㅅㅓ ㅇㅑ ㅇㅓ ㅇㅏ ㄴ ㄹ ㅁ ㅆ"
)
  .split(" ")
  .sort((a, b) => b.length - a.length);
// Vowels that are one stem's: 밝히다, 밝혀; 나누다, 나눠; 쓰다, 써.
const SAME = ["ㅣㅕ", "ㅏ", "ㅑ", "ㅗㅘ", "ㅜㅝ", "ㅡㅓㅏ", "ㅐ", "ㅔ", "ㅓ", "ㅕㅣ", "ㅘㅗ", "ㅝㅜ", "ㅚㅙ", "ㅙㅚ", "ㅟ", "ㅢ", "ㅛ", "ㅠ", "ㅖ", "ㅞ", "ㅒ"];

export class Endings {
  /** @param {import("./files.js").Entry["endings"]} tables */
  constructor(tables) {
    this.any = new Set(tables.any);
    this.after = { final: new Set(tables.final), vowel: new Set(tables.vowel), rieul: new Set(tables.rieul) };
    this.afterNumber = new Set(tables.number);
    this.verbs = tables.verbs;
    this.verbEnds = tables.verb_ends;
    this.verbSyllables = tables.verbSyllables;
  }

  /** Return whether this may stand after a noun that ends in this letter. @param {string} ending @param {string} letter */
  mayFollow(ending, letter) {
    if (/\d/.test(letter)) return this.afterNumber.has(ending);
    if (this.any.has(ending) || this.isOfVerb(ending)) return true;
    const { final, vowel, rieul } = this.after;
    if (!isSyllable(letter)) return final.has(ending) || vowel.has(ending) || rieul.has(ending);
    const closed = parts(letter).final;
    if (rieul.has(ending)) return closed === 0 || closed === RIEUL;
    return (closed ? final : vowel).has(ending);
  }

  /** Return whether this is a particle by its sound, and no noun that only often ends others. @param {string} ending @param {string} letter */
  isParticle(ending, letter) {
    return this.afterNumber.has(ending) || (ending.length > 1 && this.mayFollow(ending, letter) && !this.isOfVerb(ending));
  }

  /** Return whether this makes a verb of a noun. @param {string} ending */
  isOfVerb(ending) {
    const isShort = ending.length <= this.verbSyllables;
    return isShort && this.verbs.some((verb) => ending.startsWith(verb)) && this.verbEnds.some((end) => ending.endsWith(end));
  }

  /** Return what a word may be without its ending, the longest first. @param {string} word */
  stems(word) {
    const found = [];
    for (let end = word.length - 1; end >= 2; end--) if (this.mayFollow(word.slice(end), word[end - 1] ?? "")) found.push(word.slice(0, end));
    return found;
  }
}

/**
 * Return what the forms of an inflected verb begin with: 밝혔다 gives 밝 and the syllables 히…힣, 혀…혛; 뛰어넘은 gives 뛰어넘.
 * None for what is not inflected, or is too short to tell.
 * @param {string} word
 * @returns {import("./match.js").Form[]}
 */
export function verbForms(word) {
  const typed = letters(word);
  const ending = INFLECTIONS.find((one) => typed.endsWith(one) && typed.length - one.length >= 3) ?? "";
  const isVerb = ending.length > 1; // 취소원 may well be a noun that nobody knows
  let stem = typed.slice(0, typed.length - ending.length);
  if (stem.endsWith("ㅆ")) stem = stem.slice(0, -1);
  if (ending && /ㅇ[ㅓㅏㅕ]$/.test(stem) && stem.length > 4) stem = stem.slice(0, -2);
  const vowel = stem.at(-1) ?? "";
  if (!VOWELS.includes(vowel)) return ending ? [{ text: composed(stem), weight: 0.9, isStem: true, isVerb }] : [];
  if (!ending && !RUN_TOGETHER.includes(parts(word.at(-1) ?? "가").vowel)) return [];
  const whole = [...word];
  const place = whole.findIndex((_, n) => letters(whole.slice(0, n + 1).join("")).length >= stem.length);
  if (place < 1) return [];
  const { initial } = parts(whole[place] ?? "가");
  const same = SAME.find((group) => group.startsWith(vowel)) ?? vowel;
  const spans = [...same].map((one) => {
    const n = VOWELS.indexOf(one);
    return /** @type {[string, string]} */ ([syllable(initial, n, 0), syllable(initial, n, 27)]);
  });
  return [{ text: whole.slice(0, place).join(""), spans, weight: 0.9, isVerb }];
}
