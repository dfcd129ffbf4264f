// The files of the index: fetched once, unpacked. All names but the entry's follow from the bytes in the file.

const FORM = 1;
const SIGNATURE = "pagefind_dcd";

/**
 * @typedef {{ name: string, pages: number, undated?: number }} ShardEntry `undated`: of the pages, the last ones
 * @typedef {{ form: number, shards: ShardEntry[], pieces: Record<string, string>, initials: Record<string, string>, agencies?: string[],
 *   endings: { any: string[], final: string[], vowel: string[], rieul: string[], number: string[], likely: string[], verbs: string[], verb_ends: string[], inflections: string[], changes: string[], opened: string[], auxiliaries: string[], verbSyllables: number },
 *   languages: Record<string, number> }} Entry
 *   `agencies`: the names of each by spaces, with hyphens that part them in texts
 */

/** A file that is gone: the site has been published anew since the entry was read. */
export class Gone extends Error {}

export class Files {
  /** @param {string} base the address of the search folder */
  constructor(base) {
    this.base = base;
    /** @type {Map<string, Promise<Uint8Array>>} */
    this.fetched = new Map();
  }

  /** @param {RequestCache} [cache] @returns {Promise<Entry>} */
  async entry(cache = "default") {
    const answer = await fetch(`${this.base}entry.json`, { cache });
    if (!answer.ok) throw new Error(`entry.json: ${answer.status}`);
    const entry = await answer.json();
    if (entry.form !== FORM) throw new Error(`entry.json: form ${entry.form}`);
    return entry;
  }

  /** @param {string} path @returns {Promise<Uint8Array>} */
  bytes(path) {
    let file = this.fetched.get(path);
    if (!file) {
      file = unpacked(this.base + path);
      this.fetched.set(path, file);
      file.catch(() => this.fetched.delete(path));
    }
    return file;
  }

  /** @param {string} path */
  async text(path) {
    return new TextDecoder().decode(await this.bytes(path));
  }

  /** Return what a result shows. @param {string} path */
  async fragment(path) {
    const text = await this.text(path);
    if (!text.startsWith(SIGNATURE)) throw new Error(`${path}: not a fragment`);
    return JSON.parse(text.slice(SIGNATURE.length));
  }
}

/** @param {string} address */
async function unpacked(address) {
  const answer = await fetch(address);
  if (answer.status === 404) throw new Gone(address);
  if (!answer.ok || !answer.body) throw new Error(`${address}: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes; // a server that unpacks by itself
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
