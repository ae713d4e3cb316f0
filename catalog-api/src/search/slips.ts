// Slips of the pen: letters added, left out, changed or swapped. Pure. Two words are some slips apart when they share a
// form with as many letters left out (symmetric delete), so that the nearest words are found by an index.

/** One slip in words of four letters and more, two in those of eight and more; numbers are never guessed. */
export function slipsAllowed(word: string): 0 | 1 | 2 {
  if (word.length < 4 || word.length > 40 || /\d/.test(word)) return 0
  return word.length >= 8 ? 2 : 1
}

/** Letters from the front that are left out in turn: keeps the forms of a long word few. */
const front = 7

/**
 * The forms of `word` with up to so many of its first seven letters left out as it may be off by, itself included.
 * Words are kept with the forms for two slips: a longer or shorter word may be meant.
 */
export function slipForms(word: string, slips: number = 2): string[] {
  const head = word.slice(0, front)
  let last = new Set([head])
  const all = new Set(last)
  for (let left = 0; left < slips; left++) {
    const next = new Set<string>()
    for (const form of last) for (let at = 0; at < form.length; at++) next.add(form.slice(0, at) + form.slice(at + 1))
    for (const form of next) if (form.length > 1) all.add(form)
    last = next
  }
  return [...all]
}

/**
 * Letters added, left out, changed or swapped with their neighbour (optimal string alignment); gives up beyond `most`
 * and answers `most + 1`.
 */
export function slipsBetween(a: string, b: string, most: number): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return Math.min(last[b.length] ?? 0, most + 1)
}
