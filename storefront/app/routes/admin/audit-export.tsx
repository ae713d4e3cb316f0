// The audit log as a CSV file, with the filter of the page's address. No page: a file only.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { auditQuery, exportAudit } from '#app/domain/audit/audit-list.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { parseQuery } from '#app/http/parse.server.ts'
import { requireStaff } from '#app/http/session.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'audit:read')
  const { page: _, ...filter } = parseQuery(auditQuery, args.request)
  return new Response(await answerLoader(() => exportAudit(filter)), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="audit-log.csv"',
      'Cache-Control': 'private, no-store',
    },
  })
}
