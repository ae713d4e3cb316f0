// What searches are expected to find, each with where its product stands now; looked at anew each time the page opens. The
// same is asked by `npm run search:check`.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { actOutside } from '#app/domain/audit/audit.server.ts'
import {
  adminDeleteExpectation,
  adminListExpectations,
  adminSaveExpectation,
  type Expectation,
} from '#app/domain/catalog/staff/finding.server.ts'
import { expectationInput } from '#app/domain/catalog/staff/finding-input.ts'
import { can } from '#app/domain/identity/roles.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { type FormProblem, problemOf } from '#app/http/problem.ts'
import { byVisitor, requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from '#app/ui/button.tsx'
import { Field, PostForm } from '#app/ui/form.tsx'
import { Breadcrumb, EmptyState, PageTitle, StatusBadge } from '#app/ui/parts.tsx'

export async function loader(args: LoaderFunctionArgs) {
  const { role } = await requireStaff(args, 'products:read')
  return { items: await answerLoader(adminListExpectations), mayWrite: can(role, 'products:write') }
}

const named = z.object({ id: z.uuid() })
const facts = ({ query, product, within }: Expectation) => ({ query, product: product.slug, within })

export async function action(args: ActionFunctionArgs) {
  await requireStaff(args, 'products:write')
  return answerPage(args, {
    save: async ({ values, visitor }) => {
      const input = parse(expectationInput, values)
      const act = { action: 'expectations:write', subject: 'expectation:new', subjectOf, after: facts }
      const { query, product, position } = await actOutside(byVisitor(visitor), act, () => adminSaveExpectation(input))
      const text = `“${query}” shows ${product.title} ${position === null ? 'not among the first 60' : `at place ${position}`} now.`
      return { to: paths.adminExpectations(), flash: { kind: 'good', text } }
    },
    remove: async ({ values, visitor }) => {
      const { id } = parse(named, values)
      const act = { action: 'expectations:write', subject: `expectation:${id}`, after: { deleted: true } }
      await actOutside(byVisitor(visitor), act, () => adminDeleteExpectation(id))
      return { to: paths.adminExpectations(), flash: { kind: 'good', text: 'This is expected no longer.' } }
    },
  })
}

const subjectOf = ({ id }: Expectation) => `expectation:${id}`

export default function AdminExpectations() {
  const { items, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData()
  return (
    <>
      <Breadcrumb items={[{ name: 'Finding things', to: paths.adminFinding() }, { name: 'Expectations' }]} />
      <PageTitle title="What searches should find" />
      {mayWrite && <NewExpectation problem={problemOf(answer, 'save')} />}
      {items.length === 0 ? (
        <EmptyState title="Nothing is expected yet">
          <p>Write down the searches your best sellers must be found by. A change that moves them turns red here.</p>
        </EmptyState>
      ) : (
        <ul aria-label="Expectations" className="grid gap-3">
          {items.map((item) => (
            <Line key={item.id} item={item} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
    </>
  )
}

function Line({ item, mayWrite }: { item: Expectation; mayWrite: boolean }) {
  const { id, query, product, within, position, met } = item
  return (
    <li className={`card flex flex-wrap items-center gap-x-5 gap-y-2 px-5 py-3 ${met ? '' : 'border-bad'}`}>
      <StatusBadge tone={met ? 'good' : 'bad'}>{met ? 'Met' : 'Not met'}</StatusBadge>
      <p className="min-w-60 flex-1">
        <Link to={paths.search({ q: query })} className="font-semibold hover:underline">
          “{query}”
        </Link>{' '}
        shows{' '}
        <Link to={paths.adminProduct(product.id)} className="link">
          {product.title}
        </Link>{' '}
        {within === 1 ? 'first' : `within the first ${within}`}
        <span className={`block text-sm ${met ? 'text-muted' : 'font-medium text-bad'}`}>
          {product.status === 'published' ? '' : `The product is ${product.status}. `}
          {position === null ? 'It is not among the first 60 now.' : `It stands at place ${position} now.`}
        </span>
      </p>
      {mayWrite && (
        <PostForm>
          <input type="hidden" name="id" value={id} />
          <Button variant="quiet" name="intent" value="remove">
            Remove<span className="sr-only"> “{query}”</span>
          </Button>
        </PostForm>
      )}
    </li>
  )
}

function NewExpectation({ problem }: { problem?: FormProblem }) {
  return (
    <PostForm problem={problem} className="card mb-8 grid gap-5 p-5 sm:grid-cols-[1fr_1fr_8rem]">
      <Field label="Search" name="query" required maxLength={60} hint="Slips of the pen too." problem={problem} />
      <Field
        label="Must show"
        name="product"
        required
        maxLength={300}
        hint="A SKU, or the address of the product’s page."
        problem={problem}
      />
      <Field
        label="Within the first"
        name="within"
        required
        inputMode="numeric"
        pattern="[1-9]|[1-5][0-9]|60"
        defaultValue="3"
        problem={problem}
      />
      <div className="sm:col-span-3">
        <Button name="intent" value="save">
          Expect this
        </Button>
      </div>
    </PostForm>
  )
}
