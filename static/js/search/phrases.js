// What stands in a text word by word, or letter by letter: then the texts themselves are asked.

import { asWritten, together } from "./match.js";
import { unlessBroken } from "./shard.js";
import { wordsOf } from "./words.js";

/**
 * @typedef {import("./rank.js").Result} Result
 * @typedef {import("./shard.js").Shard} Shard
 * @typedef {import("./lexicon.js").Lexicon} Lexicon
 * @typedef {import("./shard.js").Broken} Broken
 */

const VERBATIM = 3; // words: so many are looked for as they stand, too

/**
 * Put the pages that have all that was typed, word by word as it stands, before the others. The last word may go on.
 * @param {Result[]} results @param {string} typed @param {Shard[]} shards @param {Lexicon} lexicon @param {Broken} broken
 */
export async function verbatimFirst(results, typed, shards, lexicon, broken) {
  const words = wordsOf(typed.normalize("NFC")).map(({ form }) => form);
  if (words.length < VERBATIM) return results;
  const having = await havingAll([words], shards, lexicon, broken);
  const hasAll = (/** @type {Result} */ { shard, page }) => having.get(shard)?.has(page) ?? false;
  const [whole, others] = [results.filter(hasAll), results.filter((result) => !hasAll(result))];
  return [...whole.map((result) => ({ ...result, isLoose: false })), ...further(having, whole), ...others];
}

/**
 * Return the pages that have the "phrases" word by word as they stand. The last word of each may go on.
 * @param {Result[]} results @param {string[]} phrases @param {boolean} isAll nothing else was asked for
 * @param {Shard[]} shards @param {Lexicon} lexicon @param {Broken} broken
 */
export async function ofPhrases(results, phrases, isAll, shards, lexicon, broken) {
  const asked = phrases.map((phrase) => wordsOf(phrase).map(({ form }) => form)).filter((words) => words.length);
  const having = await havingAll(asked, shards, lexicon, broken);
  const whole = results.filter(({ shard, page }) => having.get(shard)?.has(page));
  return isAll ? [...whole.map((result) => ({ ...result, isLoose: false })), ...further(having, whole)] : whole;
}

/**
 * Return the results that have none of the "phrases" word by word as they stand.
 * @param {Result[]} results @param {string[]} phrases @param {Shard[]} shards @param {Lexicon} lexicon @param {Broken} broken
 */
export async function ofNoPhrase(results, phrases, shards, lexicon, broken) {
  const asked = phrases.map((phrase) => wordsOf(phrase).map(({ form }) => form)).filter((words) => words.length);
  const having = await Promise.all(asked.map((words) => havingAll([words], shards, lexicon, broken)));
  return results.filter(({ shard, page }) => !having.some((ofPhrase) => ofPhrase.get(shard)?.has(page)));
}

/**
 * Return the pages of each shard that have all these rows of words.
 * @param {string[][]} rows @param {Shard[]} shards @param {Lexicon} lexicon @param {Broken} broken @returns {Promise<Map<Shard, Set<number>>>}
 */
async function havingAll(rows, shards, lexicon, broken) {
  const pages = await Promise.all(
    shards.map(async (shard) => {
      const hits = await unlessBroken(shard, broken, () => Promise.all(rows.map((words) => inRow(words, shard, lexicon))));
      const [first, ...others] = hits ?? [];
      return /** @type {[Shard, Set<number>]} */ ([shard, new Set([...(first?.keys() ?? [])].filter((page) => others.every((one) => one.has(page))))]);
    }),
  );
  return new Map(pages);
}

/** @param {string[]} words @param {Shard} shard @param {Lexicon} lexicon */
async function inRow(words, shard, lexicon) {
  return together(await Promise.all(words.map((word, n) => asWritten(shard, lexicon, word, n === words.length - 1))), 1);
}

/** Return the pages that no result names yet. @param {Map<Shard, Set<number>>} having @param {Result[]} results @returns {Result[]} */
function further(having, results) {
  const named = new Set(results.map(({ shard, page }) => `${shard.number}/${page}`));
  return [...having].flatMap(([shard, pages]) => [...pages].filter((page) => !named.has(`${shard.number}/${page}`)).map((page) => ({ shard, page, score: 0 })));
}
