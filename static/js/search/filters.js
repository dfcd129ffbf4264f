// Pages by their filters: which of them have what was chosen, and how many have each value.

import { FIRST_SHARDS, pagesOf } from "./engine.js";
import { Broken, unlessBroken } from "./shard.js";

/**
 * @typedef {import("./shard.js").Shard} Shard
 * @typedef {Record<string, Record<string, number>>} Counts
 */

/** @param {Shard[]} shards @param {boolean} [everywhere] @param {Broken} [broken] @returns {Promise<import("./engine.js").Outcome>} all pages, newest first */
export async function everything(shards, everywhere = false, broken = new Broken()) {
  const first = everywhere ? shards : shards.slice(0, FIRST_SHARDS);
  const older = shards.slice(first.length).reduce((sum, shard) => sum + shard.pages, 0);
  return { results: first.flatMap(pagesOf), units: [], left: [], taken: [], broken, older };
}

/**
 * Return for each shard whether a page has the values that were chosen.
 * @param {Shard[]} shards @param {Record<string, string | string[]>} filters @param {import("./rank.js").Result[]} results @param {Broken} broken
 */
export async function chosen(shards, filters, results, broken) {
  const wanted = new Set(results.map(({ shard }) => shard));
  const names = Object.entries(filters).filter(([, values]) => values.length);
  if (!names.length) return [];
  return Promise.all(
    shards.map(async (shard) => {
      if (!wanted.has(shard)) return () => false;
      const meta = await unlessBroken(shard, broken, () => shard.meta());
      const sets = names.map(([name, values]) => new Set([values].flat().flatMap((value) => meta?.filters[name]?.[value] ?? [])));
      return (/** @type {number} */ page) => sets.every((set) => set.has(page));
    }),
  );
}

/** @param {Shard[]} shards @param {import("./rank.js").Result[]} results @param {Broken} broken @returns {Promise<Counts>} */
export async function counted(shards, results, broken) {
  const pages = shards.map(() => /** @type {Set<number>} */ (new Set()));
  for (const { shard, page } of results) pages[shard.number]?.add(page);
  const counts = await Promise.all(
    shards.map(async (shard, n) => {
      if (!pages[n]?.size) return {};
      const meta = await unlessBroken(shard, broken, () => shard.meta());
      return Object.fromEntries(
        Object.entries(meta?.filters ?? {}).map(([name, values]) => [
          name,
          Object.fromEntries(Object.entries(values).map(([value, having]) => [value, having.filter((page) => pages[n]?.has(page)).length])),
        ]),
      );
    }),
  );
  return added(counts);
}

/** @param {(Counts | undefined)[]} counts @returns {Counts} */
export function added(counts) {
  /** @type {Counts} */
  const sum = {};
  for (const count of counts) {
    for (const [name, values] of Object.entries(count ?? {})) {
      const of = (sum[name] ??= {});
      for (const [value, n] of Object.entries(values)) of[value] = (of[value] ?? 0) + n;
    }
  }
  return sum;
}
