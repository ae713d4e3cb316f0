// `npm run trial:notifier -- --kills 200`: kill -9 of the notifier at its named places and at random while events are
// written; none is lost, none is sent under two keys. `--events-per-second N --seed N`. Exits with 1 otherwise.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import setup from '../../local/postgres/test-setup.ts'
import { root } from '../../local/settings.ts'
import { NotifierTrial } from './notifier-kills.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    'events-per-second': { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
  },
})
const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root }).toString().trim()
const teardown = await setup()
const folder = mkdtempSync(path.join(tmpdir(), 'highstreet-notifier-'))
try {
  const started = Date.now()
  const trial = await NotifierTrial.open({
    kills: Number(values.kills),
    eventsPerSecond: Number(values['events-per-second']),
    seed: Number(values.seed),
    eachPlaceOnce: false,
    hasten: false,
    folder,
  })
  const report = await trial.run((line) => console.log(line))
  const { atPoints, atRandom, events, mails, copies, lost, doubled, restSeconds } = report
  const places = Object.entries(atPoints).map(([point, count]) => `${count} × ${point}`)
  console.log(`\nseed ${values.seed}, commit ${commit}, ${Math.round((Date.now() - started) / 1000)} s`)
  console.log(`kills: ${places.join(', ')}, ${atRandom} at random`)
  console.log(`${events} events, ${mails} arrived, at rest ${restSeconds.toFixed(0)} s after the last kill`)
  console.log(`${lost.length} lost, ${doubled.length} doubled by provider key`)
  console.log(
    `${copies} copies came again under the same key (Message-ID): SMTP has no idempotency key, a provider that honours it sends one`,
  )
  for (const line of [...lost, ...doubled].slice(0, 20)) console.log(`  ${line}`)
  process.exitCode = lost.length + doubled.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
  await teardown?.()
}
