// Money match: what differs between our orders and the payment provider's books, each with its one safe repair. The effect
// of a repair is shown before its button is there.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listDifferences, putAside } from '#app/domain/checkout/reconcile/differences.server.ts'
import { lookAgain } from '#app/domain/checkout/reconcile/look-again.server.ts'
import { previewRepair, repairDifference } from '#app/domain/checkout/reconcile/repair.server.ts'
import { listRounds } from '#app/domain/checkout/reconcile/rounds.server.ts'
import { dashboardUrl } from '#app/domain/payments/dashboard.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse, parseQuery } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { addSeconds } from '#app/lib/clock.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { When } from '#app/ui/money.tsx'
import { MoneyDifference } from '#app/ui/money-difference.tsx'
import { EmptyState, Notice, PageTitle } from '#app/ui/parts.tsx'

export const meta: MetaFunction = () => [{ title: 'Money match · Highstreet' }, { name: 'robots', content: 'noindex' }]

const windows = { '1': 'Last 24 hours', '7': 'Last 7 days', '35': 'Last 35 days' } as const
const days = z.enum(['1', '7', '35']).catch('1').default('1')
const query = z.object({ days, show: z.uuid().optional().catch(undefined) })
const since = (chosen: keyof typeof windows, at: Date) => addSeconds(at, -Number(chosen) * 24 * 3600)

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireStaff(args, 'orders:refund')
  const filter = parseQuery(query, args.request)
  const at = new Date()
  const [found, rounds] = await answerLoader(() => Promise.all([listDifferences(since(filter.days, at)), listRounds()]))
  const differences = found.map((one) => ({ ...one, stripeUrl: dashboardUrl(one.objectId) }))
  const preview = filter.show ? await previewOf(filter.show, { actor: `staff:${user.id}`, at }) : null
  return { differences, preview, filter, rounds: rounds.filter(({ span }) => span === 'day') }
}

/** What the repair would write; in words when the provider cannot be asked, null when it is level by now. */
async function previewOf(id: string, by: Parameters<typeof previewRepair>[1]) {
  try {
    return { ...(await previewRepair(id, by)), problem: null }
  } catch (error) {
    if (isDomainError(error, 'payment_unavailable')) return { problem: error.message }
    if (isDomainError(error, 'not_found')) return null
    throw error
  }
}

const oneInput = z.object({ id: z.uuid() })
const asideInput = oneInput.extend({ note: z.string().trim().min(3, 'Say what you found.').max(300) })

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'orders:refund')
  const filter = parseQuery(query, args.request)
  const to = paths.adminMoneyMatch({ days: filter.days })
  return answerPage(args, {
    look: async () => {
      await lookAgain(since(filter.days, new Date()))
      return { to, flash: { kind: 'good', text: 'Compared with Stripe just now.' } }
    },
    repair: async ({ values, visitor }) => {
      const { repaired } = await repairDifference(parse(oneInput, values).id, byVisitor(visitor))
      const text = repaired
        ? 'Done. What is still different is listed.'
        : 'That was level already: nothing was changed.'
      return { to, flash: { kind: 'good', text } }
    },
    aside: async ({ values, visitor }) => {
      await putAside(parse(asideInput, values), byVisitor(visitor))
      return { to, flash: { kind: 'good', text: 'Put aside. It comes back when it changes.' } }
    },
  })
}

export default function MoneyMatch() {
  const { differences, preview, filter, rounds } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  const looked = rounds.map(({ finishedAt }) => finishedAt).filter((at) => at !== null)
  const repaired = rounds.reduce((sum, round) => sum + round.repaired, 0)
  const isLate = rounds.some(({ lastError }) => lastError)
  return (
    <>
      <PageTitle title="Money match">
        <Link to={paths.adminPayments()} className="link inline-flex min-h-11 items-center">
          Payments
        </Link>
      </PageTitle>
      <p className="mb-4 max-w-2xl text-muted">
        Orders, payments and refunds here against Stripe’s books. Every few minutes what Stripe alone knows is written
        down by itself; what needs a decision is listed.
      </p>
      <div className="card mb-6 flex flex-wrap items-center justify-between gap-4 p-4">
        <nav aria-label="How far back" className="flex flex-wrap gap-1">
          {Object.entries(windows).map(([value, label]) => (
            <Link
              key={value}
              to={paths.adminMoneyMatch({ days: value })}
              aria-current={value === filter.days ? 'page' : undefined}
              className={`inline-flex min-h-11 items-center rounded-full px-4 font-medium ${value === filter.days ? 'bg-accent text-accent-ink' : 'hover:bg-sunk'}`}
            >
              {label}
            </Link>
          ))}
        </nav>
        <PostForm className="flex flex-wrap items-center gap-4">
          <span className="text-sm text-muted">
            {looked.length > 0 && looked[0] && (
              <>
                Looked <When date={looked[0]} time />
                {repaired > 0 && ` · ${repaired} written down by itself`}
              </>
            )}
            {isLate && ' · Stripe did not answer the last time'}
          </span>
          <Button variant="secondary" name="intent" value="look">
            Compare now
          </Button>
        </PostForm>
      </div>
      {problem && (
        <div className="mb-6">
          <Notice kind="bad">{problem.fields.note?.[0] ?? problem.message}</Notice>
        </div>
      )}
      {preview?.problem && (
        <div className="mb-6">
          <Notice kind="warn">{preview.problem}</Notice>
        </div>
      )}
      {differences.length === 0 ? (
        <EmptyState title="All is level">Every payment and refund is the same here and at Stripe.</EmptyState>
      ) : (
        <ul className="grid gap-4">
          {differences.map((one) => (
            <MoneyDifference
              key={one.id}
              difference={one}
              showAt={`${paths.adminMoneyMatch({ days: filter.days, show: one.id })}#d-${one.id}`}
              preview={preview && preview.problem === null && preview.difference.id === one.id ? preview : null}
            />
          ))}
        </ul>
      )}
    </>
  )
}
