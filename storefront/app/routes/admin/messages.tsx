// Every message of the shop: sent, waiting, needing a person. Those of the catalogue come through the notifier; when it is
// away the page says so and stands.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { actOutside } from '#app/domain/audit/audit.server.ts'
import { can } from '#app/domain/identity/roles.ts'
import { type CatalogEvents, listCatalogEvents, releaseCatalogEvent } from '#app/domain/messages/notifier.server.ts'
import { listMessages } from '#app/domain/outbox/history.server.ts'
import { messageStateLabel, messageStates } from '#app/domain/outbox/message-view.ts'
import { releaseMessage } from '#app/domain/outbox/release.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse, parseQuery } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { isDomainError } from '#app/lib/errors.ts'
import { paths } from '#app/paths.ts'
import { CatalogMessages, MessageTable } from '#app/ui/admin-messages.tsx'
import { ListFilter } from '#app/ui/list-filter.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, Notice, PageTitle } from '#app/ui/parts.tsx'

const query = z.object({
  q: z.string().trim().max(254).catch('').default(''),
  status: z.enum(messageStates).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'orders:read')
  const filter = parseQuery(query, args.request)
  const wanted = { q: filter.q || undefined, state: filter.status, page: filter.page }
  const [found, catalog] = await Promise.all([answerLoader(() => listMessages(wanted)), catalogMessages()])
  return { ...found, filter, catalog, maySend: can(role, 'messages:send') }
}

/** Null when the notifier cannot be asked. */
async function catalogMessages(): Promise<CatalogEvents | null> {
  try {
    return await listCatalogEvents(10)
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}

const releaseInput = z.object({ id: z.uuid() })

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'messages:send')
  const flash = { kind: 'good' as const, text: 'The message is tried again now.' }
  return answerPage(args, {
    release: async ({ values, visitor }) => {
      await releaseMessage(parse(releaseInput, values).id, byVisitor(visitor))
      return { to: paths.adminMessages(), flash }
    },
    'release-catalog': async ({ values, visitor }) => {
      const { id } = parse(releaseInput, values)
      const act = { action: 'messages:release', subject: `message:${id}`, after: { topic: 'stock.low' } }
      await actOutside(byVisitor(visitor), act, () => releaseCatalogEvent(id))
      return { to: paths.adminMessages(), flash }
    },
  })
}

const choices = messageStates.map((state) => ({ value: state, label: messageStateLabel[state] }))

export default function AdminMessages() {
  const { items, total, page, pages, filter, catalog, maySend } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  return (
    <>
      <PageTitle title="Messages">
        <Link to={paths.adminMessagePreview('order.paid')} className="link inline-flex min-h-11 items-center">
          How they look
        </Link>
      </PageTitle>
      {problem && (
        <div className="mb-6">
          <Notice kind="bad">{problem.message}</Notice>
        </div>
      )}
      <ListFilter label="Messages" wordsLabel="E-mail address or order number" filter={filter} statuses={choices} />
      {items.length === 0 ? (
        <EmptyState title="No message fits" action={{ to: paths.adminMessages(), label: 'Show all messages' }} />
      ) : (
        <MessageTable messages={items} total={total} mayRelease={maySend} />
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminMessages({ ...filter, page: next })} />
      <CatalogMessages events={catalog} mayRelease={maySend} />
    </>
  )
}
