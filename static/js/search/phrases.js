// What stands in a text letter by letter: the texts themselves are asked.

import { unlessBroken } from "./shard.js";

/**
 * @typedef {import("./rank.js").Result} Result
 * @typedef {Set<import("./shard.js").Shard>} Broken
 */

const VERBATIM = 3; // words: so many are looked for as they stand, too
const VERBATIM_TRIED = 16; // pages
const PHRASES_TRIED = 40; // pages whose text is read for a "phrase"

/** @param {string} text */
const words = (text) => text.trim().split(/\s+/).length;

/** @param {string} text */
const bare = (text) => text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Put the pages that have all that was typed as it stands before the others. @param {Result[]} results @param {string} typed @param {Broken} broken */
export async function verbatimFirst(results, typed, broken) {
  if (words(typed) < VERBATIM) return results;
  const asTyped = bare(typed);
  const have = await Promise.all(
    results.slice(0, VERBATIM_TRIED).map(async (result) => bare(await textOf(result, broken)).includes(asTyped)),
  );
  const whole = results.filter((_, n) => have[n]).map((result) => ({ ...result, isLoose: false }));
  return [...whole, ...results.filter((_, n) => !have[n])];
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
