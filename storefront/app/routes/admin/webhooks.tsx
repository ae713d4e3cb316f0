// What the payment provider told us, event by event, and what became of it; one that does not get through can be tried
// again.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { can } from '#app/domain/identity/roles.ts'
import { eventStateLabel, eventStateOf, eventStates, eventStateTone } from '#app/domain/payments/event-states.ts'
import { listEventsForStaff, retryEvent, type StaffEvent } from '#app/domain/payments/staff-lists.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse, parseQuery } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { PostForm } from '#app/ui/form.tsx'
import { ListFilter } from '#app/ui/list-filter.tsx'
import { When } from '#app/ui/money.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, Notice, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

const query = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  status: z.enum(eventStates).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'orders:read')
  const filter = parseQuery(query, args.request)
  const wanted = { q: filter.q || undefined, state: filter.status, page: filter.page }
  return { ...(await answerLoader(() => listEventsForStaff(wanted))), filter, mayRetry: can(role, 'orders:refund') }
}

const retryInput = z.object({ eventId: z.string().min(1).max(200) })

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'orders:refund')
  return answerPage(args, {
    retry: async ({ values, visitor }) => {
      const { eventId } = parse(retryInput, values)
      await retryEvent(eventId, byVisitor(visitor))
      const text = 'The event is due now: what it is about is read again at the provider.'
      return { to: paths.adminWebhooks({ q: eventId }), flash: { kind: 'good', text } }
    },
  })
}

const choices = eventStates.map((state) => ({ value: state, label: eventStateLabel[state] }))
const head = 'px-4 py-3 font-medium'

export default function AdminWebhooks() {
  const { items, total, page, pages, filter, mayRetry } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <>
      <PageTitle title="Webhook events">
        <Link to={paths.adminPayments()} className="link inline-flex min-h-11 items-center">
          Payments
        </Link>
      </PageTitle>
      {problem && (
        <div className="mb-6">
          <Notice kind="bad">{problem.message}</Notice>
        </div>
      )}
      <ListFilter label="Webhook events" wordsLabel="Order number, type or id" filter={filter} statuses={choices} />
      {items.length === 0 ? (
        <EmptyState title="No event fits" action={{ to: paths.adminWebhooks(), label: 'Show all events' }} />
      ) : (
        <div className="card relative overflow-x-auto">
          <table className="w-full min-w-200 text-left">
            <caption className="px-4 pt-4 text-left text-sm text-muted">
              {total} {total === 1 ? 'event' : 'events'}
            </caption>
            <thead className="text-sm text-muted">
              <tr className="border-b border-line">
                <th className={head}>Received</th>
                <th className={head}>What</th>
                <th className={head}>Order</th>
                <th className={head}>What became of it</th>
                <th className={head}>
                  <span className="sr-only">Try again</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((event) => (
                <Row key={event.eventId} event={event} mayRetry={mayRetry} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminWebhooks({ ...filter, page: next })} />
    </>
  )
}

function Row({ event, mayRetry }: { event: StaffEvent; mayRetry: boolean }) {
  const state = eventStateOf(event)
  const canRetry = mayRetry && ['failing', 'waiting', 'failed', 'ignored'].includes(state)
  return (
    <tr className="border-b border-line align-top last:border-0 hover:bg-sunk">
      <td className="px-4 py-3 whitespace-nowrap text-muted">
        <When date={event.receivedAt} time />
      </td>
      <td className="px-4 py-1.5">
        <Link
          to={paths.adminWebhook(event.eventId)}
          className="inline-flex min-h-11 items-center font-semibold hover:underline"
        >
          {event.type}
        </Link>
        <span className="nums block text-sm break-all text-muted">{event.objectId}</span>
      </td>
      <td className="px-4 py-1.5">
        {event.orderNumber && (
          <Link
            to={paths.adminOrder(event.orderNumber)}
            className="nums inline-flex min-h-11 items-center font-semibold whitespace-nowrap hover:underline"
          >
            {event.orderNumber}
          </Link>
        )}
      </td>
      <td className="px-4 py-3">
        <StatusBadge tone={eventStateTone[state]}>{eventStateLabel[state]}</StatusBadge>
        <span className="mt-1 block text-sm text-muted">
          {event.attempts === 1 ? '1 try' : `${event.attempts} tries`}
          {event.lastError && ` · ${event.lastError}`}
          {state === 'failing' && (
            <>
              {' · next '}
              <When date={event.nextAttemptAt} time />
            </>
          )}
        </span>
      </td>
      <td className="px-4 py-1.5 text-right">
        {canRetry && (
          <PostForm>
            <input type="hidden" name="eventId" value={event.eventId} />
            <Button variant="secondary" name="intent" value="retry">
              Try now
              <span className="sr-only">
                : {event.type}, {event.objectId}
              </span>
            </Button>
          </PostForm>
        )}
      </td>
    </tr>
  )
}
