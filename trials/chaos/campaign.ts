// A campaign of kills in chapters: under a crowd that keeps buying, each named place in turn or anybody at random, then rest
// and judgement. What was reached so far can be told at any time, and a later run goes on with what is missing.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Crowd, randomOf, sendCrowd } from './crowd.ts'
import { type Figures, type KillPlan, placesOf, type Run, total } from './figures.ts'
import { isSound, judge, type Verdict } from './judge.ts'
import type { Place } from './places.ts'
import type { ChaosShop } from './shop.ts'
import { Watch } from './watch.ts'

const finalWithinSeconds = 90
const passedWithinMs = 60_000
const killsAChapter = 60
const atOnce = 2

type Kill = { about: string; run: (crowd: Crowd) => Promise<string | null> }

export class Campaign {
  private readonly random: () => number
  private until: number
  private kills = 0

  constructor(
    private readonly shop: ChaosShop,
    private readonly plan: KillPlan,
    readonly figures: Figures,
    private readonly say: (line: string) => void,
  ) {
    this.random = randomOf(plan.seed)
    this.until = Date.now() + plan.minutes * 60_000
  }

  /** Chapter after chapter, until all is done, the time is over, or something broke. */
  async run(commit: string): Promise<void> {
    const run: Run = { seed: this.plan.seed, commit, kills: 0 }
    this.figures.runs.push(run)
    const left = [...this.namedLeft(), ...this.randomLeft()]
    const watch = new Watch(this.shop, finalWithinSeconds)
    try {
      while (left.length > 0 && Date.now() < this.until && this.figures.bad.length === 0)
        await this.chapter(left.splice(0, killsAChapter), watch)
    } finally {
      run.kills = this.kills
      await watch.stop()
      this.figures.mails += watch.mailCount()
    }
  }

  /** No further kill; what is begun is judged. */
  stop(): void {
    this.until = 0
  }

  private namedLeft(): Kill[] {
    const left: Kill[] = []
    for (let round = 1; round <= this.plan.each; round++)
      for (const place of placesOf(this.plan))
        if ((this.figures.named[place.point] ?? 0) < round)
          left.push({ about: `${place.k} ${place.point}`, run: (crowd) => this.killAt(place, crowd) })
    return left
  }

  private randomLeft(): Kill[] {
    const count = Math.max(0, this.plan.random - total(this.figures.random))
    return Array.from({ length: count }, () => ({ about: 'random', run: () => this.killAnybody() }))
  }

  private async chapter(kills: Kill[], watch: Watch): Promise<void> {
    const { shop, figures } = this
    const crowd = await sendCrowd(shop, this.plan.lanes, this.random)
    for (const { about, run } of kills) {
      if (Date.now() > this.until) break
      const started = performance.now()
      const who = await run(crowd)
      if (who) watch.killed()
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      this.say(
        `${++this.kills}. ${about}: ${who ? `${who} died` : 'nobody came by'}, ${seconds} s, ${crowd.outcomes.length} visits`,
      )
    }
    await shop.processes.allAnswer()
    await crowd.leave()
    const verdict = await judge(shop, crowd.outcomes, () => watch.doubledMails())
    this.note(crowd, watch, verdict)
    figures.chapters++
  }

  private note(crowd: Crowd, watch: Watch, verdict: Verdict): void {
    const { figures } = this
    const count = (kind: string) => crowd.outcomes.filter((outcome) => outcome.kind === kind).length
    figures.orders += count('bought')
    figures.refused += count('refused')
    figures.gaveUp += count('gave up')
    figures.worstRestSeconds = Math.max(figures.worstRestSeconds, verdict.restSeconds)
    figures.longestSeconds = Math.max(figures.longestSeconds, watch.longest.sinceHit)
    figures.bad.push(...verdict.lost, ...verdict.doubled, ...verdict.broken, ...watch.late(), ...crowd.faults)
    this.say(
      `   judged: ${count('bought')} bought, ${isSound(verdict) ? 'all sound' : 'BROKEN'}, at rest after ${verdict.restSeconds.toFixed(0)} s, ` +
        `no order took longer than ${watch.longest.sinceHit.toFixed(0)} s from the last kill that hit it (${watch.longest.unfinished.toFixed(0)} s in all)`,
    )
  }

  /** Arms the place, sends people past it until somebody died there, and waits until all answer again. */
  private async killAt({ point, errand }: Place, crowd: Crowd): Promise<string | null> {
    const { shop, figures } = this
    const done = () => {
      figures.named[point] = (figures.named[point] ?? 0) + 1
    }
    if (point === 'listen') {
      const cut = await shop.cutListeners()
      if (cut > 0) done()
      return cut > 0 ? 'the notifier’s listening connection' : null
    }
    const deaths = this.deaths()
    shop.arm(point)
    const end = Date.now() + passedWithinMs
    let walking = 0
    while (Date.now() < end && shop.armed()) {
      // A few at a time; who is interrupted goes on by themselves.
      if (walking < atOnce && ++walking) void crowd.send(errand).finally(() => walking--)
      await sleep(25)
    }
    if (shop.armed()) {
      shop.disarm()
      figures.notReached.push(point)
      return null
    }
    while (this.deaths() === deaths && Date.now() < end) await sleep(10)
    const who = shop.processes.lastDead
    done()
    await shop.processes.allAnswer()
    return who
  }

  private async killAnybody(): Promise<string> {
    const { shop, figures, random } = this
    const victims = [...shop.processes.names(), 'postgres']
    const victim = victims[Math.floor(random() * victims.length)] ?? 'postgres'
    if (victim === 'postgres') await shop.killPostgres()
    else shop.processes.kill(victim)
    figures.random[victim] = (figures.random[victim] ?? 0) + 1
    await sleep(300 + random() * 1500)
    return victim
  }

  private deaths = (): number => total(Object.fromEntries(this.shop.processes.deaths))
}
