// The real stock as the model sees it: two new articles on shelves of their own, called over the API under references that
// nobody else has, and read back from the rows and the ledger.
import type { Real } from '../../local/testing/against-model.ts'
import { releaseExpired } from '../src/inventory/release.ts'
import { db } from '../src/lib/db.ts'
import { newId } from '../src/lib/ids.ts'
import { hold, stocked } from './factories.ts'
import { post } from './stage.ts'
import { articles, type Held, has, type Lines, type Op, type State } from './stock-model.ts'

type Article = { sku: string; place: { id: string } }
const why = { reason: 'test', actor: 'test' }

async function call(path: string, body: object): Promise<{ said: string; late: boolean }> {
  const answer = await post(`/inventory/${path}`, body, 'inventory:write')
  return {
    said: answer.status < 300 ? String(answer.status) : String(answer.body.code),
    late: answer.body.late === true,
  }
}

export class RealStock implements Real<State, Op> {
  private readonly run = newId()

  private constructor(private readonly shelves: Record<string, Article>) {}

  static async open(): Promise<{ state: State; real: RealStock }> {
    const real = new RealStock({ a: await stocked(4), b: await stocked(3) })
    return { state: await real.look(), real }
  }

  async perform(op: Op): Promise<string> {
    if (op.do === 'adjust') return this.adjust(op)
    const ref = `${this.run}:${op.ref}`
    if (op.do === 'reserve') {
      const { status, body } = await hold(this.linesOf(op.lines), { ref })
      return status < 300 ? String(status) : body.code
    }
    if (op.do === 'expire') {
      await db().raw(`UPDATE reservations SET expires_at = now() WHERE ref = ? AND status = 'held'`, [ref])
      await releaseExpired()
      return 'swept'
    }
    if (op.do === 'release') return (await call('release', { ref, reason: 'test' })).said
    if (op.do === 'restock')
      return (await call('restock', { ref, adjustmentRef: op.key, lines: this.linesOf(op.lines), ...why })).said
    const { said, late } = await call('commit', { ref })
    return said === '200' ? (late ? 'late' : 'sold') : said
  }

  private async adjust({ key, article, delta }: Extract<Op, { do: 'adjust' }>): Promise<string> {
    const { sku, place } = this.shelves[article] as Article
    const ref = `${this.run}:adjust:${key}`
    return (await call('adjust', { ref, sku, storeId: place.id, delta, kind: 'adjust', ...why })).said
  }

  private readonly linesOf = (lines: Lines) =>
    has(lines).map(([article, quantity]) => ({ sku: this.shelves[article]?.sku ?? '', quantity }))
  private readonly named = (sku: string) => articles.find((article) => this.shelves[article]?.sku === sku) ?? '?'

  async look(): Promise<State> {
    return { shelf: await this.lookAtShelves(), refs: await this.lookAtRefs(), used: await this.lookAtLedger() }
  }

  private async lookAtShelves(): Promise<State['shelf']> {
    const { rows } = await db().raw(
      `SELECT v.sku, i.on_hand, i.reserved FROM inventory i JOIN variants v ON v.id = i.variant_id
       WHERE v.sku = ANY(?) ORDER BY v.sku`,
      [articles.map((article) => this.shelves[article]?.sku ?? '')],
    )
    const levels = rows.map(({ sku, on_hand, reserved }: { sku: string; on_hand: number; reserved: number }) => [
      this.named(sku),
      { onHand: on_hand, reserved },
    ])
    return Object.fromEntries(levels)
  }

  private async lookAtRefs(): Promise<State['refs']> {
    const { rows } = await db().raw(
      `SELECT r.ref, r.status, r.reason, v.sku, l.quantity, (SELECT coalesce(sum(m.delta_on_hand), 0)::int FROM stock_movements m
         WHERE m.kind = 'restock' AND m.variant_id = l.variant_id AND starts_with(m.ref, r.ref || '/restock/')) AS back
       FROM reservations r LEFT JOIN reservation_lines l USING (ref) LEFT JOIN variants v ON v.id = l.variant_id
       WHERE starts_with(r.ref, ?)`,
      [`${this.run}:`],
    )
    const refs: State['refs'] = {}
    for (const { ref, status, reason, sku, quantity, back } of rows) {
      const name = ref.slice(this.run.length + 1)
      const held: Held = refs[name] ?? { status, lines: {}, late: reason === 'late_commit', back: {} }
      if (sku) held.lines[this.named(sku)] = quantity
      if (back > 0) held.back[this.named(sku)] = back
      refs[name] = held
    }
    return refs
  }

  /** Returns and corrections as the model names them. */
  private async lookAtLedger(): Promise<string[]> {
    const { rows } = await db().raw(
      `SELECT ref, v.sku, kind, delta_on_hand FROM stock_movements m JOIN variants v ON v.id = m.variant_id
       WHERE starts_with(ref, ?) AND kind IN ('restock', 'adjust')`,
      [`${this.run}:`],
    )
    const names = rows.map(({ ref, sku, kind, delta_on_hand }: Record<string, string>) => {
      const name = (ref ?? '').slice(this.run.length + 1)
      if (kind === 'restock') return name.replace('/restock/', ' ')
      return `${this.named(sku ?? '')} ${name.replace('adjust:', '')} ${delta_on_hand}`
    })
    return [...new Set<string>(names)].sort()
  }
}
