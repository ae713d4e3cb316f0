// Bad weather for tests and trials: events lost, late, doubled, shuffled or wrongly signed; answers of the API that get lost
// after the work was done; shoppers that are not sent back. Drawn from a seed, so that a bad day can be had again.

/** The next `next` times surely, after that each time with these odds (0 to 1). */
export interface Chance {
  next: number
  odds: number
}

export interface Weather {
  seed: number
  webhooks: {
    delayMs: number
    /** How many times more than once each event is sent. */
    duplicates: number
    /** Nothing is sent while true; the queue keeps it. */
    dropped: boolean
    /** Each event waits a little, so that they arrive in any order. */
    shuffled: boolean
    /** Odds (0 to 1) that an event is never sent at all. */
    lost: number
    /** So many times each event is sent with a wrong signature before it is sent well. */
    misSigned: number
  }
  api: {
    /** The work is done, the answer is 500. */
    failing: Chance
    /** The work is done, no answer comes: after `hangMs` the line is cut. */
    hanging: Chance
    hangMs: number
  }
  pages: {
    /** The shopper has paid and stays on the payment page. */
    lostRedirects: Chance
  }
}

/** Any part of it; what is left out is fine weather. */
export type Asked = {
  seed?: number
  webhooks?: Partial<Weather['webhooks']>
  api?: { failing?: Partial<Chance>; hanging?: Partial<Chance>; hangMs?: number }
  pages?: { lostRedirects?: Partial<Chance> }
}

const chance = (asked: Partial<Chance> = {}): Chance => ({ next: 0, odds: 0, ...asked })
const calm = { delayMs: 0, duplicates: 0, dropped: false, shuffled: false, lost: 0, misSigned: 0 }

const forecast = ({ seed = 1, webhooks, api = {}, pages = {} }: Asked): Weather => ({
  seed,
  webhooks: { ...calm, ...webhooks },
  api: { failing: chance(api.failing), hanging: chance(api.hanging), hangMs: api.hangMs ?? 30_000 },
  pages: { lostRedirects: chance(pages.lostRedirects) },
})

/** A stream of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The weather now, and its dice: one stream each, so that a late event does not change what becomes of the next call. */
export class Sky {
  weather: Weather = forecast({})
  webhooks = seeded(1)
  private api = seeded(2)
  private pages = seeded(3)

  /** Sets all of it anew. */
  turn(asked: Asked): Weather {
    this.weather = forecast(asked)
    const { seed } = this.weather
    this.webhooks = seeded(seed * 3 + 1)
    this.api = seeded(seed * 3 + 2)
    this.pages = seeded(seed * 3 + 3)
    return this.weather
  }

  /** What becomes of the answer to a call whose work is done. */
  answer(): 'well' | 'failing' | 'hanging' {
    const { failing, hanging } = this.weather.api
    if (falls(failing, this.api)) return 'failing'
    return falls(hanging, this.api) ? 'hanging' : 'well'
  }

  losesRedirect(): boolean {
    return falls(this.weather.pages.lostRedirects, this.pages)
  }

  losesEvent(): boolean {
    return this.webhooks() < this.weather.webhooks.lost
  }
}

function falls(chance: Chance, random: () => number): boolean {
  const drawn = random()
  if (chance.next > 0) {
    chance.next -= 1
    return true
  }
  return drawn < chance.odds
}
