// Hangul by arithmetic: a syllable is 가 + (initial × 21 + vowel) × 28 + final. Jamo here are those of a keyboard (ㄱ, ㅏ).

const FIRST = 0xac00;
export const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
export const VOWELS = [..."ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"];
const FINALS = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];
/** Two strokes that make one letter. @type {Record<string, string>} */
const PAIRS = { ㅗㅏ: "ㅘ", ㅗㅐ: "ㅙ", ㅗㅣ: "ㅚ", ㅜㅓ: "ㅝ", ㅜㅔ: "ㅞ", ㅜㅣ: "ㅟ", ㅡㅣ: "ㅢ", ㄱㅅ: "ㄳ", ㄴㅈ: "ㄵ", ㄴㅎ: "ㄶ", ㄹㄱ: "ㄺ", ㄹㅁ: "ㄻ", ㄹㅂ: "ㄼ", ㄹㅅ: "ㄽ", ㄹㅌ: "ㄾ", ㄹㅍ: "ㄿ", ㄹㅎ: "ㅀ", ㅂㅅ: "ㅄ" };
const APART = new Map(Object.entries(PAIRS).map(([pair, letter]) => [letter, pair]));
/** The last vowel that one more stroke makes of a vowel: 공무우 may become 공무원. @type {Record<string, number>} */
const GROWING = { ㅗ: VOWELS.indexOf("ㅚ"), ㅜ: VOWELS.indexOf("ㅟ"), ㅡ: VOWELS.indexOf("ㅢ") };
/** The keys of the standard keyboard (KS X 5002), from a to z, and those with shift. */
const KEYS = [..."ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ"];
/** @type {Record<string, string>} */
const SHIFTED = { Q: "ㅃ", W: "ㅉ", E: "ㄸ", R: "ㄲ", T: "ㅆ", O: "ㅒ", P: "ㅖ" };

/** @param {string} letter */
export const isSyllable = (letter) => letter >= "가" && letter <= "힣";
/** @param {string} text */
export const isHangul = (text) => text !== "" && [...text].every(isSyllable);
/** @param {string} letter */
export const isJamo = (letter) => letter.length === 1 && letter >= "ㄱ" && letter <= "ㅣ";
/** @param {string} text */
export const isInitials = (text) => text.length > 1 && [...text].every((letter) => INITIALS.includes(letter));

/** Return the numbers of a syllable's initial, vowel and final. @param {string} syllable */
export function parts(syllable) {
  const n = syllable.charCodeAt(0) - FIRST;
  return { initial: Math.floor(n / 588), vowel: Math.floor(n / 28) % 21, final: n % 28 };
}

/** @param {number} initial @param {number} vowel @param {number} final */
export const syllable = (initial, vowel, final) => String.fromCharCode(FIRST + (initial * 21 + vowel) * 28 + final);

/** Return a text in single letters, one after the other as they are typed. @param {string} text */
export function letters(text) {
  let out = "";
  for (const letter of text) {
    if (!isSyllable(letter)) {
      out += APART.get(letter) ?? letter;
      continue;
    }
    const { initial, vowel, final } = parts(letter);
    out += INITIALS[initial];
    for (const part of [VOWELS[vowel], FINALS[final]]) out += (part && APART.get(part)) || part;
  }
  return out;
}

/**
 * Return the first and the last text that may stand in an index for a word that is still being typed: 관세처 may become 관세청,
 * 정ㅊ may become 정책.
 * @param {string} word
 * @returns {[string, string]}
 */
export function span(word) {
  const last = word.at(-1) ?? "";
  const before = word.slice(0, -1);
  const initial = INITIALS.indexOf(last);
  if (initial >= 0) return [before + syllable(initial, 0, 0), before + syllable(initial, 20, 27)];
  if (!isSyllable(last)) return [word, word];
  const { initial: first, vowel, final } = parts(last);
  return final ? [word, word] : [word, before + syllable(first, GROWING[VOWELS[vowel] ?? ""] ?? vowel, 27)];
}

/** Return the first consonants of a word, 관세청: ㄱㅅㅊ. @param {string} word */
export const initialsOf = (word) => [...word].map((letter) => (isSyllable(letter) ? INITIALS[parts(letter).initial] : letter)).join("");

/** Return Hangul that was typed on an English keyboard, rhkstpcjd: 관세청. @param {string} word */
export function fromKeys(word) {
  return composed([...word].map((key) => SHIFTED[key] ?? KEYS[key.toLowerCase().charCodeAt(0) - 97] ?? key).join(""));
}

/** Return English that was typed on a Korean keyboard, ㅔㅕㅠㅣㅑㅊ: public. @param {string} word */
export function toKeys(word) {
  const keys = new Map(KEYS.map((letter, n) => [letter, String.fromCharCode(97 + n)]));
  for (const [key, letter] of Object.entries(SHIFTED)) keys.set(letter, key);
  return [...letters(word)].map((letter) => keys.get(letter) ?? letter).join("");
}

/** Return single letters put together into syllables. @param {string} typed */
export function composed(typed) {
  let out = "";
  let rest = [...typed];
  while (rest.length) {
    const initial = INITIALS.indexOf(rest[0] ?? "");
    const [vowel, strokes] = initial < 0 ? ["", 0] : longest(rest.slice(1), VOWELS);
    if (!vowel) {
      out += rest.shift();
      continue;
    }
    rest = rest.slice(1 + strokes);
    let [final, used] = longest(rest, FINALS.slice(1));
    if (used && VOWELS.includes(rest[used] ?? "")) [final, used] = used === 2 ? [rest[0] ?? "", 1] : ["", 0];
    out += syllable(initial, VOWELS.indexOf(vowel), FINALS.indexOf(final));
    rest = rest.slice(used);
  }
  return out;
}

/** @param {string[]} typed @param {string[]} known @returns {[string, number]} the letter that begins it, and its strokes */
function longest(typed, known) {
  const pair = PAIRS[`${typed[0]}${typed[1]}`];
  if (pair && known.includes(pair)) return [pair, 2];
  return typed[0] && known.includes(typed[0]) ? [typed[0], 1] : ["", 0];
}
