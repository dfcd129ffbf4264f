// What is looked for → where it stands in a shard.

import { parts } from "./hangul.js";
import { addUp } from "./shard.js";

/**
 * A form of a word that is looked for: `text` as a beginning, `spans` of the syllable after it, or `parts` that stand together;
 * of a verb its stem as the index has it, and what it `begins` with in texts; `stem`: forms that the index does not know for its, too.
 * `isExact`: nothing goes on there, as before a sign; `isGuess`: nothing is known of one of the parts. `verb`: the ending it was typed with, which makes a verb of it. `shards`: the only ones to ask.
 * @typedef {{ text: string, weight: number, isWhole?: boolean, isExact?: boolean, isNoun?: boolean, isVerb?: boolean, isGuess?: boolean, verb?: string, stem?: string, shards?: number[], spans?: [string, string][], parts?: Form[], begins?: { text: string, spans?: [string, string][] }[] }} Form
 * @typedef {{ at: number, next: number, isJoined: boolean, quality: number }} Place `next`: where the noun after it would stand
 * @typedef {{ quality: number, count: number, places: Place[] }} Hit
 * @typedef {Map<number, Hit>} Hits of a shard, by page
 */

const AS_WRITTEN = 1;
const WITH_ENDING = 0.95;
const WITH_HELPER = 0.4; // 흘러내리다, not 흐르다
const FREQUENT = 4; // doublings: such a noun is more likely meant than a form of a rare verb: 권한, not 권하다
const OTHER_VERB = 0.5; // 인정하다 where 인정받기 was typed
const AS_NOUN = 0.3; // 자세 where 자세했다 was typed
const APART = 0.5; // 노인 and 일자리 somewhere, where 노인일자리 was typed
const LONGEST = 20; // letters a form of a verb may have
const LONGER = 0.2; // 관세 in 관세청, where nothing says that 관세 is a word of its own

/**
 * @param {import("./shard.js").Shard} shard @param {import("./lexicon.js").Lexicon} lexicon
 * @param {import("./endings.js").Endings} endings @param {Form} form
 * @returns {Promise<Hits>}
 */
export async function hitsOf(shard, lexicon, endings, form) {
  if (form.parts) return inRow(form.parts, form.weight, (part) => hitsOf(shard, lexicon, endings, part));
  if (form.isExact) return asWritten(shard, lexicon, form.text, false, form.weight);
  if (form.shards && !form.shards.includes(shard.number)) return new Map();
  if (form.begins) {
    const known = await asWritten(shard, lexicon, form.text, false, form.weight);
    return form.stem ? either([known, await spelt(shard, lexicon, endings, form)]) : known;
  }
  const piece = await lexicon.piece(form.text || (form.spans?.[0]?.[0] ?? ""));
  /** @type {Hits} */
  const hits = new Map();
  for (const [first, last] of form.spans ?? [["", ""]]) {
    const length = form.text.length + (form.spans ? 1 : 0);
    for (const row of await shard.rows(piece, form.text + first, form.text + last)) {
      if (form.isNoun && row[2] >>> (length - 1) === 0) continue; // what was typed so far is part of an ending there
      const quality = form.spans ? AS_WRITTEN : fit(row, form, endings);
      if (quality > 0) read(row, length, quality * form.weight, hits);
    }
  }
  return hits;
}

/** Return the pages in which parts stand one right after the other. A sign ties syllables, which are in many chunks: what would follow nothing is not asked for. @param {Form[]} parts @param {number} weight @param {(part: Form) => Promise<Hits>} find */
async function inRow(parts, weight, find) {
  if (!parts[0]?.isExact) return together(await Promise.all(parts.map(find)), weight);
  let found = await find(parts[0]);
  for (const part of parts.slice(1)) if (found.size) found = together([found, await find(part)], weight);
  return found;
}

/**
 * Return where words stand that can only be forms of a verb.
 * @param {import("./shard.js").Shard} shard @param {import("./lexicon.js").Lexicon} lexicon @param {import("./endings.js").Endings} endings @param {Form} form @returns {Promise<Hits>}
 */
async function spelt(shard, lexicon, endings, { begins = [], stem = "", weight }) {
  /** @type {Hits} */
  const hits = new Map();
  const seen = new Set();
  for (const { text, spans } of begins) {
    const piece = await lexicon.piece(text + (spans?.[0]?.[0] ?? ""));
    for (const [first, last] of spans ?? [["", ""]]) {
      for (const row of await shard.rows(piece, text + first, text + last)) {
        if (seen.has(row[0]) || row[0].length > LONGEST || ((await lexicon.noun(row[0]))?.rank ?? 0) >= FREQUENT) continue;
        seen.add(row[0]);
        const quality = endings.verbStems(row[0]).includes(stem) ? AS_WRITTEN : endings.hasHelper(row[0], stem) ? WITH_HELPER : 0;
        if (quality) read(row, row[0].length, quality * weight, hits);
      }
    }
  }
  return hits;
}

/**
 * Return where a word stands just as it was typed, or goes on.
 * @param {import("./shard.js").Shard} shard @param {import("./lexicon.js").Lexicon} lexicon @param {string} word @param {boolean} mayGoOn @param {number} [weight] @returns {Promise<Hits>}
 */
export async function asWritten(shard, lexicon, word, mayGoOn, weight = 1) {
  /** @type {Hits} */
  const hits = new Map();
  const rows = await shard.rows(await lexicon.piece(word), word, word, mayGoOn ? undefined : 1);
  for (const row of rows) if (mayGoOn || row[0] === word) read(row, row[0].length, AS_WRITTEN * weight, hits);
  return hits;
}

/** Return how well a term fits. @param {import("./shard.js").Row} row @param {Form} form @param {import("./endings.js").Endings} endings */
function fit([term, starts, ends], form, endings) {
  const length = form.text.length;
  const ending = term.slice(length);
  if (form.verb && endings.isOfVerb(ending)) return likeVerb(form.verb, ending) ? AS_WRITTEN : OTHER_VERB;
  const most = form.verb ? AS_NOUN : AS_WRITTEN;
  if (!ending || bit(ends | starts, length)) return most;
  if (endings.mayFollow(ending, term[length - 1] ?? "")) return most * WITH_ENDING;
  return form.isWhole ? 0 : most * LONGER;
}

/** Return whether two endings begin alike, as those of one verb do: 했다 and 하는, not 받는. @param {string} one @param {string} other */
function likeVerb(one, other) {
  return parts(one[0] ?? "가").initial === parts(other[0] ?? "가").initial;
}

/** @param {import("./shard.js").Row} row @param {number} length of what was looked for @param {number} quality @param {Hits} hits */
function read([term, starts, , postings], length, quality, hits) {
  const goesOn = bit(starts, length);
  const isJoined = goesOn || term.length === length;
  const further = goesOn ? count(starts & ((1 << length) - 1)) : count(starts) + 1;
  let page = 0;
  for (let n = 0; n < postings.length; n += 2) {
    page += /** @type {number} */ (postings[n]);
    const found = postings[n + 1];
    const places = Array.isArray(found) ? addUp([...found]) : [/** @type {number} */ (found)];
    const hit = hits.get(page) ?? { quality: 0, count: 0, places: [] };
    hit.quality = Math.max(hit.quality, quality);
    hit.count += places.length * quality;
    for (const at of places) hit.places.push({ at, next: at + further, isJoined, quality });
    hits.set(page, hit);
  }
}

/** Return the pages in which all parts stand one right after the other. @param {Hits[]} parts @param {number} weight @returns {Hits} */
export function together(parts, weight) {
  const [first, ...others] = parts;
  return others.reduce((/** @type {Hits} */ before, after) => {
    /** @type {Hits} */
    const both = new Map();
    for (const [page, one] of before) {
      const other = after.get(page);
      const places = other ? meeting(one.places, other.places).map((place) => ({ ...place, quality: place.quality * weight })) : [];
      if (places.length) both.set(page, { quality: Math.max(...places.map((place) => place.quality)), count: places.length, places });
    }
    return both;
  }, /** @type {Hits} */ (first));
}

/** Return the places of `after` that follow one of `before`, from where that begins. @param {Place[]} before @param {Place[]} after */
function meeting(before, after) {
  const ends = new Map(before.filter((place) => place.isJoined).map((place) => [place.next, place]));
  return after.flatMap((place) => {
    const one = ends.get(place.at);
    return one ? [{ ...place, at: one.at, quality: Math.min(place.quality, one.quality) }] : [];
  });
}

/** Return the pages that have all of these, wherever they stand in them. @param {Hits[]} found @returns {Hits} */
export function onOnePage([first, ...others]) {
  /** @type {Hits} */
  const all = new Map();
  for (const [page, hit] of first ?? []) {
    const hits = [hit, ...others.flatMap((ofOther) => ofOther.get(page) ?? [])];
    if (hits.length > others.length) all.set(page, { quality: APART, count: Math.min(...hits.map(({ count }) => count)), places: hits.flatMap(({ places }) => places) });
  }
  return all;
}

/** Put what was found of several forms together. @param {Hits[]} found @returns {Hits} */
export function either(found) {
  if (found.length === 1) return /** @type {Hits} */ (found[0]);
  /** @type {Hits} */
  const all = new Map();
  for (const hits of found) {
    for (const [page, hit] of hits) {
      const other = all.get(page);
      if (!other) all.set(page, { ...hit, places: [...hit.places] });
      else {
        other.quality = Math.max(other.quality, hit.quality);
        other.count = Math.max(other.count, hit.count);
        other.places.push(...hit.places);
      }
    }
  }
  return all;
}

/** @param {number} bits @param {number} place from 1 */
const bit = (bits, place) => place <= 31 && ((bits >>> (place - 1)) & 1) === 1;

/** @param {number} bits */
function count(bits) {
  let n = 0;
  for (let rest = bits; rest; rest &= rest - 1) n++;
  return n;
}
