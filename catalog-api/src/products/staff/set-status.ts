// Several products published, archived or taken back to drafts at once. What somebody changed meanwhile is left alone and
// told; the others change in one transaction.
import { select, transaction } from '../../lib/db.ts'
import { ProductModel } from '../models.ts'
import type { StatusChange, StatusChanged } from './schemas.ts'

/** Rows are locked in one order. Those that have the status already are `changed` no more and no `skipped` either. */
export async function setStatus({ items, status }: StatusChange): Promise<StatusChanged> {
  return transaction(async (trx) => {
    const ids = items.map(({ id }) => id)
    const rows = await select<{ id: string; version: number; status: string }>(
      trx,
      'SELECT id, version, status FROM products WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE',
      { ids },
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    const skipped = items.filter(({ id, version }) => byId.get(id)?.version !== version).map(({ id }) => id)
    const changed = ids.filter((id) => !skipped.includes(id) && byId.get(id)?.status !== status)
    await ProductModel.query(trx)
      .findByIds(changed)
      .patch({
        status,
        version: trx.raw('version + 1') as never,
        updatedAt: new Date(),
        ...(status === 'published' && { publishedAt: trx.raw('COALESCE(published_at, now())') as never }),
      })
    return { changed, skipped }
  })
}
