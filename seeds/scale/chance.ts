// Chance by number instead of by name: a stream for each product that costs nothing to begin. The same on every machine.

export type Chance = {
  /** From 0 up to, not including, 1. */
  next: () => number
  /** A whole number from `min` to `max`, both included. */
  int: (min: number, max: number) => number
  /** One of the items; `skew` above 1 prefers those at the front, as sales and shelves do. */
  pick: <T>(items: readonly T[], skew?: number) => T
  chance: (share: number) => boolean
}

/** The stream of the `index`th thing of `seed` (mulberry32 over a mix of both). */
export function chanceOf(seed: number, index: number): Chance {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick: (items, skew = 1) => items[Math.floor(items.length * next() ** skew)] as (typeof items)[number],
    chance: (share) => next() < share,
  }
}

/** A number that looks like chance, other numbers for other numbers (the end of MurmurHash3). */
function scattered(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

const kinds = {
  category: '0',
  product: '1',
  option: '2',
  variant: '3',
  image: '4',
  review: '5',
  movement: '6',
  store: '7',
} as const

/**
 * The id of the `index`th row of a kind: a UUID version 8 (RFC 9562 §5.8) that sorts by index, as the shop's own ids sort
 * by time, and ends as theirs do in what looks like chance. Seeds up to 65,535 never meet.
 */
export function scaleId(kind: keyof typeof kinds, seed: number, index: number): string {
  const hex = index.toString(16).padStart(10, '0')
  const own = (seed & 0xffff).toString(16).padStart(4, '0')
  const end = scattered(index ^ (seed << 16))
    .toString(16)
    .padStart(8, '0')
  return `5ca${kinds[kind]}${own}-${hex.slice(0, 4)}-8${hex.slice(4, 7)}-8${hex.slice(7)}-0000${end}`
}
