// A shard of the index in the browser: its terms by prefix, what its pages are like, and what a result shows.

import { decode } from "./cbor.js";
import { Gone } from "./files.js";

/**
 * @typedef {[term: string, starts: number, ends: number, postings: (number | number[])[]]} Row
 * @typedef {{ lengths: Uint8Array, titles: Uint8Array, filters: Record<string, Record<string, number[]>> }} Meta
 */

const MOST_CHUNKS = 3; // of one prefix: one that has more of them says too little

export class Shard {
  /** @param {import("./files.js").Files} files @param {import("./files.js").ShardEntry} entry @param {number} number */
  constructor(files, entry, number) {
    this.files = files;
    this.name = entry.name;
    this.pages = entry.pages;
    this.dated = entry.pages - (entry.undated ?? 0);
    this.number = number;
    /** @type {Promise<Meta> | undefined} */
    this.about = undefined;
    /** @type {Map<number, Promise<Row[]>>} */
    this.chunks = new Map();
  }

  /** @returns {Promise<Meta>} */
  meta() {
    this.about ??= this.files.bytes(`${this.name}/meta.pf_meta`).then((bytes) => {
      const [lengths, titles, filters] = /** @type {[Uint8Array, Uint8Array, Meta["filters"]]} */ (decode(bytes));
      for (const values of Object.values(filters)) for (const pages of Object.values(values)) addUp(pages);
      return { lengths, titles, filters };
    });
    const about = this.about;
    about.catch(() => (this.about = undefined));
    return about;
  }

  /**
   * Return the rows of the terms from `first` to those that begin with `last`, from the first few chunks that may have them.
   * @param {import("./lexicon.js").Piece} piece @param {string} first @param {string} last @param {number} [most] chunks
   */
  async rows(piece, first, last, most = MOST_CHUNKS) {
    const where = piece.chunks[this.number];
    if (!where) return [];
    const [chunk, ...firsts] = where;
    const from = firsts.filter((term) => term <= first).length;
    const to = firsts.filter((term) => term.slice(0, last.length) <= last).length;
    const numbers = [];
    for (let n = from; n <= Math.min(to, from + most - 1); n++) numbers.push(chunk + n);
    const rows = await Promise.all(numbers.map((number) => this.chunk(number)));
    return rows.flat().filter(([term]) => term >= first && term.slice(0, last.length) <= last);
  }

  /** @param {number} number @returns {Promise<Row[]>} */
  chunk(number) {
    let rows = this.chunks.get(number);
    if (!rows) {
      rows = this.files.bytes(`${this.name}/${number}.pf_index`).then((bytes) => /** @type {Row[]} */ (decode(bytes)));
      this.chunks.set(number, rows);
      rows.catch(() => this.chunks.delete(number));
    }
    return rows;
  }

  /** Return what a result shows of a page. @param {number} page */
  fragment(page) {
    return this.files.fragment(`${this.name}/${page}.pf_fragment`);
  }
}

/**
 * The shards that could not be read, and the lexicon. `isLast`: that a file is gone does not mean any more that the site was published anew.
 * @extends {Set<Shard | import("./lexicon.js").Lexicon>}
 */
export class Broken extends Set {
  constructor(isLast = false) {
    super();
    this.isLast = isLast;
  }
}

/**
 * Return what was read of a shard; undefined, and the shard is among the broken ones, where that cannot be done. That its files are gone is first for others to mend.
 * @template T @param {Shard} shard @param {Broken} broken @param {() => Promise<T>} read @returns {Promise<T | undefined>}
 */
export async function unlessBroken(shard, broken, read) {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Gone && !broken.isLast) throw error;
    broken.add(shard);
    return undefined;
  }
}

/** Make numbers of steps. @param {number[]} steps */
export function addUp(steps) {
  for (let n = 1; n < steps.length; n++) steps[n] = /** @type {number} */ (steps[n]) + /** @type {number} */ (steps[n - 1]);
  return steps;
}
