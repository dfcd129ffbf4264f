// One search: query → hits of all shards → ranked pages, and what must be said about it.

import { either, hitsOf, onOnePage } from "./match.js";
import { ranked } from "./rank.js";
import { ofNoPhrase, ofPhrases, verbatimFirst } from "./phrases.js";
import { Lexicon } from "./lexicon.js";
import { Reader } from "./query.js";
import { Broken, unlessBroken } from "./shard.js";
import { shown } from "./words.js";

/**
 * @typedef {import("./rank.js").Result} Result
 * @typedef {import("./query.js").Unit} Unit
 * @typedef {import("./shard.js").Shard} Shard
 * @typedef {Map<Shard, import("./match.js").Hits>} ByShard
 * @typedef {{ results: Result[], units: Unit[], left: string[], isEither?: boolean, taken: { word: string, instead: string, isMended?: boolean }[], broken: Broken, older: number }} Outcome
 *   `left`: the words that the loose ones of the results may lack, or of which they lack one of the last two (`isEither`); `taken`: words that stand nowhere and what they were taken for,
 *   `isMended`: only that was looked for; `broken`: shards that could not be read; `older`: pages of shards not searched yet
 */

export const FIRST_SHARDS = 8; // as many as a first answer may cost; the older ones follow on request
const RIVAL_SHARDS = 2; // for each of the nouns that ㄱㅅㅊ may mean
const SURE = 4; // syllables: one letter away from so long a word there is hardly another
const SELDOM = 5; // pages
const LIKELIER = 6; // times as many
const ENOUGH = 10; // results: with fewer, pages that have all words but one follow
const MOST_LOOSE = 50;
const FEW = 3; // of the pages with the rare word: then those with the others follow

export class Engine {
  /** @param {import("./lexicon.js").Lexicon} lexicon @param {import("./endings.js").Endings} endings @param {import("./query.js").Reader} reader @param {import("./shard.js").Shard[]} shards */
  constructor(lexicon, endings, reader, shards) {
    this.lexicon = lexicon;
    this.endings = endings;
    this.reader = reader;
    this.shards = shards;
  }

  /** Return an engine that does without the pieces of the lexicon that cannot be read, and has them among the broken parts. @param {Broken} broken */
  without(broken) {
    const lexicon = new Lexicon(this.lexicon.files, this.lexicon.entry, broken);
    return new Engine(lexicon, this.endings, new Reader(lexicon, this.endings), this.shards);
  }

  /**
   * @param {string} typed @param {boolean} everywhere in all shards, or only in the newest that may have the words
   * @param {Broken} [broken] @returns {Promise<Outcome>}
   */
  async search(typed, everywhere, broken = new Broken()) {
    const { units, phrases, isAllQuoted, without, withoutPhrases } = await this.reader.read(typed);
    const likely = everywhere ? this.shards : await this.likely(units);
    const shards = everywhere ? this.shards : likely.slice(0, FIRST_SHARDS);
    const isNarrow = !everywhere && units.filter(narrowed).length > 0;
    const older = likely.slice(isNarrow ? RIVAL_SHARDS : shards.length).reduce((sum, shard) => sum + shard.pages, 0);
    /** @type {Outcome["taken"]} */
    const taken = units.flatMap((unit) => (unit.instead ? [{ word: unit.typed, instead: unit.instead }] : []));
    const hits = await Promise.all(units.map((unit) => this.hits(unit, shards, broken)));
    const hasNoun = units.some((unit) => !unit.isAside);
    const mended = await Promise.all(units.map((unit, n) => (isSomewhere(hits[n]) || (unit.isAside && hasNoun) ? "" : this.mended(unit, n, hits, shards, broken))));
    if (units.length === 1 && !mended[0]) await this.likelier(/** @type {Unit} */ (units[0]), hits, taken, shards, broken);
    let found = await this.found(hits, shards, broken);
    const skipped = units.map((unit) => unit.skipped);
    const areVerbs = units.every((unit) => unit.isVerb);
    const all = units.map((unit) => areVerbs || !unit.isVerb);
    const isLessOnly = !units.length && without.length + withoutPhrases.length > 0; // all pages but these
    let results = isLessOnly ? shards.flatMap(pagesOf) : ranked(found, all, skipped);
    const astray = this.astray(units, hits, found, all);
    if (astray.length) {
      for (const n of astray) {
        [hits[n], mended[n]] = [new Map(), ""];
        Object.assign(units[n] ?? {}, { forms: [] }); // marks nothing
      }
      found = await this.found(hits, shards, broken);
      results = ranked(found, all, skipped);
    }
    taken.push(...units.flatMap((unit, n) => (mended[n] ? [{ word: unit.typed, instead: /** @type {string} */ (mended[n]), isMended: true }] : [])));
    const asides = units.flatMap((unit, n) => (unit.isAside && !all[n] ? [n] : []));
    const whole = asides.length ? ranked(found, all.map((isNeeded, n) => isNeeded || asides.includes(n)), skipped) : [];
    if (whole.length) results = [...whole, ...besides(results, whole).map((result) => ({ ...result, isLoose: true }))];
    const isAny = !older && !units.some((_, n) => all[n] && isSomewhere(hits[n])); // only what was asked about a noun is left
    const [fewer, lacking, isOneOf] = units.length > 1 && results.length < ENOUGH ? withoutSome(found, isAny ? units.map(() => true) : all, skipped, mended) : [[], [], false];
    const left = whole.length ? [...asides, ...lacking] : lacking; // where nothing has what was asked about a noun, the noun is enough
    const isEither = isOneOf && !whole.length;
    results.push(...besides(fewer, results).map((result) => ({ ...result, isLoose: true })));
    if (units.length === 1 && units[0]?.areRivals) results = await this.inTurn(units[0], results, shards, broken);
    results = await this.asTypedFirst(units, results, shards, broken);
    results = await verbatimFirst(results, typed, shards, this.lexicon, broken);
    if (without.length) results = await this.less(results, without, shards, broken);
    if (phrases.length) results = await ofPhrases(results, phrases, isAllQuoted, shards, this.lexicon, broken);
    if (withoutPhrases.length) results = await ofNoPhrase(results, withoutPhrases, shards, this.lexicon, broken);
    if (!results.length && older) return this.search(typed, true, broken);
    return { results, units, left: left.map((n) => mended[n] || (units[n]?.typed ?? "")), isEither, taken, broken, older };
  }

  /**
   * Look for a word that stands nowhere in another way: as what it may have been meant to be, or as the nouns it was put together
   * from, on one page. Return what was found instead, "" where that need not be said, or nothing is.
   * @param {Unit} unit @param {number} n @param {ByShard[]} hits @param {Shard[]} shards @param {Broken} broken
   */
  async mended(unit, n, hits, shards, broken) {
    if (await this.lexicon.isGone(unit.word)) return "";
    const lone = this.reader.lone(unit.word);
    const asLone = await this.hits({ ...unit, forms: lone }, shards, broken);
    if (isSomewhere(asLone)) {
      unit.forms = lone;
      hits[n] = asLone;
      return "";
    }
    const other = await this.reader.instead(unit);
    const asMended = other ? await this.hits({ ...unit, ...other }, shards, broken) : undefined;
    const isMended = isSomewhere(asMended);
    if (!other?.instead || !isMended) { // a whole word that is one letter away is likelier than two that only share a page
      const forms = (await this.reader.apart(unit)).map((text) => ({ text, weight: 1, isWhole: true }));
      const found = await Promise.all(forms.map((form) => this.hits({ ...unit, forms: [form] }, shards, broken)));
      const apart = new Map(shards.map((shard) => [shard, onOnePage(found.map((ofPart) => ofPart.get(shard) ?? new Map()))]));
      if (isSomewhere(apart)) {
        unit.forms = forms;
        hits[n] = apart;
        return forms.map(({ text }) => shown(text)).join(" ");
      }
    }
    if (!other || !asMended) return "";
    Object.assign(unit, other, { isVerb: false });
    hits[n] = asMended;
    return isMended ? other.instead : "";
  }

  /**
   * Return the short words that were taken for others which stand with nothing else that was typed: those were not meant. Nearly all
   * syllables are one letter away from a lone one: what was asked about it counts, too.
   * @param {Unit[]} units @param {ByShard[]} hits @param {import("./rank.js").Found[]} found @param {boolean[]} all which of them a page must have
   */
  astray(units, hits, found, all) {
    const isHere = units.map((_, n) => isSomewhere(hits[n]));
    const guessed = units.flatMap((unit, n) => (isHere[n] && unit.isSlip && unit.word.length < SURE ? [n] : []));
    if (!guessed.length || !units.some((unit, n) => isHere[n] && !unit.isSlip)) return [];
    const isLone = guessed.some((n) => this.reader.lone(units[n]?.word ?? "").length);
    const isWith = ranked(found, units.map((_, n) => isHere[n] && (isLone || all[n])), []).length;
    return isWith ? [] : guessed;
  }

  /** @param {ByShard[]} hits of each unit @param {Shard[]} shards @param {Broken} broken @returns {Promise<import("./rank.js").Found[]>} */
  async found(hits, shards, broken) {
    const metas = await Promise.all(shards.map((shard) => unlessBroken(shard, broken, () => shard.meta())));
    return shards.flatMap((shard, n) => {
      const meta = metas[n];
      return meta && !broken.has(shard) ? [{ shard, meta, hits: hits.map((ofUnit) => ofUnit.get(shard) ?? new Map()) }] : [];
    });
  }

  /**
   * Where a word is almost nowhere and another, one letter away, is in many pages, look for that one, too.
   * @param {Unit} unit @param {ByShard[]} hits @param {Outcome["taken"]} taken @param {Shard[]} shards @param {Broken} broken
   */
  async likelier(unit, hits, taken, shards, broken) {
    const found = hits[0] ?? new Map();
    const pages = [...found.values()].reduce((sum, ofShard) => sum + ofShard.size, 0);
    if (taken.length || pages > SELDOM || unit.word.length < 3 || unit.isTied || (await this.lexicon.isGone(unit.word))) return;
    const [near] = await this.lexicon.nearTo(unit.word);
    if (!near || 2 ** near.rank < LIKELIER * pages) return;
    const others = await this.hits({ ...unit, forms: [{ text: near.text, weight: 0.5 }] }, shards, broken);
    hits[0] = new Map(shards.map((shard) => [shard, either([found.get(shard) ?? new Map(), others.get(shard) ?? new Map()])]));
    unit.forms.push({ text: near.text, weight: 0.5 });
    taken.push({ word: unit.typed, instead: near.text });
  }

  /**
   * Return results in which each of a unit's forms has its turn: nobody knows which of them ㄱㅅㅊ means.
   * @param {Unit} unit @param {Result[]} results @param {Shard[]} shards @param {Broken} broken
   */
  async inTurn(unit, results, shards, broken) {
    const hits = await Promise.all(unit.forms.map((form) => this.hits({ ...unit, forms: [form] }, shards, broken)));
    const queues = hits.map((ofForm) => results.filter(({ shard, page }) => ofForm.get(shard)?.has(page)));
    /** @type {Set<Result>} */
    const taken = new Set();
    for (let n = 0; n < Math.max(0, ...queues.map((queue) => queue.length)); n++) {
      for (const queue of queues) if (queue[n]) taken.add(/** @type {Result} */ (queue[n]));
    }
    return [...taken, ...results.filter((result) => !taken.has(result))];
  }

  /**
   * Put the pages that have the nouns just as they were typed before those that have others: 경기도, not 경기 or 경기력.
   * @param {Unit[]} units @param {Result[]} results @param {Shard[]} shards @param {Broken} broken
   */
  async asTypedFirst(units, results, shards, broken) {
    const hasNoun = units.some((unit) => !unit.isAside);
    const nouns = units.filter((unit) => unit.isNoun && !(unit.isAside && hasNoun));
    const hits = await Promise.all(nouns.map((unit) => this.hits({ ...unit, forms: [{ text: unit.word, weight: 1, isWhole: true }] }, shards, broken)));
    const haveAll = (/** @type {Result} */ { shard, page }) => hits.every((ofUnit) => ofUnit.get(shard)?.has(page));
    const first = results.filter(haveAll);
    if (!first.length || first.length === results.length) return results;
    return [...first, ...results.filter((result) => !haveAll(result)).map((result) => ({ ...result, isLoose: true }))];
  }

  /** Return the shards that may have all units, by what the lexicon says of their nouns; newest first. @param {Unit[]} units */
  async likely(units) {
    if (this.shards.length <= FIRST_SHARDS) return this.shards;
    const wheres = await Promise.all(units.filter((unit) => !unit.isVerb).map((unit) => this.where(unit)));
    const likely = this.shards.filter((shard) => wheres.every((where) => where(shard.number)));
    return likely.length ? likely : this.shards;
  }

  /** @param {Unit} unit @returns {Promise<(shard: number) => boolean>} */
  async where(unit) {
    if (unit.forms.some(({ stem }) => stem)) return () => true; // its forms are in no lexicon
    const wheres = await Promise.all(unit.forms.flatMap((form) => (form.parts ?? [form]).map((part) => this.lexicon.where(part.text))));
    const known = wheres.filter((where) => where !== undefined);
    return known.length ? (shard) => known.some((where) => where(shard)) : () => true;
  }

  /** Return a unit's hits by shard; a shard that cannot be read is added to `broken`. @param {Unit} unit @param {Shard[]} shards @param {Broken} broken @returns {Promise<ByShard>} */
  async hits(unit, shards, broken) {
    const all = await Promise.all(
      shards.map((shard) =>
        unlessBroken(shard, broken, async () => either(await Promise.all(unit.forms.map((form) => hitsOf(shard, this.lexicon, this.endings, form))))),
      ),
    );
    return new Map(shards.map((shard, n) => [shard, all[n] ?? new Map()]));
  }

  /** @param {Result[]} results @param {Unit[]} units @param {Shard[]} shards @param {Broken} broken */
  async less(results, units, shards, broken) {
    const hits = await Promise.all(units.map((unit) => this.hits(unit, shards, broken)));
    return results.filter(({ shard, page }) => !hits.some((ofUnit) => (ofUnit.get(shard)?.get(page)?.quality ?? 0) > 0.5));
  }
}

/** Return all pages of a shard, newest first. @param {Shard} shard @returns {Result[]} */
export const pagesOf = (shard) => Array.from({ length: shard.pages }, (_, page) => ({ shard, page, score: 0 }));

/** Return the results that are not among the others. @param {Result[]} results @param {Result[]} others */
function besides(results, others) {
  const seen = new Set(others.map(({ shard, page }) => `${shard.number}/${page}`));
  return results.filter(({ shard, page }) => !seen.has(`${shard.number}/${page}`));
}

/** Return whether any page has it. @param {ByShard | undefined} hits */
const isSomewhere = (hits) => [...(hits?.values() ?? [])].some((ofShard) => ofShard.size > 0);

/** Look for each of a unit's rivals in the newest shards that have it; return whether others are left. @param {Unit} unit */
function narrowed(unit) {
  if (!unit.areRivals) return false;
  const areLeft = unit.forms.some((form) => (form.shards?.length ?? 0) > RIVAL_SHARDS);
  for (const form of unit.forms) form.shards = form.shards?.slice(0, RIVAL_SHARDS);
  return areLeft;
}

/**
 * Leave out one word after the other until something is found: the most frequent one, as far as the rest is found together, for the
 * rare one is what was meant; of two as frequent the one that was not typed so. Of two that stand nowhere together, pages with either.
 * @param {import("./rank.js").Found[]} found @param {boolean[]} all @param {number[]} skipped @param {string[]} mended what was looked for instead of each word
 * @returns {[Result[], number[], boolean]} the pages, the words left out, and whether each page lacks only one of the last two
 */
function withoutSome(found, all, skipped, mended) {
  const nowhere = all.map((isNeeded, n) => isNeeded && found.every(({ hits }) => !hits[n]?.size));
  let needed = all.map((isNeeded, n) => isNeeded && !nowhere[n]);
  const lost = all.flatMap((_, n) => (nowhere[n] ? [n] : []));
  /** @type {number[]} */
  const left = [];
  const gain = (/** @type {number} */ n) => found.reduce((sum, { hits }) => sum + (hits[n]?.size ?? 0), mended[n] ? 0.5 : 0);
  const together = ranked(found, needed, skipped);
  let results = lost.length ? together : [];
  while (!results.length && needed.filter(Boolean).length > 1) {
    const ways = needed.flatMap((isNeeded, n) => (isNeeded ? [{ n, results: ranked(found, needed.map((one, k) => one && k !== n), skipped) }] : []));
    const some = ways.filter((way) => way.results.length);
    const best = (some.length ? some : ways).reduce((one, other) => (gain(other.n) > gain(one.n) ? other : one));
    left.push(best.n);
    needed = needed.map((one, n) => one && n !== best.n);
    results = best.results.slice(0, MOST_LOOSE);
    const other = ways.length === 2 && !together.length && !mended[best.n] ? ways.find((way) => way !== best) : undefined;
    if (other) return [[...results, ...besides(other.results, results).slice(0, MOST_LOOSE)], [...lost, best.n, other.n], true];
    const richest = some.reduce((one, other) => (other.results.length > one.results.length ? other : one), best);
    if (results.length && results.length < FEW && richest !== best && left.length === 1) {
      return [[...results, ...besides(richest.results, results)].slice(0, MOST_LOOSE), [...lost, best.n, richest.n], true];
    }
  }
  return [results, [...lost, ...left], false];
}
