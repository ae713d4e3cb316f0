// What is held for whom: orders that are being paid for, with the minutes left; also what became of ended holds.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listReservations } from '#app/domain/catalog/staff/stock.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { listOrderNumbers } from '#app/domain/orders/numbers.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { When } from '#app/ui/money.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'
import { OfOrder, timeLeft } from '#app/ui/stock-ledger.tsx'

const query = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  status: z.enum(['held', 'committed', 'released']).catch('held').default('held'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'products:read')
  const filter = parseQuery(query, args.request)
  return answerLoader(async () => {
    const found = await listReservations({ ...filter, q: filter.q || undefined })
    const refs = found.items.map(({ ref }) => ref).filter(isUuid)
    const numbers = can(role, 'orders:read') ? await listOrderNumbers(refs) : {}
    return { ...found, filter, numbers, now: Date.now() }
  })
}

const words = { held: 'Held now', committed: 'Sold', released: 'Given back' }

export default function AdminReservations() {
  const { items, total, page, pages, filter, numbers, now } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Holds" />
      <Form className="card mb-6 flex flex-wrap items-end gap-3 p-4" role="search" aria-label="Holds">
        <label className="min-w-52 flex-1">
          <span className="mb-1 block text-sm font-semibold">SKU</span>
          <input type="search" name="q" defaultValue={filter.q} maxLength={100} className="field" />
        </label>
        <label>
          <span className="mb-1 block text-sm font-semibold">State</span>
          <select name="status" defaultValue={filter.status} className="field">
            {Object.entries(words).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <Button variant="secondary">Show</Button>
      </Form>
      {items.length === 0 ? (
        <EmptyState title={filter.status === 'held' ? 'Nothing is held' : 'Nothing fits'}>
          <p>Goods are held while an order is being paid for, and until a pickup is collected.</p>
        </EmptyState>
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-160 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {total} {total === 1 ? 'hold' : 'holds'}, latest first
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">Order</th>
                <th className="px-4 py-3 font-medium">Goods</th>
                <th className="px-4 py-3 font-medium">Since</th>
                <th className="px-4 py-3 text-right font-medium">{filter.status === 'held' ? 'Left' : 'Why'}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((hold) => (
                <tr key={hold.ref} className="border-b border-line align-top last:border-0">
                  <td className="px-4 py-2.5">
                    <OfOrder reference={hold.ref} numbers={numbers} />
                  </td>
                  <td className="px-4 py-2.5">
                    <ul>
                      {hold.lines.map((line) => (
                        <li key={`${line.sku} ${line.storeName}`}>
                          <span className="nums">{line.quantity} ×</span>{' '}
                          <Link
                            to={paths.adminStock(line.sku)}
                            className="inline-flex min-h-6 items-center hover:underline"
                          >
                            {line.sku}
                          </Link>
                          <span className="text-sm text-muted">
                            {' '}
                            {line.productTitle}, {line.storeName}
                          </span>
                        </li>
                      ))}
                    </ul>
                  </td>
                  <td className="px-4 py-2.5 text-sm whitespace-nowrap text-muted">
                    <When date={hold.createdAt} time />
                  </td>
                  <td className="nums px-4 py-2.5 text-right whitespace-nowrap">
                    {hold.status === 'held' ? timeLeft(hold.expiresAt, now) : (hold.reason ?? '–')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminReservations({ ...filter, page: next })} />
    </>
  )
}
