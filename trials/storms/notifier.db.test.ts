// The short edition of trial:notifier: one kill -9 at each of its places, and one at random.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { failpoints } from '../../notifier/src/lib/failpoints.ts'
import { NotifierTrial } from './notifier-kills.ts'

test('a notifier killed at each of its places and in between loses no event, and sends none under two keys', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'highstreet-notifier-'))
  try {
    const kills = failpoints.length + 1
    const plan = { kills, eventsPerSecond: 4, seed: 1, eachPlaceOnce: true, hasten: true, folder }
    const trial = await NotifierTrial.open(plan)
    const { lost, doubled, atPoints, events, mails } = await trial.run()
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] })
    expect(Object.keys(atPoints).sort()).toEqual([...failpoints].sort())
    expect(mails).toBe(events)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 180_000)
