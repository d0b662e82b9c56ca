// Of our own: the browser's is asynchronous, a hundred times slower for so short a text, and absent without https.
const primes = firstPrimes(64);
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
const start = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const constants = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number += 1)
    if (found.every((prime) => number % prime)) found.push(number);
  return found;
}

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
const word = (words: Uint32Array, at: number): number => words[at] ?? 0;

/** The first word of the SHA-256 of a padded block. `words` has 64: the block's 16, and room for what is made of them. */
export function firstWordOfSha256(words: Uint32Array): number {
  spread(words);
  let [a, b, c, d] = [word(start, 0), word(start, 1), word(start, 2), word(start, 3)];
  let [e, f, g, h] = [word(start, 4), word(start, 5), word(start, 6), word(start, 7)];
  for (let at = 0; at < 64; at += 1) {
    const choice = (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g));
    const added = (h + choice + word(constants, at) + word(words, at)) | 0;
    const majority = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + added) | 0;
    d = c;
    c = b;
    b = a;
    a = (added + majority) | 0;
  }
  return (word(start, 0) + a) >>> 0;
}

function spread(words: Uint32Array): void {
  for (let at = 16; at < 64; at += 1) {
    const early = word(words, at - 15);
    const late = word(words, at - 2);
    const mixed =
      (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
    words[at] = word(words, at - 16) + mixed + word(words, at - 7);
  }
}
