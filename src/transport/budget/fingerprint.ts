/**
 * A name for a token under which its budget is kept: 64 bits as hexadecimal digits, the same in every process.
 *
 * Too short to have the token back from it, whatever one computes: Clever's tokens have 160 bits. Not for proving anything:
 * two tokens with one name would share a budget, and go slower than they might. Web Crypto's digests would do as well,
 * but only asynchronously, which would put every request off.
 *
 * Source: the finalizer of MurmurHash3 (Austin Appleby, public domain), over two lanes.
 */
export function fingerprint(text: string): string {
  let [high, low] = [0x9e3779b9, 0x85ebca6b];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  return hex(mix(high ^ (low >>> 15))) + hex(mix(low ^ (high >>> 13)));
}

function mix(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
