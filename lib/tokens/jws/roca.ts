const GENERATOR = 65_537n;
const PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101,
  103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/** For each prime, the powers of the generator: what every such modulus leaves of a division by it. */
let remainders: readonly (readonly [prime: bigint, powers: ReadonlySet<bigint>])[] | undefined;

/**
 * Whether a modulus is one of the keys that Infineon's chips made up to 2017, which can be factored
 * (CVE-2017-15361). They are powers of 65,537 modulo each small prime; of other keys one in 2^27 is.
 *
 * @internal
 */
export function isRoca(modulus: bigint): boolean {
  remainders ??= PRIMES.map((prime) => [BigInt(prime), powersModulo(BigInt(prime))]);
  return remainders.every(([prime, powers]) => powers.has(modulus % prime));
}

function powersModulo(prime: bigint): ReadonlySet<bigint> {
  const powers = new Set<bigint>();
  for (let power = 1n; !powers.has(power); power = (power * GENERATOR) % prime) {
    powers.add(power);
  }
  return powers;
}
