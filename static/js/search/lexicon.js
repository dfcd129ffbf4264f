// The lexicon in the browser: which nouns there are, how frequent they are, and which chunks of which shards have them.

import { initialsOf, isHangul, isJamo, letters, parts, span, syllable, VOWELS, INITIALS } from "./hangul.js";
import { pieceOf, STEM } from "./words.js";

/**
 * @typedef {{ text: string, rank: number, shards: string }} Noun or the stem of a verb, with a sign after it; `shards`: bits in hexadecimal, "" for all
 * @typedef {{ nouns: Noun[], chunks: ([number, ...string[]] | null)[] }} Piece
 */

// Letters that sound or lie close together: what a slip of the finger or of the ear makes of a first syllable.
const NEAR_INITIALS = ["ㄱㄲㅋ", "ㄴㄷㄸㅌ", "ㅁㅂㅃㅍ", "ㅅㅆㅈㅉㅊ", "ㅇㅎ", "ㄴㄹㅁ", "ㅂㅈㄷㄱㅅ", "ㅁㄴㅇㄹㅎ", "ㅋㅌㅊㅍ"];
const NEAR_VOWELS = ["ㅏㅓㅑ", "ㅓㅕㅗ", "ㅗㅜㅛ", "ㅜㅠㅡ", "ㅡㅣㅢ", "ㅐㅔㅒㅖ", "ㅑㅕ", "ㅛㅠ", "ㅘㅝ", "ㅙㅚㅞ", "ㅟㅢㅣ", "ㅚㅟ", "ㅘㅙ", "ㅏㅣㅓ"];
const NEAREST_PIECES = 12;

export class Lexicon {
  /** @param {import("./files.js").Files} files @param {import("./files.js").Entry} entry @param {import("./shard.js").Broken} [broken] has what cannot be read: otherwise that ends the search */
  constructor(files, entry, broken) {
    this.files = files;
    this.entry = entry;
    this.broken = broken;
    /** @type {Set<string>} */
    this.gone = new Set();
    /** @type {Map<string, Promise<Piece>>} */
    this.pieces = new Map();
  }

  /** Return the piece a word belongs to. @param {string} word */
  piece(word) {
    return this.named(pieceOf(word));
  }

  /** @param {string} name @returns {Promise<Piece>} */
  named(name) {
    let piece = this.pieces.get(name);
    if (!piece) {
      const file = this.entry.pieces[name];
      piece = file ? this.read(file, readPiece) : Promise.resolve(readPiece(""));
      this.pieces.set(name, piece);
      piece.catch(() => this.pieces.delete(name));
    }
    return piece;
  }

  /** Return what a file of the lexicon has, nothing if it cannot be read and need not be there. @template T @param {string} name @param {(text: string) => T} parsed @returns {Promise<T>} */
  async read(name, parsed) {
    try {
      return parsed(await this.files.text(`lex.${name}`));
    } catch (error) {
      if (!this.broken) throw error;
      this.gone.add(name);
      this.broken.add(this);
      return parsed("");
    }
  }

  /** Return whether nothing can be said of a word, for its piece is gone. @param {string} word */
  async isGone(word) {
    await this.piece(word);
    return this.gone.has(this.entry.pieces[pieceOf(word)] ?? "");
  }

  /** @param {string} word @returns {Promise<Noun | undefined>} */
  async noun(word) {
    const { nouns } = await this.piece(word);
    const found = nouns[lowest(nouns, word)];
    return found?.text === word ? found : undefined;
  }

  /** Return the nouns that begin with a word, or may when it has been typed to the end; the frequent ones first. @param {string} word */
  async beginningWith(word) {
    if (isJamo(word)) return [];
    const { nouns } = await this.piece(word);
    const [first, last] = span(word);
    const from = lowest(nouns, first);
    let to = from;
    while ((nouns[to]?.text.slice(0, last.length) ?? "\uffff") <= last) to++;
    return nouns.slice(from, to).filter(isNoun).sort((a, b) => b.rank - a.rank || a.text.length - b.text.length);
  }

  /** Return which shards have nouns that begin so, undefined if none is known. @param {string} text @returns {Promise<((shard: number) => boolean) | undefined>} */
  async where(text) {
    const { nouns } = await this.piece(text);
    const from = lowest(nouns, text);
    let to = from;
    while (nouns[to]?.text.startsWith(text)) to++;
    const found = nouns.slice(from, to).map(({ shards }) => shards);
    return found.length ? (shard) => found.some((bits) => hasBit(bits, shard)) : undefined;
  }

  /** Return the nouns with these first consonants, the frequent ones first. @param {string} initials */
  async withInitials(initials) {
    const name = this.entry.initials[String(INITIALS.indexOf(initials[0] ?? "") * INITIALS.length + INITIALS.indexOf(initials[1] ?? ""))];
    if (!name) return [];
    const nouns = await this.read(name, (text) => readNouns(text.split("\n")));
    return nouns
      .filter((noun) => initialsOf(noun.text).startsWith(initials))
      .sort((a, b) => Number(b.text.length === initials.length) - Number(a.text.length === initials.length) || b.rank - a.rank);
  }

  /** Return the numbers of the shards that have a noun, the newest first. @param {Noun} noun */
  shardsOf(noun) {
    return this.entry.shards.flatMap((_, number) => (hasBit(noun.shards, number) ? [number] : []));
  }

  /** Return the nouns that are one letter away from a word, the likeliest first. @param {string} word */
  async nearTo(word) {
    if (!isHangul(word) || word.length < 2) return [];
    const pieces = await Promise.all(nearPieces(word).map((name) => this.named(name)));
    const typed = letters(word);
    const found = pieces.flatMap(({ nouns }) => nouns.filter((noun) => isNoun(noun) && Math.abs(noun.text.length - word.length) <= 1 && isOneAway(letters(noun.text), typed)));
    return found.sort((a, b) => Number(b.text.length === word.length) - Number(a.text.length === word.length) || b.rank - a.rank);
  }
}

/** @param {Noun} noun */
const isNoun = ({ text }) => !text.endsWith(STEM);

/** @param {string} bits in hexadecimal, "" for all @param {number} place */
function hasBit(bits, place) {
  const digit = bits.at(-1 - (place >> 2));
  return bits === "" || (digit !== undefined && ((parseInt(digit, 16) >> (place & 3)) & 1) === 1);
}

/** @param {string} text @returns {Piece} */
function readPiece(text) {
  const [head = "[]", ...lines] = text.split("\n");
  return { chunks: JSON.parse(head || "[]"), nouns: readNouns(lines) };
}

/** @param {string[]} lines @returns {Noun[]} */
function readNouns(lines) {
  let before = "";
  return lines.filter(Boolean).map((line) => {
    const gap = line.indexOf(" ");
    before = before.slice(0, parseInt(line[0] ?? "0", 36)) + line.slice(1, gap);
    return { text: before, rank: parseInt(line[gap + 1] ?? "0", 36), shards: line.slice(gap + 2) };
  });
}

/** Return where a word stands, or would, in a sorted list. @param {Noun[]} nouns @param {string} word */
function lowest(nouns, word) {
  let low = 0;
  let high = nouns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {Noun} */ (nouns[middle]).text < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {string} word @returns {string[]} the pieces in which a word with a slip in its first syllable may be */
function nearPieces(word) {
  const { initial, vowel } = parts(word[0] ?? "가");
  const initials = near(NEAR_INITIALS, INITIALS, initial).map((one) => syllable(one, vowel, 0));
  const vowels = near(NEAR_VOWELS, VOWELS, vowel).map((one) => syllable(initial, one, 0));
  const others = [...initials.slice(0, NEAREST_PIECES / 2), ...vowels].slice(0, NEAREST_PIECES);
  return [...new Set([word, ...others].map(pieceOf))];
}

/** @param {string[]} groups @param {string[]} all @param {number} one @returns {number[]} */
function near(groups, all, one) {
  const close = groups.filter((group) => group.includes(all[one] ?? "?")).join("");
  return [...new Set(close)].map((letter) => all.indexOf(letter)).filter((n) => n !== one && n >= 0);
}

/** Return whether one letter more, less or another makes b of a. @param {string} a @param {string} b */
export function isOneAway(a, b) {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - start - end === 1;
}
