// One SKU for staff: where it lies, who holds it, receiving and counting, and its ledger.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { adjustStock } from '#app/domain/catalog/inventory.server.ts'
import { getSkuStock, listMovements, setThreshold } from '#app/domain/catalog/staff/stock.server.ts'
import { seenChange, thresholdInput } from '#app/domain/catalog/stock-change.ts'
import { findPeople } from '#app/domain/identity/people.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { listOrderNumbers } from '#app/domain/orders/numbers.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse, parseQuery } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { newId } from '#app/lib/ids.ts'
import { isUuid } from '#app/lib/uuid.ts'
import { paths } from '#app/paths.ts'
import { Breadcrumb, PageTitle } from '#app/ui/parts.tsx'
import { Holders, Movements } from '#app/ui/stock-ledger.tsx'
import { CountForm, PlacesTable, ThresholdForm } from '#app/ui/stock-of-sku.tsx'

const query = z.object({
  place: z.uuid().optional().catch(undefined),
  before: z.string().max(500).optional().catch(undefined),
})

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'products:read')
  const sku = args.params.sku ?? ''
  const { place, before } = parseQuery(query, args.request)
  return answerLoader(async () => {
    const [stock, ledger] = await Promise.all([
      getSkuStock(sku),
      listMovements(sku, { storeId: place, cursor: before }),
    ])
    const refs = [...stock.holders, ...ledger.items].map(({ ref }) => ref.replace(/^[a-z]+:/, '')).filter(isUuid)
    const staff = ledger.items.map(({ actor }) => actor.replace(/^(staff|user):/, '')).filter(isUuid)
    const [numbers, people] = await Promise.all([
      can(role, 'orders:read') ? listOrderNumbers([...new Set(refs)]) : {},
      findPeople([...new Set(staff)]),
    ])
    const names: Record<string, string> = Object.fromEntries(people.map(({ id, name }) => [id, name]))
    const now = Date.now()
    return {
      stock,
      ledger,
      numbers,
      names,
      place,
      now,
      mayCount: can(role, 'inventory:write'),
      formRef: `stock:${newId()}`,
    }
  })
}

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'inventory:write')
  const sku = args.params.sku ?? ''
  const act = { action: 'inventory:write', subject: `sku:${sku}` }
  return answerPage(args, {
    count: async ({ values, visitor }) => {
      const change = parse(seenChange, { ...values, sku, seen: values[`seen.${values.storeId}`] })
      const { storeId, delta, kind, reason } = change
      const by = byVisitor(visitor)
      await actOutside(by, { ...act, after: { delta, kind, storeId, reason } }, () =>
        adjustStock({ ...change, actor: by.actor }),
      )
      const text = `${delta > 0 ? `${delta} added` : `${-delta} taken away`}.`
      return { to: paths.adminStock(sku), flash: { kind: 'good', text } }
    },
    threshold: async ({ values, visitor }) => {
      const change = parse(thresholdInput, values)
      await actOutside(byVisitor(visitor), { ...act, after: change }, () => setThreshold(sku, change))
      return { to: paths.adminStock(sku), flash: { kind: 'good', text: 'We will tell you when it gets that low.' } }
    },
  })
}

export default function AdminStock() {
  const { stock, ledger, numbers, names, place, now, mayCount, formRef } = useLoaderData<typeof loader>()
  const answer = useActionData()
  return (
    <>
      <Breadcrumb items={[{ name: 'Stock', to: paths.adminInventory() }, { name: stock.sku }]} />
      <PageTitle title={stock.sku}>
        <Link to={paths.adminProduct(stock.productId)} className="link inline-flex min-h-11 items-center">
          {stock.productTitle}
          {stock.variantTitle && `, ${stock.variantTitle}`}
        </Link>
      </PageTitle>
      <PlacesTable places={stock.places} />
      {mayCount && (
        <div className="mt-6 grid items-start gap-6 lg:grid-cols-[2fr_1fr]">
          <CountForm key={formRef} places={stock.places} formRef={formRef} problem={problemOf(answer, 'count')} />
          <ThresholdForm places={stock.places} problem={problemOf(answer, 'threshold')} />
        </div>
      )}
      <Holders holders={stock.holders} numbers={numbers} now={now} />
      <Movements
        items={ledger.items}
        numbers={numbers}
        names={names}
        olderHref={
          ledger.nextCursor ? `${paths.adminStock(stock.sku, { place, before: ledger.nextCursor })}#ledger` : undefined
        }
        places={stock.places.filter(({ onHand, reserved }) => onHand + reserved > 0)}
        chosen={place}
        placeHref={(id) => `${paths.adminStock(stock.sku, { place: id })}#ledger`}
      />
    </>
  )
}
