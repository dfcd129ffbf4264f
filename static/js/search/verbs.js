// The stems a verb's form may have: 몰라 may be of 모르다, 고마운 of 고맙다. The same rules as in sitegen/search/verbs.py.

import { composed, isHangul, letters, parts, syllable, VOWELS } from "./hangul.js";

const VOWEL = /[ㅏ-ㅣ]$/;
// Vowels that one stem's last syllable has in its forms: 밝히다, 밝혀; 나누다, 나눠; 바쁘다, 바빠; 노랗다, 노래.
const SAME = ["ㅣㅕ", "ㅏㅐ", "ㅗㅘ", "ㅜㅝ", "ㅡㅓㅏ", "ㅓㅔ", "ㅚㅙ"];

// What a final consonant may become, and what then follows: 고맙다, 고마운, 고마워; 깨닫다, 깨달은; 짓다, 지은, 지어.
/** @type {Record<number, { final: number, next?: [string, string][] }[]>} */
const IRREGULAR = {
  7: [{ final: 8 }], // ㄷ, ㄹ
  17: [{ final: 0, next: [["우", "웋"], ["워", "웧"], ["와", "왛"]] }], // ㅂ
  19: [{ final: 0, next: [["아", "앟"], ["어", "엏"], ["으", "읗"]] }], // ㅅ
};

/** What follows the doubled ㄹ of 모르다 and 흐르다: 몰라, 흘렀다. @type {[string, string][]} */
const DOUBLED = [["라", "랗"], ["러", "렇"]];

/**
 * The tables of sitegen/search/endings.toml, which come with the index; endings in letters, the longest first.
 * @typedef {{ inflections: string[], changes: string[], opened: string[], auxiliaries: string[] }} Tables
 */

/** Return what may be the stem of a word of Hangul; the likelier, with the longer ending, first. @param {string} word @param {Tables} tables @param {string[]} [endings] the only ones that it may have */
export function stemsOf(word, tables, endings = tables.inflections.concat("")) {
  const typed = letters(word);
  const found = endings.filter((ending) => typed.endsWith(ending)).flatMap((ending) => {
    const base = typed.slice(0, typed.length - ending.length);
    const bases = /ㅇ[ㅏㅓㅕ]$/.test(base) ? [base, base.slice(0, -2)] : [base];
    return bases.flatMap((one) => unchanged(one, tables));
  });
  return [...new Set(found.filter((stem) => !/[^ㅣ]ㅆ$/.test(stem)).map(composed))].filter(isHangul); // ㅆ is the past's, but for 있다 and its like
}

/** Return what the letters before an ending may have been without it. @param {string} base @param {Tables} tables @returns {string[]} */
function unchanged(base, { changes, opened }) {
  const pairs = changes.map((change) => /** @type {[string, string]} */ (change.split(">")));
  const before = pairs.filter(([became]) => base.endsWith(became)).map(([became, was]) => base.slice(0, base.length - became.length) + was);
  return [base, ...before, ...(VOWEL.test(base) ? opened.map((letter) => base + letter) : [])];
}

/**
 * Return what the forms of a verb begin with: 밝히 gives 밝 and the syllables 히…힣, 혀…혛; 모르 also 몰라…몰랗, 고맙 고마우, 짓 지으.
 * @param {string} stem
 * @returns {{ text: string, spans?: [string, string][] }[]}
 */
export function beginningsOf(stem) {
  const last = stem.at(-1) ?? "";
  const { initial, vowel, final } = parts(last);
  const same = SAME.find((group) => group.startsWith(VOWELS[vowel] ?? "?")) ?? VOWELS[vowel] ?? "";
  const spans = [...same].map((one) => {
    const n = VOWELS.indexOf(one);
    return /** @type {[string, string]} */ ([syllable(initial, n, 0), syllable(initial, n, 27)]);
  });
  const before = stem.at(-2) ?? "";
  const doubled = last === "르" && before ? [{ text: stem.slice(0, -2) + composed(`${letters(before)}ㄹ`), spans: DOUBLED }] : [];
  const irregular = (IRREGULAR[final] ?? []).map(({ final: other, next }) => ({ text: stem.slice(0, -1) + syllable(initial, vowel, other), spans: next }));
  return [{ text: stem.slice(0, -1), spans }, ...doubled, ...irregular];
}
