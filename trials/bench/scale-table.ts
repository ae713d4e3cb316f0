// The figures of trials/bench/scale.ts as a table that the README can take: p50 / p95 in milliseconds by size, the growth of
// p95 from the smallest to the largest, statements. Pure.
import type { Kind } from './scale-questions.ts'

/** Milliseconds until the answer and of processor for it; `failed`: answers that were none, for the database gave up. */
export type Cell = { times: number[]; processor: number[]; failed: number; statements: number }
type Shop = { size: number; cells: Map<string, Cell> }

/** The value below which a share of the times lies. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0))
const short = (size: number) => (size >= 1_000_000 ? `${size / 1_000_000} M` : `${size / 1000} k`)

function aimOf(aim: Kind['aim'], p95: number, times: number): string {
  if (!aim) return ''
  const [text, reached] = 'ms' in aim ? [`≤ ${aim.ms} ms`, p95 <= aim.ms] : [`≤ ${aim.times} ×`, times <= aim.times]
  return `${text} ${reached ? 'reached' : 'MISSED'}`
}

/** Markdown: a row for each kind of question. Kinds that the shop does not know are left out. */
export function tableOf(kinds: Pick<Kind, 'name' | 'aim'>[], shops: readonly Shop[]): string {
  const lines = [
    `| p50 / p95 in ms | ${shops.map(({ size }) => short(size)).join(' | ')} | growth of p95 | aim | statements |`,
    `|---|${shops.map(() => '---|').join('')}---|---|---|`,
  ]
  for (const { name, aim } of kinds) {
    const cells = shops.flatMap(({ cells }) => cells.get(name) ?? [])
    if (cells.length < shops.length) continue
    const p95 = cells.map(({ times }) => percentile(times, 0.95))
    const growth = (p95.at(-1) ?? 0) / (p95[0] || 1)
    const pairs = cells.map(
      ({ times, failed }, at) =>
        `${ms(percentile(times, 0.5))} / ${ms(p95[at] ?? 0)}${failed ? ` (${failed} failed)` : ''}`,
    )
    const statements = [...new Set(cells.map((cell) => cell.statements))].join(', ')
    lines.push(
      `| ${name} | ${pairs.join(' | ')} | ${growth.toFixed(1)} × | ${aimOf(aim, p95.at(-1) ?? 0, growth)} | ${statements} |`,
    )
  }
  return lines.join('\n')
}

/** The same of processor time, catalog-api and Postgres together: what a quiet machine would come near to. */
export function processorTableOf(kinds: Pick<Kind, 'name'>[], shops: readonly Shop[]): string {
  const lines = [
    `| processor, p50 / p95 in ms | ${shops.map(({ size }) => short(size)).join(' | ')} | growth of p95 |`,
    `|---|${shops.map(() => '---|').join('')}---|`,
  ]
  for (const { name } of kinds) {
    const cells = shops.flatMap(({ cells }) => cells.get(name) ?? [])
    if (cells.length < shops.length) continue
    const p95 = cells.map(({ processor }) => percentile(processor, 0.95))
    const pairs = cells.map(({ processor }, at) => `${ms(percentile(processor, 0.5))} / ${ms(p95[at] ?? 0)}`)
    lines.push(`| ${name} | ${pairs.join(' | ')} | ${((p95.at(-1) ?? 0) / (p95[0] || 1)).toFixed(1)} × |`)
  }
  return lines.join('\n')
}
