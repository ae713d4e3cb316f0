// Only transition.server.ts writes orders.status. Read from the syntax tree, so that neither a comment nor a line break
// hides a write.
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { listSources, type Source } from './sources.ts'

const door = 'storefront/app/domain/orders/transition.server.ts'
const writes = new Set([
  'patch',
  'patchAndFetch',
  'patchAndFetchById',
  'update',
  'updateAndFetch',
  'updateAndFetchById',
  'upsertGraph',
  'merge',
])
/** The order's table or model at the root of a chain: `Order.query()`, `order.$query()`, `db()('orders')`. */
const aboutOrders =
  /(^|[^\w.])Order\s*\.\s*(query|relatedQuery)\b|\border(?:Row)?\s*\.\s*\$query\b|\(\s*['"`]orders['"`]|\.(table|into|from)\(\s*['"`]orders['"`]/
const rawUpdate = /update\s+(only\s+)?"?orders"?\s+(as\s+\w+\s+)?set[\s\S]*\bstatus\b\s*"?\s*=/i

/** Lines of `source` that write the status of an order. */
export function statusWrites({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const note = (node: ts.Node) => found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`)
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression
      if (writes.has(name.text) && aboutOrders.test(expression.getText()) && node.arguments.some(setsStatus)) note(node)
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) if (rawUpdate.test(node.getText())) note(node)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function setsStatus(argument: ts.Expression): boolean {
  if (ts.isStringLiteralLike(argument)) return argument.text === 'status'
  if (!ts.isObjectLiteralExpression(argument)) return false
  return argument.properties.some((property) => {
    const name = property.name
    if (!name) return false
    if (ts.isComputedPropertyName(name)) return true
    return 'text' in name && name.text === 'status'
  })
}

describe('the status of an order', () => {
  it('is written by the door alone', () => {
    const found = listSources()
      .filter(({ path }) => path.startsWith('storefront/') && path !== door)
      .flatMap(statusWrites)
    expect(found).toEqual([])
  })

  it('is written by the door', () => {
    const source = listSources().find(({ path }) => path === door)
    expect(source && statusWrites(source)).not.toEqual([])
  })

  it.each([
    "Order.query(trx).patch({ status: 'paid' }).where({ id })",
    'order.$query(trx)\n  .patchAndFetch({ ...extra, status })',
    "db()('orders').where({ id }).update({ status: 'paid' })",
    "db()('orders').update('status', 'paid')",
    "trx.table('orders').update({ ['sta' + 'tus']: 'paid' })",
    'trx.raw("UPDATE orders SET status = \'paid\' WHERE id = ?", [id])',
    'trx.raw(`update orders as o set updated_at = now(), status=1`)',
    "trx('orders').insert(row).onConflict('id').merge({ status: 'paid' })",
  ])('would be seen written by %s', (text) => {
    expect(statusWrites({ path: 'planted.ts', text })).toHaveLength(1)
  })

  it.each([
    "Order.query(trx).patch({ releasePending: false }).where({ status: 'paid' })",
    "Parcel.query(trx).patch({ status: 'shipped' })",
    "order.payment.$query(trx).patch({ status: 'captured' })",
    "trx('outbox').update({ status: 'x' })",
    "trx.raw('UPDATE carts SET status = 1')",
  ])('is not meant by %s', (text) => {
    expect(statusWrites({ path: 'planted.ts', text })).toEqual([])
  })
})
