// What a reader typed → what is looked for: each word in the forms it may have in the texts.

import { fromKeys, isHangul, isInitials, isJamo, isSyllable, parts, span, toKeys } from "./hangul.js";
import { isAside, isFunction, taken, telling } from "./typed.js";
import { beginningsOf } from "./verbs.js";
import { otherDot, POINT, STEM } from "./words.js";

/**
 * @typedef {import("./match.js").Form} Form
 * @typedef {import("./typed.js").Typed} Typed
 * @typedef {{ word: string, typed: string, forms: Form[], skipped: number, isVerb?: boolean, isAside?: boolean, isNoun?: boolean, areRivals?: boolean, instead?: string, isSlip?: boolean, apart?: string[], isTied?: boolean }} Unit
 *   `typed`: the word as it was typed; `skipped`: how many words that say nothing stood before it; `isVerb`: beside nouns it need not be there;
 *   `isAside`: pages that have it stand first, and no other is looked for instead;
 *   `isNoun`: pages that have it as it was typed stand before those with its other forms;
 *   `areRivals`: only one of its forms was meant, and nobody knows which; `instead`: what it was taken for; `isSlip`: by its letters;
 *   `apart`: the words that a sign ties (`isTied`) in it
 * @typedef {{ units: Unit[], phrases: string[], isAllQuoted: boolean, without: Unit[], withoutPhrases: string[] }} Query
 */

const AS_TYPED = 1.1; // with the ending it was typed with, a word is a little more like what was meant
const AS_ONE = 0.8; // 시도 where 시·도 was typed, 과기정통부 for 과기부
const AS_NOUN = 0.4; // the noun in what ends as only verbs do: 배우 in 배우고
const UNLIKELY = 0.5; // a verb in what stands in the index as a rare noun
const OFTEN = 3; // doublings: a stem that is eight times as frequent as the whole word is what was meant
const SELDOM = 4; // doublings: a longer stem that is so much rarer than a shorter one is a mistake
const RARE = 4; // doublings: so rare a noun may be a form of a verb
const KNOWN = 3; // doublings: 들어오다 in 들어와, though 들어 may have a particle
const SCARCE = 6; // doublings: a verb so rare is looked for in all its forms
const COMPLETIONS = 4;
const RUNS = /[가-힣]+|[^가-힣]+/g; // parts of a word by script: 지하2층 may stand as 지하 2층
const COUNTED = /^(\d[\d\ua7f7\ua78f만억조천백십]*[만억조천백십])([가-힣])$/; // 100만명 may stand as 100만 명, 5조4000억원 as 5조4000억 원
const OF_FIGURES = /^\d[\d만억조천백십]*[가-힣]$|\d[\ua7f7\ua78f]\d/; // 100만명, 37명, 3·1운동: a page that only has both parts somewhere has another number
const MIXED = /(^[가-힣]+)?([^가-힣]+)([가-힣]*)/g; // a figure or letters, with what stands behind it, the first one with what stands before it
const MEASURE = /^(?:(\d+)([a-z]+)|([a-z]+)(\d+))$/; // 120mm may stand as 120 mm, KC135 as KC-135
const LETTERS = /^[a-z]{2,}$/;
const LETTERED = /^([a-z])([a-z]{2,})$/; // KPOP may stand as K-POP
const COUNTERS = 2; // syllables: 세 of 65세이상, 세대 of 1세대주택
const MOST_WAYS = 4;
const DAY = /^\s*(\d{4})[.\-/]\s*0?(\d{1,2})[.\-/]\s*0?(\d{1,2})\.?\s*(?:\(.\)\s*)?$/; // 2024. 7. 19. stands in texts as 2024년 7월 19일
const MONTH = /^\s*((?:19|20)\d\d)[.\-/]\s*0?([1-9]|1[0-2])\s*[.월]?\s*$/;
const BOUND = "데바줄채뿐만가도로와과"; // syllables that stand for nothing alone, or are particles
const MOST_INITIALS = 10;
const MOST_JOINED = 4; // words
const MOST_SPLITS = 2;
const MOST_VERBS = 2;
const SS = 20; // ㅆ among the final consonants
const LONGEST = 40; // letters: beyond it no word is taken apart

export class Reader {
  /** @param {import("./lexicon.js").Lexicon} lexicon @param {import("./endings.js").Endings} endings */
  constructor(lexicon, endings) {
    this.lexicon = lexicon;
    this.endings = endings;
  }

  /** @param {string} typed @returns {Promise<Query>} */
  async read(typed) {
    const { said, written } = dated(typed.normalize("NFC"));
    const { words, phrases, isAllQuoted, without, withoutPhrases } = taken(said);
    const units = await Promise.all(telling(await this.tied(words)).map((one) => this.unit(one)));
    await this.join(units);
    for (const { forms } of units) forms.push(...written);
    return { units, phrases, isAllQuoted, without: await Promise.all(without.map((one) => this.unit({ ...one, skipped: 0 }))), withoutPhrases };
  }

  /**
   * Return words with a lone syllable tied to its neighbour where both are one noun elsewhere: 집 값, 아파트 값이, 간호 법.
   * @param {Typed[]} words @returns {Promise<Typed[]>}
   */
  async tied(words) {
    /** @type {Typed[]} */
    const out = [];
    for (const one of words) {
      const before = out.at(-1);
      const noun = before && (await this.nounOf(before.word, one.word));
      if (noun) out[out.length - 1] = { word: before.word + one.word, typed: `${before.typed} ${one.typed}`, apart: [...(before.apart ?? [before.word]), noun.slice(before.word.length)] };
      else out.push(one);
    }
    return out;
  }

  /** Return the noun that two words are of which one is a lone syllable, but for its particle; "" if there is none. @param {string} before @param {string} after */
  async nounOf(before, after) {
    if (!isHangul(before + after) || isFunction(before) || isFunction(after)) return "";
    const whole = before + after;
    const stems = this.endings.stems(whole).filter((noun) => this.endings.isTail(whole.slice(noun.length), noun.at(-1) ?? "")); // 용도 in 개인 용도 is no 용
    const ways = [whole, ...stems].filter((noun) => noun.length > before.length && (before.length === 1 || noun.length === before.length + 1));
    for (const noun of ways) if (await this.lexicon.noun(noun)) return noun;
    return "";
  }

  /** @param {Typed & { skipped: number }} one @returns {Promise<Unit>} */
  async unit({ word, typed, skipped, apart, isTied }) {
    if (isInitials(word)) return { word, typed, skipped, ...(await this.byInitials(word)) };
    const names = this.namesOf(word);
    if (apart && isTied) return { word, typed, skipped, apart, isTied, forms: [...(await this.tiedForms(word, apart, typed.includes("&") || areFigures(apart))), ...names] };
    const forms = await this.forms(word);
    if (apart) forms.push(together(word, apart));
    if (otherDot(word)) forms.push({ text: otherDot(word), weight: 1 });
    if (names.length) return { word, typed, skipped, forms: [...forms, ...names] };
    const noun = forms.length > 1 && isHangul(word) && word.length > 1 ? await this.lexicon.noun(word) : undefined;
    const isOfNoun = forms.some(({ text, begins, parts }) => !begins && !parts && text.length < word.length && word.startsWith(text));
    const isNoun = noun !== undefined && (noun.rank >= RARE || isOfNoun);
    return { word, typed, skipped, forms, isVerb: isAside(word) || forms.some((form) => form.isVerb), isAside: isAside(word), isNoun };
  }

  /** Return the forms of the other names of an agency, with a particle or without, or of what is spelt in several ways: 과학기술정보통신부 of 과기부는, K팝 of K-POP. @param {string} word @returns {Form[]} */
  namesOf(word) {
    const bare = this.endings.stems(word).filter((stem) => this.endings.isTail(word.slice(stem.length), stem.at(-1) ?? ""));
    const rows = (this.lexicon.entry.agencies ?? []).map((names) => names.split(" "));
    for (const one of [word, ...bare]) {
      const named = rows.filter((names) => names.some((name) => name.replaceAll("-", "") === one));
      if (named.length) return [...new Set(named.flat())].filter((name) => name !== one).flatMap(formsOfName);
    }
    return [];
  }

  /**
   * Return the forms of words that a sign ties: side by side and whole, or as one word, which M&A and MA are not, nor 2-0 and 20.
   * @param {string} word @param {string[]} apart @param {boolean} isNeverOne @returns {Promise<Form[]>}
   */
  async tiedForms(word, apart, isNeverOne) {
    const head = apart.slice(0, -1);
    const tails = await this.tails(apart.at(-1) ?? "");
    const forms = tails.map((tail) => together(word, [...head, ...tail], true));
    if (isHangul(word)) return [...forms, ...(await this.asOne(word))];
    const ones = tails.map(([first = "", ...rest]) => together(word, [head.join("") + first, ...rest]));
    return isNeverOne ? forms : [...forms, ...ones];
  }

  /** Return the forms of tied words where they are one word, as far as the lexicon has any that begins so: 시도 of 시·도. What a sign ties is no verb, and 한몽골 is nowhere. @param {string} word @returns {Promise<Form[]>} */
  async asOne(word) {
    const forms = (await this.forms(word)).filter(({ begins, isGuess }) => !begins && !isGuess);
    const known = await Promise.all(forms.map(({ text, parts }) => parts ?? this.lexicon.where(text)));
    return forms.filter((_, n) => known[n]).map((form) => ({ ...form, weight: form.weight * AS_ONE }));
  }

  /** Return the ways in which the last of tied words may stand: 예산을 of R&D예산을 with its particle or without, with D or apart. @param {string} last @returns {Promise<string[][]>} */
  async tails(last) {
    const bare = await this.withoutParticle(last);
    const [first = "", ...rest] = bare;
    const mixed = /^([a-z]+)(\d+)$/.exec(bare)?.slice(1);
    const nouns = isHangul(bare) ? (await this.splits(bare)).map(({ parts = [] }) => parts.map(({ text }) => text)) : [];
    const ways = isHangul(bare) ? [[first, rest.join("")], ...nouns] : await this.waysOf(bare);
    const known = await Promise.all(ways.map(async (way) => (await Promise.all(way.slice(1).map((part) => this.lexicon.noun(part)))).every(Boolean)));
    return [[last], ...(bare === last ? [] : [[bare]]), ...(mixed ? [mixed] : []), ...ways.filter((_, n) => known[n])];
  }

  /** Return a syllable, a figure, letters or a known noun without the particle behind it. @param {string} word */
  async withoutParticle(word) {
    if (isHangul(word) && (await this.lexicon.noun(word))) return word;
    for (let end = word.length - 1; end > 0; end--) {
      const [stem, letter] = [word.slice(0, end), word[end - 1] ?? ""];
      if (this.endings.isTail(word.slice(end), letter) && (end === 1 || !isSyllable(letter) || (await this.lexicon.noun(stem.replace(/^[^가-힣]+/, ""))))) return stem;
    }
    return word;
  }

  /** Return the forms in which a word may stand in a text. @param {string} word @returns {Promise<Form[]>} */
  async forms(word) {
    const { lexicon } = this;
    const mixed = MEASURE.exec(word)?.slice(1).filter(Boolean);
    if (mixed) return [{ text: word, weight: 1 }, together(word, mixed)];
    const [, ...lettered] = LETTERED.exec(word) ?? [];
    if (lettered[1] && (await lexicon.noun(lettered[1]))) return [{ text: word, weight: 1 }, together(word, lettered, true)];
    if (word.length > LONGEST || (!isSyllable(word.at(-1) ?? "") && !isJamo(word.at(-1) ?? ""))) return [{ text: word, weight: 1 }];
    const whole = await lexicon.noun(word);
    if (/^[^가-힣]/.test(word)) {
      const bare = await this.withoutParticle(word); // K-콘텐츠를 is K콘텐츠, too
      return [{ text: word, weight: 1 }, ...(await this.bare(word)), ...(await this.anySplits(word)), ...(bare === word ? [] : await this.splits(bare))];
    }
    const stems = (await Promise.all(this.endings.stems(word).map((stem) => lexicon.noun(stem)))).filter((noun) => noun !== undefined);
    const most = Math.max(0, ...stems.map((noun) => noun.rank));
    const stem = stems.find((noun) => noun.rank >= most - SELDOM);
    const meant = whole && (!stem || stem.rank < whole.rank + OFTEN) ? whole.text : stem?.text;
    if (meant === word) return this.asNoun(word, word, whole?.rank ?? 0, []);
    const longer = await lexicon.beginningWith(word);
    if (meant) return this.asNoun(word, meant, stem?.rank ?? 0, longer);
    const inflected = (await this.verbs(word)).map(({ form }) => ({ ...form, isVerb: true }));
    if (inflected.length) return [...inflected, { text: word, weight: 1, isVerb: true }];
    if (longer.length) return [...completions(word, longer), ...begun(word)];
    const split = await this.anySplits(word);
    if (split.length) return [...split, { text: word, weight: 1 }, ...this.withoutEnding(word)];
    return [{ text: word, weight: 1 }, ...begun(word), ...(await this.guesses(word)), ...this.spelt(word)];
  }

  /**
   * Return the forms of a word that is a noun, or one with an ending.
   * @param {string} word @param {string} noun @param {number} rank how frequent it is @param {import("./lexicon.js").Noun[]} longer nouns that begin with the word
   * @returns {Promise<Form[]>}
   */
  async asNoun(word, noun, rank, longer) {
    const ending = word.slice(noun.length);
    const verbs = await this.verbs(word);
    const sure = verbs.filter((verb) => (this.endings.isOfNoun(ending) ? verb.stem.length === word.length && verb.rank >= KNOWN : verb.stem.startsWith(noun)));
    if (ending && sure.length) return [...sure.map(({ form }) => form), { text: word, weight: 1 }, { text: noun, weight: AS_NOUN }];
    const completed = longer.filter(({ text, rank: ofLonger }) => text.length === word.length && ofLonger >= rank - 1).slice(0, 1);
    const least = ending ? rank : rank + OFTEN;
    const inflected = verbs.filter((verb) => rank < RARE || (verb.rank >= least && (ending || verb.stem !== word))).map(({ form }) => form);
    return [
      { text: noun, weight: 1, verb: this.endings.isOfVerb(ending) ? ending : undefined },
      ...(await this.splits(noun)),
      ...(ending ? [{ text: word, weight: AS_TYPED }] : []),
      ...completed.map(({ text }) => ({ text, weight: 0.95 })),
      ...inflected,
      ...(!verbs.length && rank < RARE && (ending || isPast(word)) ? this.spelt(word, ending ? 1 : UNLIKELY) : []),
    ];
  }

  /** Return the verb that a word is a form of if it is one of a verb nobody knows: 비켰다. @param {string} word @param {number} [weight] @returns {Form[]} */
  spelt(word, weight = 1) {
    const stem = isHangul(word) && word.length > 1 ? this.endings.verbStem(word) : "";
    return stem.length > 1 ? [{ ...verbForm(stem, 0), weight }] : [];
  }

  /** Return what a word of which nothing is known may be: one with a particle, or a known noun and one more. @param {string} word @returns {Promise<Form[]>} */
  async guesses(word) {
    if (!isHangul(word)) return [];
    const stems = this.withoutEnding(word);
    const { nouns } = await this.lexicon.piece(word);
    const head = nouns.filter(({ text }) => text.length > 1 && text.length < word.length && word.startsWith(text)).at(-1)?.text;
    if (!head) return stems;
    const rest = word.slice(head.length);
    return [...stems, { text: word, weight: 0.8, isGuess: true, parts: [{ text: head, weight: 1 }, { text: rest, weight: 1, isWhole: rest.length === 1 }] }];
  }

  /** Return what a word may be without a particle. @param {string} word @returns {Form[]} */
  withoutEnding(word) {
    return this.endings.stems(word).map((text) => ({ text, weight: 0.8 }));
  }

  /** Return the verbs that a word may be a form of, the frequent ones first. @param {string} word @returns {Promise<{ rank: number, stem: string, form: Form }[]>} */
  async verbs(word) {
    if (!isHangul(word) || word.length < 2) return [];
    const known = await Promise.all(this.endings.verbStems(word).map(async (stem) => ({ stem, verb: await this.lexicon.noun(stem + STEM) })));
    const found = known.flatMap(({ stem, verb }) => (verb ? [{ rank: verb.rank, stem, form: verbForm(stem, verb.rank) }] : []));
    return found.sort((a, b) => b.rank - a.rank).slice(0, MOST_VERBS);
  }

  /** Return a word of figures or letters without the particle after it: 2019년에, KOTRA는. @param {string} word @returns {Promise<Form[]>} */
  async bare(word) {
    const known = await Promise.all(this.endings.stems(word).map((stem) => this.lexicon.noun(stem)));
    const ends = known.filter((noun) => noun && !isCounted(word, noun.text) && this.endings.isParticle(word.slice(noun.text.length), noun.text.at(-1) ?? ""));
    return ends.slice(0, 1).map((noun) => ({ text: noun?.text ?? word, weight: 0.9 }));
  }

  /** Return the ways to make a long noun of known ones. @param {string} word @param {number} [depth] @returns {Promise<Form[]>} */
  async splits(word, depth = 0) {
    if (!isHangul(word) && !depth) return [...word].some(isJamo) ? [] : (await this.waysOf(word)).map((some) => together(word, some));
    if (!isHangul(word) || word.length < 4 || depth > 1) return [];
    const { nouns } = await this.lexicon.piece(word);
    const known = new Map(nouns.map((noun) => [noun.text, noun]));
    /** @type {{ rank: number, form: Form }[]} */
    const found = [];
    /** @type {Form[]} */
    const finer = []; // 에어컨 청소 비용, where 청소비용 is a noun, too
    for (let cut = 2; cut <= word.length - 2; cut++) {
      const text = word.slice(0, cut);
      const head = known.get(text) ?? this.endings.stems(text).map((stem) => known.get(stem)).find(Boolean); // 지자체별물가 stands as 지자체별 물가
      if (!head) continue;
      const rest = word.slice(cut);
      const tail = await this.lexicon.noun(rest);
      const first = { text, weight: 1, isWhole: true };
      if (tail) found.push({ rank: Math.min(head.rank, tail.rank), form: { text: word, weight: 1, parts: [first, { text: rest, weight: 1, isWhole: true }] } });
      for (const { parts = [] } of await this.splits(rest, depth + 1)) finer.push({ text: word, weight: 1, parts: [first, ...parts] });
    }
    const likeliest = found.sort((a, b) => b.rank - a.rank).slice(0, MOST_SPLITS).map(({ form }) => form);
    return [...likeliest, ...finer.slice(0, MOST_SPLITS)];
  }

  /** Return the ways to make a word of known ones, or where there are none, to make it so without its particle. @param {string} word */
  async anySplits(word) {
    for (const one of [word, ...this.endings.stems(word)]) {
      const split = await this.splits(one);
      if (split.length) return split;
    }
    return [];
  }

  /** Return the ways to cut a word of several scripts: 지하 | 2층, 65세 | 이상, 7월 | 19일, 코로나19 | 백신. @param {string} word @returns {Promise<string[][]>} */
  async waysOf(word) {
    const runs = word.match(RUNS) ?? [];
    if (runs.length < 2 || (word.length < 3 && !/^[a-z]/.test(word))) return [];
    const counted = COUNTED.exec(word)?.slice(1);
    /** @type {string[][]} */
    let ways = [[]];
    for (const [, head = "", figure = "", rest = ""] of word.matchAll(MIXED)) {
      const isOne = !head || (await this.lexicon.noun(head + figure)) !== undefined;
      const counted = runs.length > 2 ? COUNTED.exec(figure + rest)?.slice(1) : undefined; // 원 of 5조 4000억 원
      const cuts = [...(await this.cutsOf(isOne ? head + figure : figure, rest)), ...(counted ? [counted] : [])];
      ways = ways.flatMap((way) => cuts.map((cut) => [...way, ...(isOne ? [] : [head]), ...cut])).slice(0, MOST_WAYS);
    }
    const found = ways.filter((way) => way.length > 1);
    return [...(found.length || runs.length > 2 ? found : [runs]), ...(counted ? [counted] : [])];
  }

  /** Return where a figure with what stands behind it may be cut: 65세 | 이상 where 이상 is a noun, or nowhere. @param {string} figure @param {string} rest @returns {Promise<string[][]>} */
  async cutsOf(figure, rest) {
    const cuts = [[figure + rest]];
    for (let n = 0; n <= (/\d$/.test(figure) ? COUNTERS : 0) && n < rest.length - 1; n++) {
      const tail = rest.slice(n);
      const parts = (await this.lexicon.noun(tail)) ? [tail] : (await this.splits(tail, 1))[0]?.parts?.map(({ text }) => text);
      if (parts) cuts.push([figure + rest.slice(0, n), ...parts]);
    }
    return cuts;
  }

  /** @param {string} initials */
  async byInitials(initials) {
    const nouns = (await this.lexicon.withInitials(initials)).slice(0, MOST_INITIALS);
    const forms = nouns.map((noun) => ({ text: noun.text, weight: 1, isWhole: noun.text.length === initials.length, shards: this.lexicon.shardsOf(noun) }));
    return { forms, instead: nouns[0]?.text, areRivals: true };
  }

  /** Return the nouns that a word was put together from, where no text has them side by side. @param {Unit} unit @returns {Promise<string[]>} */
  async apart({ word, apart, isTied }) {
    if (apart && isTied && !isHangul(word)) return apart.every((part) => LETTERS.test(part)) ? apart : []; // R and D are in any text
    if ([word, ...this.endings.stems(word)].some((one) => OF_FIGURES.test(one))) return [];
    if (!isHangul(word)) return (await this.anySplits(word))[0]?.parts?.map(({ text }) => text) ?? [];
    let best = { rank: -1, parts: /** @type {string[]} */ ([]) };
    for (const one of [word, ...this.endings.stems(word)]) {
      const parts = (await this.splits(one))[0]?.parts?.map(({ text }) => text) ?? [];
      const nouns = await Promise.all(parts.map((part) => this.lexicon.noun(part)));
      const rank = parts.length ? Math.min(...nouns.map((noun) => noun?.rank ?? 0)) : -1;
      if (rank > best.rank) best = { rank, parts }; // not 사건에 and 서는 where 사건 stands more often
    }
    return best.parts;
  }

  /** Words that are one noun elsewhere are looked for as that, too: 불법 전략 물자. @param {Unit[]} units */
  async join(units) {
    const asked = units.map(({ word, forms }) => [...new Set([word, forms[0]?.text ?? "", ...this.endings.stems(word)])].filter((noun) => noun.length > 1 && word.startsWith(noun)));
    for (let first = 0; first < units.length; first++) {
      let text = units[first]?.word ?? "";
      for (let last = first + 1; last < Math.min(units.length, first + MOST_JOINED); last++) {
        const { word, skipped } = /** @type {Unit} */ (units[last]);
        if (skipped || !isHangul(text + word)) break;
        for (const noun of asked[last] ?? []) {
          if (!(await this.lexicon.beginningWith(text + noun)).length) continue;
          for (const one of units.slice(first, last + 1)) one.forms.push({ text: text + noun, weight: 1 });
          break;
        }
        text += word;
      }
    }
  }

  /** Return the forms of a lone syllable with a particle, any other or none: 불 and 불이 of 불에, none of 수은: 수 says nothing. The lexicon has no syllables. @param {string} word @returns {Form[]} */
  lone(word) {
    const noun = word[0] ?? "";
    if (!isHangul(word) || isFunction(noun) || BOUND.includes(noun) || !this.endings.isTail(word.slice(1), noun)) return [];
    const endings = [...this.endings.likely].filter((ending) => this.endings.mayFollow(ending, noun));
    return ["", ...endings].map((ending) => ({ text: noun + ending, weight: 1, isExact: true }));
  }

  /**
   * Return what else a word that stands nowhere may have been meant to be: typed on the other keyboard, or with a slip.
   * @param {Unit} unit
   * @returns {Promise<{ forms: Form[], instead: string, isSlip?: boolean } | undefined>} `instead`: "" where it is the word all the same, in another form
   */
  async instead({ word, typed, apart, isTied }) {
    if (apart && isTied) return this.insteadOfTied(word, apart);
    const other = /^[a-z]+$/.test(word) ? fromKeys(typed) : [...word].some(isJamo) ? toKeys(word).toLowerCase() : "";
    if (other.length >= (isHangul(other) ? 2 : 3) && other !== word && (isHangul(other) || /^[a-z]+$/.test(other))) return { forms: await this.forms(other), instead: other };
    for (const one of [word, ...this.endings.stems(word)]) {
      const near = (await this.lexicon.nearTo(one)).slice(0, 2);
      if (near[0]) return { forms: near.map((noun, n) => ({ text: noun.text, weight: n ? 0.5 : 1 })), instead: near[0].text, isSlip: true };
    }
    const verb = isHangul(word) ? this.endings.verbStem(word) : "";
    return verb ? { forms: beginningsOf(verb).map((form) => ({ ...form, weight: 1 })), instead: "" } : undefined;
  }

  /** Return what tied words that stand nowhere may become, or their last one where that says something by itself: 고등학교 of 중·고등학교. Letters that are far apart are no slip. @param {string} word @param {string[]} apart */
  async insteadOfTied(word, apart) {
    if (!isHangul(word)) return { forms: [begunOf(word, apart)], instead: "" };
    const last = apart.at(-1) ?? "";
    return last.length > 2 ? { forms: await this.forms(last), instead: last } : undefined; // 미는 of 한·미는
  }
}

/** Return a day or a month that was typed as 2024년 7월 19일, and the figures in which it may stand in texts as well: 2024.07.19, a day of 2024-07, too. @param {string} typed @returns {{ said: string, written: Form[] }} */
function dated(typed) {
  const [, year, month = "", day] = DAY.exec(typed) ?? MONTH.exec(typed) ?? [];
  if (!year) return { said: typed, written: [] };
  const figures = day ? [month, day] : [month];
  const texts = [1, 2].map((digits) => [year, ...figures.map((figure) => figure.padStart(digits, "0"))].join(POINT));
  const written = texts.map((text) => ({ text, weight: 1, isWhole: true }));
  if (day) return { said: `${year}년 ${month}월 ${day}일`, written };
  return { said: `${year}년 ${month}월`, written: [...written, ...texts.map((text) => ({ text: text + POINT, weight: 1 }))] };
}

/** Return what is looked for of a verb. The forms of a rare one are spelt out: the index may not know all of them for its. @param {string} stem @param {number} rank @returns {Form} */
function verbForm(stem, rank) {
  return { text: stem + STEM, begins: beginningsOf(stem), weight: 1, ...(rank < SCARCE && stem.length > 1 ? { stem } : {}) };
}

/** Return the form of a word whose parts stand one after the other. @param {string} text @param {string[]} parts @param {boolean} [areTied] only the last one may go on @returns {Form} */
function together(text, parts, areTied = false) {
  if (parts.length === 1) return { text: parts[0] ?? text, weight: 1, isWhole: true };
  return { text, weight: 1, parts: parts.map((part, n) => ({ text: part, weight: 1, isWhole: true, isExact: areTied && n < parts.length - 1 })) };
}

/** Return the forms of a name: K-팝 stands as K팝, too. @param {string} name @returns {Form[]} */
function formsOfName(name) {
  const parts = name.split("-");
  const forms = [together(name, [parts.join("")]), ...(parts.length > 1 ? [together(name, parts, true)] : [])];
  return forms.map((form) => ({ ...form, weight: AS_ONE }));
}

/** Return whether a figure follows a figure. @param {string[]} apart */
const areFigures = (apart) => apart.some((part, n) => n > 0 && /^\d/.test(part) && /\d$/.test(apart[n - 1] ?? ""));

/** Return the form of tied words of which the last may go on: F-3 becomes F-35. @param {string} text @param {string[]} apart @returns {Form} */
function begunOf(text, apart) {
  return { text, weight: 1, parts: apart.map((part, n) => ({ text: part, weight: 1, isExact: n < apart.length - 1 })) };
}

/** Return whether what follows a figure counts: 만 in 100만 is ten thousand, no particle. @param {string} word @param {string} figure */
function isCounted(word, figure) {
  return /\d$/.test(figure) && word.startsWith("만", figure.length);
}

/** Return whether a word has the sign of the past after its first syllable, as 비켰다. @param {string} word */
function isPast(word) {
  return isHangul(word) && [...word].slice(1).some((letter) => parts(letter).final === SS);
}

/** Return a word without the syllable that has only begun: 어민ㅇ may become 어민이. @param {string} word @returns {Form[]} */
function begun(word) {
  return word.length > 2 && isJamo(word.at(-1) ?? "") ? [{ text: word.slice(0, -1), weight: 0.25 }] : [];
}

/** @param {string} word @param {import("./lexicon.js").Noun[]} nouns that begin with it, the frequent ones first @returns {Form[]} */
function completions(word, nouns) {
  const same = nouns.filter((noun) => noun.text.length === word.length).slice(0, COMPLETIONS);
  const forms = same.map((noun, n) => ({ text: noun.text, weight: 1 - n * 0.15 }));
  const [first, last] = span(word);
  if (first === word && !same.length) return [{ text: word, weight: 1 }];
  return [...forms, { text: word.slice(0, -1), spans: [[first.slice(-1), last.slice(-1)]], weight: 0.3, isNoun: true }];
}
