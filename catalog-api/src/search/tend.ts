// The background work of search, apart from the sweeper so that no hold waits for it: products whose words are due, words
// whose products are to be counted, counted searches. A failed round is logged and tried again; two processes may tend at once.
import type { Logger } from '../lib/log.ts'
import { forgetOldCounts, gatherPastQueries, writeCounts } from './count-searches.ts'
import { countWords } from './kept-words.ts'
import { refreshDue } from './refresh-search.ts'

const everyMs = 30_000
const dayMs = 24 * 3_600_000
const gatherEveryMs = 10 * 60_000
/** A round ends here and the next goes on, so that stopping never waits long. */
const roundMs = 10_000
const productsAtOnce = 500
const wordsAtOnce = 20
const wordsARound = 400

let gatheredAt = 0

/** One round. @returns how many products were made findable */
export async function tendSearch(now: Date): Promise<number> {
  const end = Date.now() + roundMs
  await writeCounts()
  let made = 0
  for (let last = productsAtOnce; last === productsAtOnce && Date.now() < end; made += last)
    last = await refreshDue(productsAtOnce)
  const yesterday = new Date(now.getTime() - dayMs)
  for (let looked = 0, last = wordsAtOnce; last === wordsAtOnce && looked < wordsARound && Date.now() < end; ) {
    last = await countWords(yesterday, wordsAtOnce)
    looked += last
  }
  if (now.getTime() - gatheredAt >= gatherEveryMs) {
    await forgetOldCounts()
    await gatherPastQueries()
    gatheredAt = now.getTime()
  }
  return made
}

/** Tends now and every 30 s; `stop` waits for the round under way and writes what was counted since. */
export function startTending(log: Logger): { stop: () => Promise<void> } {
  const warn = (error: unknown) =>
    log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'tending search failed')
  let round: Promise<void> = Promise.resolve()
  const run = () => {
    round = round
      .then(() => tendSearch(new Date()))
      .then((made) => {
        if (made > 0) log.info({ made }, 'products were made findable')
      })
      .catch(warn)
  }
  run()
  const timer = setInterval(run, everyMs)
  return {
    stop: () => {
      clearInterval(timer)
      return round.then(writeCounts).catch(warn)
    },
  }
}
