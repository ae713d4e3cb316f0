// What staff did: who, what, before and after. Filters in the URL; the same lines as a table for spreadsheets.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { auditQuery, listAuditActions, pageAudit } from '#app/domain/audit/audit-list.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { AuditLines } from '#app/ui/audit-lines.tsx'
import { Button } from '#app/ui/button.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { EmptyState, PageTitle } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'audit:read')
  const { page: wanted, ...filter } = parseQuery(auditQuery, args.request)
  const [found, actions] = await answerLoader(() => Promise.all([pageAudit(filter, wanted), listAuditActions()]))
  return { ...found, actions, filter }
}

export default function AdminAudit() {
  const { items, total, page, pages, actions, filter } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle title="Audit log">
        <a href={paths.adminAuditExport(filter)} className="link inline-flex min-h-11 items-center" download>
          As CSV
        </a>
      </PageTitle>
      <Form className="card mb-6 flex flex-wrap items-end gap-3 p-4" role="search" aria-label="Audit log">
        <Text name="actor" label="Who" value={filter.actor} />
        <Text name="subject" label="What it was done to" value={filter.subject} />
        <label>
          <span className="mb-1 block text-sm font-semibold">What</span>
          <select name="action" defaultValue={filter.action} className="field">
            <option value="">Everything</option>
            {actions.map((action) => (
              <option key={action} value={action}>
                {action}
              </option>
            ))}
          </select>
        </label>
        <Day name="from" label="From" value={filter.from} />
        <Day name="to" label="To" value={filter.to} />
        <Button variant="secondary">Show</Button>
      </Form>
      {items.length === 0 ? (
        <EmptyState title="No line fits" action={{ to: paths.adminAudit(), label: 'Show everything' }} />
      ) : (
        <AuditLines lines={items} total={total} />
      )}
      <Pager page={page} pages={pages} to={(next) => paths.adminAudit({ ...filter, page: next })} />
    </>
  )
}

function Text({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <label className="min-w-40 flex-1">
      <span className="mb-1 block text-sm font-semibold">{label}</span>
      <input type="search" name={name} defaultValue={value} maxLength={200} className="field" />
    </label>
  )
}

function Day({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <label>
      <span className="mb-1 block text-sm font-semibold">{label}</span>
      <input type="date" name={name} defaultValue={value} className="field" />
    </label>
  )
}
