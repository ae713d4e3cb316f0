// Lines of the audit log: who did what to what, with what was before and after folded away.
import { Link } from '@remix-run/react'
import { paths } from '#app/paths.ts'
import { When } from './money.tsx'

type Facts = Record<string, unknown> | null
type Line = {
  seq: number
  actorName: string
  action: string
  subject: string
  before?: Facts
  after?: Facts
  ipPrefix?: string | null
  requestId?: string | null
  createdAt: Date | string
}

export function AuditLines({ lines, total }: { lines: Line[]; total: number }) {
  return (
    <div className="card">
      <p className="px-4 pt-4 text-sm text-muted">
        {total} {total === 1 ? 'line' : 'lines'}, latest first
      </p>
      <ul className="divide-y divide-line">
        {lines.map((line) => (
          <li key={line.seq} className="px-4 py-3">
            <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <span className="font-semibold">{line.actorName}</span>
              <code className="text-sm">{line.action}</code>
              <Subject subject={line.subject} />
              <span className="text-sm text-muted sm:ml-auto">
                <When date={line.createdAt} time />
              </span>
            </p>
            <details className="text-sm">
              <summary className="inline-flex min-h-9 cursor-pointer items-center text-muted hover:text-ink">
                What changed<span className="sr-only"> in line {line.seq}</span>
              </summary>
              <dl className="grid gap-x-6 gap-y-2 pb-2 sm:grid-cols-2">
                <FactList title="Before" facts={line.before} />
                <FactList title="After" facts={line.after} />
              </dl>
              <p className="pb-2 text-muted">
                Line {line.seq}
                {line.ipPrefix && !/^(::\/|127\.)/.test(line.ipPrefix) && ` · from ${line.ipPrefix}`}
                {line.requestId && ` · request ${line.requestId}`}
              </p>
            </details>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What it was done to, as a link where there is a page of it. */
function Subject({ subject }: { subject: string }) {
  const [kind = '', name = ''] = subject.split(':')
  const to = Object.hasOwn(pageOf, kind) ? pageOf[kind]?.(name) : undefined
  if (!to) return <span className="min-w-0 break-all">{subject}</span>
  return (
    <Link to={to} className="link min-w-0 break-all">
      {subject}
    </Link>
  )
}

const pageOf: Record<string, (name: string) => string> = {
  order: paths.adminOrder,
  product: paths.adminProduct,
  category: paths.adminCategory,
  sku: paths.adminStock,
  store: paths.adminStore,
}

function FactList({ title, facts }: { title: string; facts: Facts | undefined }) {
  return (
    <div className="min-w-0">
      <dt className="font-semibold">{title}</dt>
      <dd>
        {facts ? (
          <pre className="overflow-x-auto rounded-lg bg-sunk p-3 whitespace-pre-wrap [overflow-wrap:anywhere]">
            {JSON.stringify(facts, null, 2)}
          </pre>
        ) : (
          <span className="text-muted">–</span>
        )}
      </dd>
    </div>
  )
}
