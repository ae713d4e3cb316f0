// What a campaign of kills was asked for, what it has reached over its runs, and what is left of it. Survives a run as JSON.
import { type Place, places } from './places.ts'

export type KillPlan = {
  /** Kills at every named place. */
  each: number
  /** Only at these places; at all when none are told. */
  at?: readonly string[]
  random: number
  lanes: number
  seed: number
  /** No kill is begun after so many minutes. */
  minutes: number
}

/** One run of the campaign: what it can be played again with. */
export type Run = { seed: number; commit: string; kills: number }

/** What was reached so far; survives a run as JSON. */
export type Figures = {
  /** Every run that these figures are of, oldest first. */
  runs: Run[]
  named: Record<string, number>
  random: Record<string, number>
  notReached: string[]
  orders: number
  refused: number
  gaveUp: number
  mails: number
  chapters: number
  worstRestSeconds: number
  longestSeconds: number
  bad: string[]
}

export const noFigures = (): Figures => ({
  runs: [],
  named: {},
  random: {},
  notReached: [],
  orders: 0,
  refused: 0,
  gaveUp: 0,
  mails: 0,
  chapters: 0,
  worstRestSeconds: 0,
  longestSeconds: 0,
  bad: [],
})

export const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** The named places of a plan. */
export const placesOf = ({ at }: Pick<KillPlan, 'at'>): Place[] =>
  places.filter(({ point }) => at?.includes(point) ?? true)

/** What of the plan was not done, a line each; empty when all of it was. */
export function unfinished(figures: Figures, plan: Pick<KillPlan, 'each' | 'at' | 'random'>): string[] {
  const missed = placesOf(plan)
    .filter(({ point }) => (figures.named[point] ?? 0) < plan.each)
    .map(({ k, point }) => `${k} ${point}`)
  const left = plan.random - total(figures.random)
  return [
    ...(missed.length > 0 ? [`not ${plan.each} times yet: ${missed.join(', ')}`] : []),
    ...(left > 0 ? [`${left} random kills not made yet`] : []),
  ]
}
