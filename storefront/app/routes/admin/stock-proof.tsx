// Proof of stock: many buyers want the last unit of goods that nobody else sees, in this very shop, and everybody may look at
// the result. It runs in the background; the page comes back by itself until it is there, without scripts.
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listProofs, startProof } from '#app/domain/catalog/proof/stock-proofs.server.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, PostForm } from '#app/ui/form.tsx'
import { When } from '#app/ui/money.tsx'
import { EmptyState, Notice, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

export const meta: MetaFunction = () => [
  { title: 'Proof of stock · Highstreet' },
  { name: 'robots', content: 'noindex' },
]
export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'staff:manage')
  const proofs = await answerLoader(() => listProofs(new Date()))
  const isRunning = proofs.some((proof) => proof.isRunning)
  const private_ = { 'Cache-Control': 'private, no-store' }
  return data({ proofs, isRunning }, { headers: { ...private_, ...(isRunning && { Refresh: '3' }) } })
}

const whole = (most: number) =>
  z
    .string('Type a number.')
    .trim()
    .regex(/^\d{1,3}$/, `A whole number from 1 to ${most}.`)
    .transform(Number)
    .pipe(z.number().min(1, `From 1 to ${most}.`).max(most, `From 1 to ${most}.`))
const plan = z.object({ buyers: whole(500), units: whole(500) })

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'staff:manage')
  return answerPage(args, {
    prove: async ({ values, visitor }) => {
      await startProof(parse(plan, values), byVisitor(visitor))
      return { to: paths.adminStockProof(), flash: { kind: 'good', text: 'The buyers are on their way.' } }
    },
  })
}

export default function AdminStockProof() {
  const { proofs, isRunning } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData<typeof action>())
  const number = { type: 'number', inputMode: 'numeric', min: 1, max: 500, required: true, problem } as const
  return (
    <>
      <PageTitle title="Proof of stock" />
      <p className="mb-6 max-w-prose text-muted">
        Buyers ask for the last units of goods that are made for this and taken away again: no page, list or figure
        shows them, and no real stock moves. Fifty ask at the same moment.
      </p>
      {/* a whole document, so that its header brings it back until the result is there */}
      <PostForm problem={problem} reloadDocument className="card mb-6 flex flex-wrap items-start gap-4 p-4">
        <Field label="Buyers" name="buyers" defaultValue="200" className="w-32" {...number} />
        <Field label="Units" name="units" defaultValue="1" className="w-32" {...number} />
        <Button name="intent" value="prove" disabled={isRunning} className="sm:mt-7">
          Prove it
        </Button>
      </PostForm>
      {isRunning && (
        <Notice live>
          A proof is running. This page looks again by itself.{' '}
          <Link to={paths.adminStockProof()} reloadDocument className="link inline-flex min-h-6 items-center">
            Look now
          </Link>
        </Notice>
      )}
      {proofs.length === 0 ? (
        <EmptyState title="Nothing proven yet">
          <p>The result of a proof stands here a few seconds after it was begun.</p>
        </EmptyState>
      ) : (
        <ul className="mt-6 space-y-4">
          {proofs.map((proof) => (
            <Proof key={proof.id} proof={proof} />
          ))}
        </ul>
      )}
    </>
  )
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>['proofs'][number]

function Proof({ proof }: { proof: Shown }) {
  const { buyers, units, askedBy, startedAt, report, failure, isRunning } = proof
  const held = report !== null && report.broken.length === 0
  return (
    <li className="card p-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-lg">
          {buyers} {buyers === 1 ? 'buyer' : 'buyers'} for {units === 1 ? 'the last unit' : `${units} units`}
        </h2>
        <StatusBadge tone={held ? 'good' : isRunning ? 'info' : 'bad'}>
          {held ? 'Every promise held' : isRunning ? 'Running' : report ? 'Broken' : 'Not proven'}
        </StatusBadge>
      </div>
      <p className="mt-1 text-sm text-muted">
        <When date={startedAt} time /> by {askedBy}
      </p>
      {report && <Figures report={report} />}
      {report && report.broken.length > 0 && (
        <ul className="mt-3 list-disc pl-5 text-bad">
          {report.broken.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {!report && !isRunning && <p className="mt-3">{failure ?? 'The process that ran it stopped.'}</p>}
    </li>
  )
}

function Figures({ report }: { report: NonNullable<Shown['report']> }) {
  const figures = [
    ['Sold', report.sold],
    ['Refused', report.refused],
    ['Holds left', report.holdsLeft],
    ['Rows below zero', report.negativeRows],
    ['First answer, half', `${report.p50Ms} ms`],
    ['First answer, 95 %', `${report.p95Ms} ms`],
  ] as const
  return (
    <dl className="nums mt-3 grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="text-lg font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
