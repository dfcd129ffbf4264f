// What stands in a text word by word, or letter by letter: then the texts themselves are asked.

import { asWritten, together } from "./match.js";
import { unlessBroken } from "./shard.js";
import { wordsOf } from "./words.js";

/**
 * @typedef {import("./rank.js").Result} Result
 * @typedef {import("./shard.js").Shard} Shard
 * @typedef {import("./lexicon.js").Lexicon} Lexicon
 * @typedef {Set<Shard>} Broken
 */

const VERBATIM = 3; // words: so many are looked for as they stand, too
const PHRASES_TRIED = 40; // pages whose text is read for a "phrase"

/**
 * Put the pages that have all that was typed, word by word as it stands, before the others. The last word may go on.
 * @param {Result[]} results @param {string} typed @param {Shard[]} shards @param {Lexicon} lexicon @param {Broken} broken
 */
export async function verbatimFirst(results, typed, shards, lexicon, broken) {
  const words = wordsOf(typed.normalize("NFC")).map(({ form }) => form);
  if (words.length < VERBATIM) return results;
  const pages = await Promise.all(
    shards.map((shard) =>
      unlessBroken(shard, broken, async () => together(await Promise.all(words.map((word, n) => asWritten(shard, lexicon, word, n === words.length - 1))), 1)),
    ),
  );
  const having = new Map(shards.map((shard, n) => [shard, pages[n]]));
  const hasAll = (/** @type {Result} */ { shard, page }) => having.get(shard)?.has(page) ?? false;
  const [whole, others] = [results.filter(hasAll), results.filter((result) => !hasAll(result))];
  const ranked = new Set(whole.map(({ shard, page }) => `${shard.number}/${page}`));
  const further = shards.flatMap((shard) => [...(having.get(shard)?.keys() ?? [])].map((page) => ({ shard, page, score: 0 })));
  return [...whole.map((result) => ({ ...result, isLoose: false })), ...further.filter(({ shard, page }) => !ranked.has(`${shard.number}/${page}`)), ...others];
}

/** @param {Result[]} results @param {string[]} phrases @param {Broken} broken */
export async function exactly(results, phrases, broken) {
  const tried = await Promise.all(
    results.slice(0, PHRASES_TRIED).map(async (result) => {
      const text = (await textOf(result, broken)).toLowerCase();
      return phrases.every((phrase) => text.includes(phrase.toLowerCase())) ? [result] : [];
    }),
  );
  return tried.flat();
}

/** @param {Result} result @param {Broken} broken @returns {Promise<string>} */
async function textOf({ shard, page }, broken) {
  const fragment = await unlessBroken(shard, broken, () => shard.fragment(page));
  return fragment ? `${fragment.meta.title}\n${fragment.content}` : "";
}
