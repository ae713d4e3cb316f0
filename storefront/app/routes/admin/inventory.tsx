// Stock of everything for staff: search, place and "low only" in the URL; each SKU a link to its places and its ledger.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listStock } from '#app/domain/catalog/staff/stock.server.ts'
import { adminListStores } from '#app/domain/catalog/staff/stores.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

const query = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  place: z.uuid().optional().catch(undefined),
  low: z.literal('1').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'products:read')
  const filter = parseQuery(query, args.request)
  const { q, place, low, page } = filter
  const [found, stores] = await answerLoader(() =>
    Promise.all([
      listStock({ q: q || undefined, storeId: place, low: low === '1', page }),
      adminListStores({ status: 'open', limit: 200 }),
    ]),
  )
  return { ...found, filter, places: stores.items.map(({ id, name }) => ({ id, name })) }
}

export default function AdminInventory() {
  const { items, total, page, pages, filter, places } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Stock" />
      <Form className="card mb-6 flex flex-wrap items-end gap-3 p-4" role="search" aria-label="Stock">
        <label className="min-w-52 flex-1">
          <span className="mb-1 block text-sm font-semibold">SKU, barcode or product</span>
          <input type="search" name="q" defaultValue={filter.q} maxLength={200} className="field" />
        </label>
        <label className="max-w-full">
          <span className="mb-1 block text-sm font-semibold">Place</span>
          <select name="place" defaultValue={filter.place ?? ''} className="field">
            <option value="">All places</option>
            {places.map((place) => (
              <option key={place.id} value={place.id}>
                {place.name}
              </option>
            ))}
          </select>
        </label>
        <label className="inline-flex min-h-11 items-center gap-2">
          <input
            type="checkbox"
            name="low"
            value="1"
            defaultChecked={filter.low === '1'}
            className="size-5 accent-accent"
          />
          Low only
        </label>
        <Button variant="secondary">Show</Button>
      </Form>
      {items.length === 0 ? (
        <EmptyState
          title={filter.low ? 'Nothing is low' : 'Nothing fits'}
          action={{ to: paths.adminInventory(), label: 'Show all stock' }}
        />
      ) : (
        <div className="card overflow-x-auto">
          <table className="w-full min-w-160 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {total} {total === 1 ? 'line' : 'lines'}. Free is on hand less held.
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className="px-4 py-3 font-medium">SKU</th>
                <th className="px-4 py-3 font-medium">Place</th>
                <th className="px-4 py-3 text-right font-medium">On hand</th>
                <th className="px-4 py-3 text-right font-medium">Held</th>
                <th className="px-4 py-3 text-right font-medium">Free</th>
              </tr>
            </thead>
            <tbody>
              {items.map((row) => (
                <Row key={`${row.sku} ${row.place?.storeId}`} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminInventory({ ...filter, page: next })} />
    </>
  )
}

type RowInfo = ReturnType<typeof useLoaderData<typeof loader>>['items'][number]

function Row({ row }: { row: RowInfo }) {
  const { place } = row
  const low = place !== null && place.available <= place.lowStockThreshold
  return (
    <tr className="border-b border-line last:border-0 hover:bg-sunk">
      <td className="px-4 py-2">
        <Link to={paths.adminStock(row.sku)} className="inline-flex min-h-7 items-center font-semibold hover:underline">
          {row.sku}
        </Link>
        <span className="block text-sm text-muted">
          {row.productTitle}
          {row.variantTitle && `, ${row.variantTitle}`}
          {row.productStatus === 'draft' && ' (draft)'}
        </span>
      </td>
      <td className="px-4 py-2">{place?.name ?? <span className="text-muted">nowhere yet</span>}</td>
      <td className="nums px-4 py-2 text-right">{place?.onHand ?? 0}</td>
      <td className="nums px-4 py-2 text-right">{place?.reserved ?? 0}</td>
      <td className="nums px-4 py-2 text-right">
        {low && <StatusBadge tone="warn">low</StatusBadge>}{' '}
        <span className={low ? 'font-semibold text-warn' : ''}>{place?.available ?? 0}</span>
      </td>
    </tr>
  )
}
