// What stands in a text letter by letter: the texts themselves are asked.

/** @typedef {import("./rank.js").Result} Result */

const VERBATIM = 3; // words: so many are looked for as they stand, too
const VERBATIM_TRIED = 16; // pages
const PHRASES_TRIED = 40; // pages whose text is read for a "phrase"

/** @param {string} text */
const words = (text) => text.trim().split(/\s+/).length;

/** @param {string} text */
const bare = (text) => text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Put the pages that have all that was typed as it stands before the others. @param {Result[]} results @param {string} typed */
export async function verbatimFirst(results, typed) {
  if (words(typed) < VERBATIM) return results;
  const whole = bare(typed);
  const have = await Promise.all(
    results.slice(0, VERBATIM_TRIED).map(async ({ shard, page }) => {
      const { content, meta } = await shard.fragment(page);
      return bare(`${meta.title}\n${content}`).includes(whole);
    }),
  );
  return [...results.filter((_, n) => have[n]), ...results.filter((_, n) => !have[n])];
}

/** @param {Result[]} results @param {string[]} phrases */
export async function exactly(results, phrases) {
  const tried = await Promise.all(
    results.slice(0, PHRASES_TRIED).map(async (result) => {
      const { content, meta } = await result.shard.fragment(result.page);
      const text = `${meta.title}\n${content}`.toLowerCase();
      return phrases.every((phrase) => text.includes(phrase.toLowerCase())) ? [result] : [];
    }),
  );
  return tried.flat();
}
