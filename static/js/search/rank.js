// Pages that have all words, the best first.

/**
 * @typedef {import("./match.js").Hits} Hits
 * @typedef {import("./match.js").Hit} Hit
 * @typedef {{ shard: import("./shard.js").Shard, meta: import("./shard.js").Meta, hits: Hits[] }} Found of a shard: the hits of each unit
 * @typedef {{ shard: import("./shard.js").Shard, page: number, score: number, isLoose?: boolean }} Result `isLoose`: it lacks a word
 */

// BM25 (Robertson and others 1994), with the usual constants; lengths are known as powers of two.
const SATURATION = 1.2;
const LENGTH = 0.5;
const OPTIONAL = 0.5; // what a verb weighs beside nouns
const IN_TITLE = 1.6;
const SIDE_BY_SIDE = 3; // what standing together adds, of the lighter word's weight
const CLOSE = 0.3;
const CLOSE_BY = 8; // words

/** @param {Found[]} found @param {boolean[]} needed which units a page must have @param {number[]} skipped words before each @returns {Result[]} */
export function ranked(found, needed, skipped) {
  const pages = found.reduce((sum, { shard }) => sum + shard.pages, 0);
  const weights = needed.map((isNeeded, n) => {
    const having = found.reduce((sum, { hits }) => sum + (hits[n]?.size ?? 0), 0);
    return Math.log(1 + (pages - having + 0.5) / (having + 0.5)) * (isNeeded ? 1 : OPTIONAL);
  });
  const mean = meanLength(found);
  const results = found.flatMap(({ shard, meta, hits }) =>
    [...havingAll(hits, needed)].map((page) => {
      const of = hits.map((ofUnit) => ofUnit.get(page));
      return { shard, page, score: scored(of, weights, skipped, 2 ** (meta.lengths[page] ?? 0) / mean, meta.titles[page] ?? 0) };
    }),
  );
  return results.sort((a, b) => b.score - a.score || a.shard.number - b.shard.number || a.page - b.page);
}

/** @param {Hits[]} hits @param {boolean[]} needed @returns {Iterable<number>} */
function havingAll(hits, needed) {
  const musts = hits.filter((_, n) => needed[n]).sort((a, b) => a.size - b.size);
  const [first, ...others] = musts;
  return first ? [...first.keys()].filter((page) => others.every((one) => one.has(page))) : [];
}

/** @param {(Hit | undefined)[]} of a page, by unit @param {number[]} weights @param {number[]} skipped @param {number} length against the mean @param {number} title its words */
function scored(of, weights, skipped, length, title) {
  let score = 0;
  of.forEach((hit, n) => {
    if (!hit) return;
    const weight = weights[n] ?? 0;
    const often = (hit.count * (SATURATION + 1)) / (hit.count + SATURATION * (1 - LENGTH + LENGTH * length));
    const heading = Math.max(0, ...hit.places.map((place) => (place.at < title ? place.quality : 0)));
    score += weight * (hit.quality * often + heading * IN_TITLE);
    const before = of[n - 1];
    if (before) score += Math.min(weight, weights[n - 1] ?? 0) * nearness(before, hit, skipped[n] ?? 0);
  });
  return score;
}

/** @param {Hit} before @param {Hit} after @param {number} skipped words between them */
function nearness(before, after, skipped) {
  const next = new Map(before.places.map((place) => [place.next, place.isJoined]));
  const starts = new Set(before.places.map((place) => place.at));
  let best = 0;
  for (const { at, quality } of after.places) {
    if (starts.has(at)) best = Math.max(best, SIDE_BY_SIDE * quality);
    for (let gap = skipped; gap <= skipped * 2; gap++) {
      const isJoined = next.get(at - gap);
      if (isJoined !== undefined) best = Math.max(best, SIDE_BY_SIDE * quality * (isJoined || skipped ? 1 : 0.7));
    }
  }
  if (best) return best;
  return after.places.some(({ at }) => before.places.some((one) => Math.abs(at - one.at) <= CLOSE_BY)) ? CLOSE : 0;
}

/** @param {Found[]} found */
function meanLength(found) {
  let sum = 0;
  let pages = 0;
  for (const { meta } of found) {
    for (const length of meta.lengths) sum += 2 ** length;
    pages += meta.lengths.length;
  }
  return sum / Math.max(1, pages);
}
