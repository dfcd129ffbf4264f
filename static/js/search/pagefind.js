// The search of the site, with the interface of Pagefind: `createInstance(options)`, `search(words, { filters, sort })`, `filters()`.
// Korean articles are searched here; those in other languages by Pagefind itself.

import { Endings } from "./endings.js";
import { Engine } from "./engine.js";
import { excerptOf, marked, marksFor, marksOf } from "./excerpt.js";
import { Files, Gone } from "./files.js";
import { added, chosen, counted, everything } from "./filters.js";
import { Lexicon } from "./lexicon.js";
import { byDay, inOneOrder } from "./order.js";
import { Reader } from "./query.js";
import { Broken, Shard } from "./shard.js";
import { formOf, narrow, shown } from "./words.js";

/**
 * @typedef {{ baseUrl?: string, basePath?: string }} Settings `baseUrl`: the site's root; `basePath`: the search folder
 * @typedef {{ filters?: Record<string, string | string[]>, sort?: Record<string, "asc" | "desc">, everywhere?: boolean }} Options
 *   `everywhere`: in the oldest shards, too, which a large site leaves for a second answer
 * @typedef {import("./filters.js").Counts} Counts
 * @typedef {{ entry: import("./files.js").Entry, files: Files, lexicon: Lexicon, endings: Endings, reader: Reader, shards: Shard[], engine: Engine, others: (() => Promise<any>)[] }} Opened
 * @typedef {{ id: string }} Found
 * @typedef {{ id: string, score: number, data: () => Promise<Hit> }} Result
 * @typedef {{ url: string, excerpt: string, title: string, content: string, meta: Record<string, string>, filters: Record<string, string[]> }} Hit
 */

const HANGUL = /[\uac00-\ud7a3\u3131-\u318e]/;
const LETTER = /\p{L}/u;
const REFUSED = /(?:^|\s)-(?:"[^"]*"?|\S+)/gu;
// Pagefind itself knows how AT&T, U.S. and 3.5 stand in its index.
const FOREIGN = /[\p{L}\p{N}"-]+(?:(?:[&.'’]|,(?=\d))[\p{L}\p{N}-]+)*"?/gu;
const LEFT_OUT = 5; // times as many words: most of them may be one of them with particles
const MOST_REFUSED = 8; // words: each is asked for
const HERE = new URL("../../search/", import.meta.url);

class Instance {
  /** @param {Settings} settings */
  constructor(settings) {
    this.folder = new URL(settings.basePath ?? HERE, location.href).href;
    this.root = settings.baseUrl ?? new URL("../", this.folder).pathname;
    this.settings = settings;
    /** @type {Promise<void> | undefined} */
    this.renewing = undefined;
  }

  /** @returns {Promise<Opened>} */
  init() {
    this.opened ??= this.open("default");
    this.opened.catch(() => (this.opened = undefined));
    return this.opened;
  }

  /** @param {RequestCache} cache @returns {Promise<Opened>} */
  async open(cache) {
    const files = new Files(this.folder);
    const entry = await files.entry(cache);
    const lexicon = new Lexicon(files, entry);
    const endings = new Endings(entry.endings);
    const reader = new Reader(lexicon, endings);
    const shards = entry.shards.map((shard, number) => new Shard(files, shard, number));
    const others = Object.keys(entry.languages).map((language) => stock(`${this.folder}${language}/`, language, this.root));
    return { entry, files, lexicon, endings, reader, shards, engine: new Engine(lexicon, endings, reader, shards), others };
  }

  /** Search in all that can be read; once more, where files are gone or one of the lexicon cannot be read, in what is left. @param {string | null} words @param {Options} [options] */
  async search(words, options = {}) {
    try {
      return await this.once(words, options, new Broken());
    } catch (error) {
      if (error instanceof Gone) await this.renew();
      const answer = await this.once(words, options, new Broken(true));
      if (!(error instanceof Gone) && !answer.unfilteredResultCount) throw error; // that can be tried again
      return answer;
    }
  }

  /** Read the entry again where files are gone, once for all that are: the site has been published anew, or else some of them are missing for good. */
  renew() {
    this.renewing ??= this.reopen().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  async reopen() {
    const [before, now] = [await this.init(), await this.open("reload")];
    if (JSON.stringify(now.entry) !== JSON.stringify(before.entry)) this.opened = Promise.resolve(now);
    else before.others = now.others; // of which the entry only has counts
  }

  /** @param {string | null} typed @param {Options} options @param {Broken} broken */
  async once(typed, options, broken) {
    const { shards, others } = await this.init();
    const written = typed && typed.normalize("NFC");
    const words = written && narrow(written);
    const foreign = shards.length ? latin(words) : words;
    const ask = () => Promise.all(foreign === "" ? [] : others.map((other) => ofOther(other, (index) => without(refused(words), index, foreign, options))));
    const isTheirs = written === null || (!HANGUL.test(written) && LETTER.test(written)); // a day or a number is as well Korean
    const asking = isTheirs ? ask() : [];
    const { outcome, kept, filters, totalFilters } = await this.korean(words, options, broken);
    const asked = await (outcome.results.length || isTheirs ? asking : ask()); // others only where no Korean article is left
    const answers = asked.filter((answer) => answer !== undefined);
    if (answers.length < asked.length && !broken.isLast) throw new Gone("another language");
    const order = options.sort?.date;
    const lists = answers.map(({ results }) => results.map((/** @type {Result} */ result) => ({ ...result, data: () => this.current(() => result.data()) })));
    const patterns = marksFor(outcome.units.map((unit) => unit.forms));
    const results = kept.map((result) => ({
      id: `${result.shard.name}/${result.page}`,
      score: result.score,
      words: [],
      data: () => this.current(() => this.data(result, patterns)),
    }));
    const exact = exactly(kept);
    const first = order ? [results.slice(0, exact), ...lists].reduce((one, other) => inOneOrder(one, other, order)) : [...results.slice(0, exact), ...lists.flat()];
    const elsewhere = lists.flat();
    const korean = (words?.match(/\S+/g) ?? []).filter((word) => HANGUL.test(word));
    const lack = foreign && elsewhere.length ? korean : []; // articles in other languages were asked for the rest
    const taken = outcome.taken.filter(({ word }) => !elsewhere.length || HANGUL.test(word));
    return {
      results: [...first, ...results.slice(exact)],
      unfilteredResultCount: outcome.results.length + answers.reduce((sum, answer) => sum + answer.unfilteredResultCount, 0),
      filters: added([filters, ...answers.map((answer) => answer.filters)]),
      totalFilters: added([totalFilters, ...answers.map((answer) => answer.totalFilters)]),
      suggestion: taken.length ? replaced(words ?? "", taken) : undefined,
      isReplaced: taken.length > 0 && taken.every(({ isMended }) => isMended),
      exact: lack.length ? 0 : exact + elsewhere.length,
      left: lack.length ? lack : outcome.left,
      isEither: !lack.length && outcome.isEither,
      missing: outcome.broken.size + asked.length - answers.length,
      older: outcome.older,
      more: () => this.search(typed, { ...options, everywhere: true }),
    };
  }

  /** Search the Korean articles: what was found, what of it the filters keep in the wanted order, and the counts of both. @param {string | null} words @param {Options} options @param {Broken} broken */
  async korean(words, options, broken) {
    const { engine, shards } = await this.init();
    const outcome = words === null ? await everything(shards, options.everywhere, broken) : await (broken.isLast ? engine.without(broken) : engine).search(words, options.everywhere ?? false, broken);
    const { results } = outcome;
    const allowed = await chosen(shards, options.filters ?? {}, results, broken);
    const left = results.filter(({ shard, page }) => allowed[shard.number]?.(page) ?? true);
    const kept = options.sort?.date ? byDay(left, options.sort.date) : left;
    return { outcome, kept, filters: await counted(shards, kept, broken), totalFilters: await counted(shards, results, broken) };
  }

  /** Return what a result shows. Where its file is not there any more, the next search asks the new index. @param {() => Promise<Hit>} data @returns {Promise<Hit>} */
  async current(data) {
    try {
      return await data();
    } catch (error) {
      await this.renew();
      throw error;
    }
  }

  /** @param {import("./rank.js").Result} result @param {import("./excerpt.js").Pattern[]} patterns @returns {Promise<Hit>} */
  async data({ shard, page }, patterns) {
    const fragment = await shard.fragment(page);
    const marks = marksOf(patterns, `${fragment.meta.title ?? ""}\n${fragment.content}`);
    const url = this.root.replace(/\/$/, "") + fragment.url;
    const anchors = fragment.anchors ?? [];
    return {
      ...fragment,
      url,
      raw_url: fragment.url,
      title: marked(fragment.meta.title ?? "", marks),
      excerpt: excerptOf(fragment.content, marks),
      sub_results: [{ title: fragment.meta.title, url, excerpt: excerptOf(fragment.content, marks), locations: [] }],
      locations: [],
      weighted_locations: [],
      anchors,
    };
  }

  /** Return how many pages there are of each value of each filter. @returns {Promise<Counts>} */
  async filters() {
    const { shards, others } = await this.init();
    const elsewhere = await Promise.all(others.map((other) => ofOther(other, (index) => index.filters())));
    const { results, broken } = await everything(shards, true);
    return added([await counted(shards, results, broken), ...elsewhere]);
  }

  /** Return the words that begin as this one does, the frequent ones first. @param {string} word @param {number} [most] */
  async suggestions(word, most = 6) {
    const { lexicon, endings } = await this.init();
    const typed = formOf(narrow(word.normalize("NFC")));
    const nouns = (await lexicon.beginningWith(typed)).slice(0, most * LEFT_OUT);
    const hasParticle = (/** @type {string} */ text) => nouns.some(({ text: noun }) => text !== noun && text.startsWith(noun) && endings.isTail(text.slice(noun.length), noun.at(-1) ?? ""));
    return nouns.map(({ text }) => text).filter((text) => !hasParticle(text)).slice(0, most).map(shown);
  }

  /** @param {string} words */
  async preload(words) {
    await this.search(words);
  }

  async destroy() {
    this.opened = undefined;
  }
}

/** @param {Settings} [settings] */
export function createInstance(settings = {}) {
  return new Instance(settings);
}

/** Return Pagefind's own search of another language, loaded when it is first asked. @param {string} folder @param {string} language @param {string} root */
function stock(folder, language, root) {
  /** @type {Promise<any> | undefined} */
  let opening;
  return () => {
    opening ??= import(`${folder}pagefind.js`).then(async ({ createInstance: create }) => {
      const other = create({ basePath: folder, baseUrl: root, language });
      await other.init();
      await other.filters(); // its counts come with its answers from here on
      return other;
    });
    opening.catch(() => (opening = undefined));
    return opening;
  };
}

/** Return what another language's search says, or undefined where it cannot. @param {() => Promise<any>} other @param {(index: any) => Promise<any>} ask */
async function ofOther(other, ask) {
  try {
    return await ask(await other());
  } catch {
    return undefined;
  }
}

/** Ask an index of another language, which knows no -word: pages that have one of these are left out; nor pages without a day in an order of days: they follow. @param {string[]} words @param {any} index @param {string | null} asked @param {Options} options */
async function without(words, index, asked, options) {
  const answer = await index.search(asked, options);
  if (options.sort) answer.results = withAll(answer.results, (await index.search(asked, { ...options, sort: undefined })).results);
  if (!words.length) return answer;
  const found = await Promise.all(words.map((word) => index.search(word)));
  const having = new Set(found.flatMap(({ results }) => results.map(named)));
  const left = (/** @type {Found[]} */ results) => results.filter((result) => !having.has(named(result)));
  const unfiltered = options.filters ? left((await index.search(asked)).results) : left(answer.results);
  return { ...answer, results: left(answer.results), unfilteredResultCount: unfiltered.length };
}

/** Return results with those of the others that are not among them behind. @param {Found[]} results @param {Found[]} others */
function withAll(results, others) {
  const ids = new Set(results.map(named));
  return [...results, ...others.filter((other) => !ids.has(named(other)))];
}

/** @param {Found} result */
const named = (result) => result.id;

/** Return the words and "phrases" that no page may have, those of other languages. @param {string | null} words */
const refused = (words) =>
  (words?.match(REFUSED) ?? [])
    .map((word) => word.trim().slice(1))
    .filter((word) => !HANGUL.test(word))
    .slice(0, MOST_REFUSED);

/**
 * Return what of the words other languages are asked for: Pagefind takes any Hangul for the beginning of something.
 * Figures beside Korean words are Korean.
 * @param {string | null} words
 */
function latin(words) {
  if (words === null) return null;
  const foreign = (words.replace(REFUSED, " ").match(FOREIGN) ?? []).filter((word) => !HANGUL.test(word)).join(" ");
  return HANGUL.test(words) && !LETTER.test(foreign) ? "" : foreign;
}

/** Return how many results have all words. @param {import("./rank.js").Result[]} results */
const exactly = (results) => results.filter((result) => !result.isLoose).length;

/** @param {string} words @param {import("./engine.js").Outcome["taken"]} taken */
function replaced(words, taken) {
  return taken.reduce((text, { word, instead }) => text.replace(new RegExp(word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "i"), instead), words);
}
