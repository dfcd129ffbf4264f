// The stems a verb's form may have: 몰라 may be of 모르다, 고마운 of 고맙다. The same rules as in sitegen/search/verbs.py.

import { composed, isHangul, letters, parts, syllable, VOWELS } from "./hangul.js";

// What a stem's end became before an ending, and what it was.
const CHANGES = [
  ["ㅕ", "ㅣ"], // 밝혀, 밝히다
  ["ㅗㅏ", "ㅗ"], // 나와, 나오다
  ["ㅜㅓ", "ㅜ"], // 나눠, 나누다
  ["ㅗㅐ", "ㅗㅣ"], // 돼, 되다
  ["ㅎㅐ", "ㅎㅏ"], // 정해, 정하다
  ["ㄹㄹㅏ", "ㄹㅡ"], // 몰라, 모르다
  ["ㄹㄹㅓ", "ㄹㅡ"], // 흘러, 흐르다
  ["ㅇㅗㅏ", "ㅂ"], // 도와, 돕다
  ["ㅇㅜㅓ", "ㅂ"], // 고마워, 고맙다
  ["ㅇㅜ", "ㅂ"], // 고마운
  ["ㅐ", "ㅏㅎ"], // 노래, 노랗다
  ["ㅏ", "ㅏㅎ"], // 노란
  ["ㅓ", "ㅓㅎ"], // 꺼먼
  ["ㅏ", "ㅡ"], // 바빠, 바쁘다
  ["ㅓ", "ㅡ"], // 기뻐, 기쁘다
  ["ㄹ", "ㄷ"], // 깨달은, 깨닫다
];
const OPENED = ["ㄹ", "ㅅ"]; // what falls off before some endings: 만드는, 지은
const VOWEL = /[ㅏ-ㅣ]$/;
// Vowels that one stem's last syllable has in its forms: 밝히다, 밝혀; 나누다, 나눠; 바쁘다, 바빠; 노랗다, 노래.
const SAME = ["ㅣㅕ", "ㅏㅐ", "ㅗㅘ", "ㅜㅝ", "ㅡㅓㅏ", "ㅓㅔ", "ㅚㅙ"];

/** Return what may be the stem of a word of Hangul; the likelier, with the longer ending, first. @param {string} word @param {string[]} endings in letters, the longest first */
export function stemsOf(word, endings) {
  const typed = letters(word);
  const found = endings.filter((ending) => typed.endsWith(ending)).flatMap((ending) => {
    const base = typed.slice(0, typed.length - ending.length);
    const bases = /ㅇ[ㅏㅓㅕ]$/.test(base) ? [base, base.slice(0, -2)] : [base];
    return bases.flatMap(unchanged);
  });
  return [...new Set(found.filter((stem) => !/[^ㅣ]ㅆ$/.test(stem)).map(composed))].filter(isHangul); // ㅆ is the past's, but for 있다 and its like
}

/** Return what the letters before an ending may have been without it. @param {string} base @returns {string[]} */
function unchanged(base) {
  const before = CHANGES.filter(([became = ""]) => base.endsWith(became)).map(([became = "", was = ""]) => base.slice(0, base.length - became.length) + was);
  return [base, ...before, ...(VOWEL.test(base) ? OPENED.map((letter) => base + letter) : [])];
}

/**
 * Return what the forms of a verb begin with, for marks: 밝히 gives 밝 and the syllables 히…힣, 혀…혛; 모르 also 몰.
 * @param {string} stem
 * @returns {{ text: string, spans?: [string, string][] }[]}
 */
export function beginningsOf(stem) {
  const last = stem.at(-1) ?? "";
  const { initial, vowel } = parts(last);
  const same = SAME.find((group) => group.startsWith(VOWELS[vowel] ?? "?")) ?? VOWELS[vowel] ?? "";
  const spans = [...same].map((one) => {
    const n = VOWELS.indexOf(one);
    return /** @type {[string, string]} */ ([syllable(initial, n, 0), syllable(initial, n, 27)]);
  });
  const before = stem.at(-2) ?? "";
  const doubled = last === "르" && before ? [{ text: stem.slice(0, -2) + composed(`${letters(before)}ㄹ`) }] : [];
  return [{ text: stem.slice(0, -1), spans }, ...doubled];
}
