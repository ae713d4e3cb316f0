// `npm run trial:timeouts -- --each 100`: the six remote calls, each with so many time-outs after the work was done; exactly
// one effect each, counted in both databases and at the stand-in. Exits with 1 when an effect is missing or doubled.
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import setup from '../../local/postgres/test-setup.ts'
import { root } from '../../local/settings.ts'

const { values } = parseArgs({ options: { each: { type: 'string', default: '100' } } })
const each = Number(values.each)
const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root }).toString().trim()
process.env.NODE_ENV = 'test'
process.env.LOG_LEVEL ??= 'silent'
process.chdir(root)

const teardown = await setup()
try {
  // Settings are read when the shop is imported, so only now.
  const { calls, deadlineMs, loseAnswers, openLossyStage, plansFor } = await import('./lost-answers.ts')
  const plans = plansFor(each)
  const count = plans.length
  const { stage, losses } = await openLossyStage(plans)
  try {
    const goods = await stage.shop.stockUp(1_000_000)
    const { broken, lost, seconds } = await loseAnswers(stage, losses, goods, count)
    for (const call of calls)
      console.log(`${call.padEnd(15)} ${lost.get(call) ?? 0} answers lost after the work, ${each} orders`)
    for (const line of broken.slice(0, 40)) console.log(`  ${line}`)
    const missing = calls.filter((call) => (lost.get(call) ?? 0) < each)
    if (missing.length > 0) console.log(`fewer than ${each} time-outs: ${missing.join(', ')}`)
    const verdict = broken.length === 0 ? 'exactly one effect each' : `${broken.length} effects are wrong`
    console.log(`\ncommit ${commit}: ${count} orders, deadline ${deadlineMs} ms: ${verdict}, ${Math.round(seconds)} s`)
    process.exitCode = broken.length === 0 && missing.length === 0 ? 0 : 1
  } finally {
    await stage.close()
  }
} finally {
  await teardown?.()
}
