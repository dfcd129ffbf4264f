// What may follow a Korean noun, and what a verb may be without its ending. The tables come with the index.

import { isJamo, isSyllable, letters, parts, VOWELS } from "./hangul.js";
import { stemsOf } from "./verbs.js";

const RIEUL = 8;

export class Endings {
  /** @param {import("./files.js").Entry["endings"]} tables */
  constructor(tables) {
    this.any = new Set(tables.any);
    this.after = { final: new Set(tables.final), vowel: new Set(tables.vowel), rieul: new Set(tables.rieul) };
    this.afterNumber = new Set(tables.number);
    this.verbs = tables.verbs;
    this.verbEnds = tables.verb_ends;
    this.verbSyllables = tables.verbSyllables;
    this.likely = new Set(tables.likely);
    this.tables = { ...tables, inflections: [...tables.inflections].sort((a, b) => b.length - a.length) };
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

  /** Return whether a noun goes on with this as with a particle, and hardly as another noun: 로 of 코로나19로. @param {string} ending @param {string} letter */
  isTail(ending, letter) {
    if (/\d/.test(letter)) return this.likely.has(ending) || this.afterNumber.has(ending);
    return (this.likely.has(ending) && this.mayFollow(ending, letter)) || this.isParticle(ending, letter);
  }

  /** Return whether this mostly follows nouns, and no stem of a verb. @param {string} ending */
  isOfNoun(ending) {
    return this.likely.has(ending) || ending === "도" || ending === "야"; // 배우도, 배우야: verbs have them as well, with other sounds before
  }

  /** Return whether this makes a verb of a noun. @param {string} ending */
  isOfVerb(ending) {
    const isShort = ending.length <= this.verbSyllables;
    return isShort && this.verbs.some((verb) => ending.startsWith(verb)) && this.verbEnds.some((end) => ending.endsWith(end));
  }

  /** Return what a word may be without its ending, the longest first. @param {string} word */
  stems(word) {
    /** @type {string[]} */
    const found = [];
    if (isJamo(word.at(-1) ?? "")) return found; // a syllable that has only begun: 청소ㄴ becomes 청소년
    for (let end = word.length - 1; end >= 2; end--) if (this.mayFollow(word.slice(end), word[end - 1] ?? "")) found.push(word.slice(0, end));
    return found;
  }

  /** Return what a word would be without its ending if it is that of a verb, "" if that cannot be told. @param {string} word */
  verbStem(word) {
    const typed = letters(word);
    const longest = this.tables.inflections.filter((one) => typed.endsWith(one));
    for (const ending of /(ㅇ[ㅏㅓ]|ㅕ|ㅗㅏ|ㅜㅓ|ㅗㅐ)$/.test(typed) ? [...longest, ""] : longest) {
      const stems = stemsOf(word, this.tables, [ending]).filter((stem) => stem.length > 1 && !/[ㅕㅘㅝㅙ]/.test(VOWELS[parts(stem.at(-1) ?? "가").vowel] ?? ""));
      if (stems.length) return stems.reduce((best, stem) => (stem.length < best.length ? stem : best));
    }
    return "";
  }

  /** Return whether a word may be a verb with an auxiliary after it: 꾸려졌다 of 꾸리다. @param {string} word @param {string} stem */
  hasHelper(word, stem) {
    const ends = [...word].flatMap((_, n) => (n > 0 && this.tables.auxiliaries.some((one) => word.startsWith(one, n)) ? [n] : []));
    return ends.some((n) => stemsOf(word.slice(0, n), this.tables, [""]).includes(stem));
  }

  /** Return what a verb may be without its ending, the likeliest first. @param {string} word */
  verbStems(word) {
    return stemsOf(word, this.tables);
  }
}
