// The part of a text that shows best why it was found, and the marks in it.

import { isSyllable } from "./hangul.js";
import { signOf } from "./words.js";

/**
 * @typedef {{ start: number, end: number, stem: number }} Mark
 * @typedef {{ text: string, spans?: [string, string][], parts?: { text: string }[] }} Way a word may be written
 * @typedef {{ whole: RegExp, parts: RegExp }} Pattern of a word looked for: it in its forms, and these with its parts
 */

const FIGURE = /^\d+$/; // part of a longer one it says something else
const UNIT = /^(.*\d)([a-z]+[23]?)$/; // 120mm may stand as 120㎜
const ASCII = /[0-9a-z]/; // may stand in texts in its wide form: ＡＩ
const SIGN = "[\\s·ㆍ‧・･⋅∙․&/,°-]?"; // between parts that stand side by side
const LENGTH = 150; // letters
const BEFORE = 20; // so that a phone, which shows the first lines, shows the mark

/**
 * Return what marks the words looked for in texts: spaces may stand inside a Korean one.
 * @param {import("./match.js").Form[][]} units the forms of each @returns {Pattern[]}
 */
export function marksFor(units) {
  return units.map((forms) => {
    const whole = forms.flatMap((form) => form.begins ?? [form]);
    const parts = forms.flatMap((form) => (form.isGuess ? [] : form.parts ?? []).filter(({ text }) => text.length > 1 && !FIGURE.test(text)));
    return { whole: anyOf(whole), parts: anyOf([...whole, ...parts]) };
  });
}

/** Return the marks of a page: of a word that stands in it whole, no parts. @param {Pattern[]} patterns @param {string} text @returns {RegExp[]} */
export const marksOf = (patterns, text) => patterns.map(({ whole, parts }) => (text.search(whole) < 0 ? parts : whole));

/** @param {Way[]} ways */
function anyOf(ways) {
  const longest = [...ways].sort((a, b) => b.text.length - a.text.length);
  return new RegExp(longest.map(pattern).join("|") || "(?!)", "giu");
}

/** @param {Way} way */
function pattern({ text, spans, parts }) {
  const body = parts ? parts.map((part) => bodyOf(part.text, "\\s?")).join(SIGN) : bodyOf(text, text.length > 3 ? "\\s?" : "");
  const start = isSyllable(text[0] ?? "") ? (parts?.[0]?.text.length === 1 ? "(?<![가-힣])" : "") : FIGURE.test(text[0] ?? "") ? "(?<!\\p{Nd}[.,]?)" : "(?<![\\p{L}\\p{Nd}])";
  const stop = FIGURE.test(text.at(-1) ?? "") && !spans ? "(?!,?\\p{Nd})" : "";
  const ends = spans?.map(([first, last]) => `[${first}-${last}]`).join("|");
  return start + body + stop + (ends ? `(?:${ends})` : "");
}

/** Return what stands for a word, a figure and its unit with the sign of that, too. @param {string} text @param {string} inner what may stand between two syllables */
function bodyOf(text, inner) {
  const [, figure = "", unit = ""] = UNIT.exec(text) ?? [];
  const sign = signOf(unit);
  return sign ? `${spelling(figure, inner)}(?:[\\s°]?${spelling(unit, inner)}|${sign})` : spelling(text, inner);
}

/** @param {string} text @param {string} inner */
function spelling(text, inner) {
  const letters = [...text];
  return letters.map((letter, n) => spelt(letter) + between(letter, letters[n + 1], inner)).join("");
}

/** @param {string} letter of the index */
function spelt(letter) {
  if (letter === "\ua78f" || letter === "\ua7f7") return "[.·ㆍ‧・･⋅∙․]";
  if (letter === "\ua78c") return "%";
  const wide = String.fromCharCode(letter.charCodeAt(0) + 0xfee0);
  if (ASCII.test(letter)) return `[${letter}${wide}]`;
  return letter.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Return what may stand between two letters: a comma in a figure, a space or hyphen where the script changes. @param {string} one @param {string | undefined} other @param {string} inner of a Korean word */
function between(one, other, inner) {
  if (other === undefined) return "";
  if (isSyllable(one) && isSyllable(other)) return inner;
  if (isSyllable(one) || isSyllable(other)) return /[\ua78f\ua7f7\ua78c]/.test(one + other) ? "" : "[\\s-]?";
  return ",?";
}

/** @param {string} text @param {RegExp[]} stems @returns {Mark[]} in order, none inside another */
export function marksIn(text, stems) {
  const all = stems.flatMap((stem, n) => [...text.matchAll(stem)].filter((found) => found[0]).map((found) => ({ start: found.index, end: found.index + found[0].length, stem: n })));
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return all.filter((mark) => mark.start >= end && ((end = mark.end), true));
}

/** Return the excerpt of a text around its most telling marks, as HTML in which only <mark> is markup. @param {string} content @param {RegExp[]} stems */
export function excerptOf(content, stems) {
  const marks = marksIn(content, stems);
  const [start, end] = around(content, bestPlace(marks));
  return marked(content.slice(start, end), stems);
}

/** @param {Mark[]} marks @returns {number} where the window with the most different words begins */
function bestPlace(marks) {
  let best = 0;
  let most = 0;
  marks.forEach((mark, n) => {
    const within = [];
    for (let k = n; k < marks.length && /** @type {Mark} */ (marks[k]).end <= mark.start + LENGTH - BEFORE; k++) within.push(/** @type {Mark} */ (marks[k]).stem);
    const worth = new Set(within).size * 10 + Math.min(within.length, 5);
    if (worth > most) [best, most] = [mark.start, worth];
  });
  return best;
}

/** @param {string} content @param {number} place @returns {[number, number]} */
function around(content, place) {
  let start = Math.max(0, place - BEFORE);
  const line = content.lastIndexOf("\n", place) + 1;
  if (start <= line) start = line;
  else start = content.indexOf(" ", start) + 1 || start;
  if (start > place) start = place;
  let end = Math.min(content.length, start + LENGTH);
  const space = Math.max(content.lastIndexOf(" ", end), content.lastIndexOf("\n", end));
  if (end < content.length && space > place) end = space;
  return [start, end];
}

/** Return a text as HTML with its marks. @param {string} text @param {RegExp[]} stems */
export function marked(text, stems) {
  let out = "";
  let at = 0;
  for (const { start, end } of marksIn(text, stems)) {
    out += `${escaped(text.slice(at, start))}<mark>${escaped(text.slice(start, end))}</mark>`;
    at = end;
  }
  return (out + escaped(text.slice(at))).replaceAll("\n", " ");
}

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
