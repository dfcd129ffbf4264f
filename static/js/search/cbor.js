// CBOR (RFC 8949), as far as the index uses it: numbers, bytes, texts, arrays and maps of known length.

/** @param {Uint8Array} bytes @returns {unknown} */
export function decode(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = new TextDecoder();
  let at = 0;

  /** @param {number} detail @returns {number} the number a head carries */
  function size(detail) {
    if (detail < 24) return detail;
    const length = 1 << (detail - 24);
    at += length;
    if (length === 1) return view.getUint8(at - 1);
    if (length === 2) return view.getUint16(at - 2);
    if (length === 4) return view.getUint32(at - 4);
    throw new RangeError("not a file of this index");
  }

  /** @returns {unknown} */
  function next() {
    const head = view.getUint8(at++);
    const n = size(head & 31);
    switch (head >> 5) {
      case 0:
        return n;
      case 1:
        return -1 - n;
      case 2:
        return bytes.subarray(at, (at += n));
      case 3:
        return text.decode(bytes.subarray(at, (at += n)));
      case 4: {
        const list = new Array(n);
        for (let i = 0; i < n; i++) list[i] = next();
        return list;
      }
      case 5: {
        /** @type {Record<string, unknown>} */
        const map = {};
        for (let i = 0; i < n; i++) map[String(next())] = next();
        return map;
      }
      default:
        throw new RangeError("not a file of this index");
    }
  }
  return next();
}
