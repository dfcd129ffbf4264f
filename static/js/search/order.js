// Results of several languages in one order of their days.

/**
 * @typedef {import("./pagefind.js").Result} Result
 * @typedef {import("./rank.js").Result} Ranked
 * @typedef {"asc" | "desc"} Order
 */

/**
 * Return two lists, each in order of its articles' days, as one. A result's day is in its own file: those that nobody looks at are not fetched.
 * @param {Result[]} one @param {Result[]} other @param {Order} order @returns {Result[]}
 */
export function inOneOrder(one, other, order) {
  if (!one.length || !other.length) return [...one, ...other];
  /** @type {Result[]} */
  const found = [];
  let last = Promise.resolve();
  let [a, b] = [0, 0];
  const next = async () => {
    const [ours, theirs] = [one[a], other[b]];
    const isOurs = ours && (!theirs || isBefore(await dayOf(ours), await dayOf(theirs), order));
    found.push(/** @type {Result} */ (isOurs ? one[a++] : other[b++]));
  };
  const data = async (/** @type {number} */ n) => {
    last = last.then(async () => {
      while (found.length <= n) await next();
    });
    await last;
    return /** @type {Result} */ (found[n]).data();
  };
  return Array.from({ length: one.length + other.length }, (_, n) => ({ id: `day/${n}`, score: 0, words: [], data: () => data(n) }));
}

/** Return the day of a result as it can be compared, "" where it has none or cannot be read. @param {Result} result */
async function dayOf(result) {
  try {
    return (await result.data()).meta.day ?? "";
  } catch {
    return "";
  }
}

/** Return whether a day stands before another; those without one stand last. @param {string} day @param {string} other @param {Order} order */
const isBefore = (day, other, order) => !other || (day !== "" && (order === "asc" ? day <= other : day >= other));

/** Return Korean results in the order of their days, those that lack a word and then those without a day last. @param {Ranked[]} results @param {Order} order */
export function byDay(results, order) {
  const isUndated = (/** @type {Ranked} */ { shard, page }) => Number(page >= shard.dated);
  const sooner = order === "asc" ? -1 : 1; // shards and their pages: newest first
  return [...results].sort((a, b) => Number(!!a.isLoose) - Number(!!b.isLoose) || isUndated(a) - isUndated(b) || (a.shard.number - b.shard.number || a.page - b.page) * sooner);
}
