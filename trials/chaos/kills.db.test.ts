// The short edition of npm run trial:kills: a whole shop of its own, kill -9, and the judge of both databases.
import { expect, test } from 'vitest'
import { Campaign } from './campaign.ts'
import { noFigures, unfinished } from './figures.ts'
import { startChaosShop } from './shop.ts'

/** One of each: at the order, at Stripe, at the goods, at the mail; then anybody, or Postgres. */
const plan = {
  at: ['order_written', 'after_session', 'commit_done', 'after_send'],
  ...{ each: 1, random: 3, lanes: 2, minutes: 3, seed: 21 },
}

test('killed at four places and three times by chance, the shop loses and doubles nothing', async () => {
  const said: string[] = []
  const shop = await startChaosShop((line) => said.push(line))
  const figures = noFigures()
  try {
    await new Campaign(shop, plan, figures, (line) => said.push(line)).run('short edition')
  } finally {
    await shop.stop()
  }
  expect({ bad: figures.bad, left: unfinished(figures, plan) }, said.join('\n')).toEqual({ bad: [], left: [] })
  expect(figures.orders).toBeGreaterThan(0)
}, 240_000)
