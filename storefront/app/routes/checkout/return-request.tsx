// Announcing a return: which things, how many, why. For the order's owner or whoever has its secret link.
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { limitByNetwork } from '#app/domain/identity/rate-limit.server.ts'
import { findReturnable } from '#app/domain/returns/queries.server.ts'
import { requestReturn } from '#app/domain/returns/request.server.ts'
import { requestedLines, requestInput } from '#app/domain/returns/return-inputs.ts'
import { answerLoader, answerPage } from '#app/http/answer.server.ts'
import { parse } from '#app/http/parse.server.ts'
import { problemOf } from '#app/http/problem.ts'
import { byVisitor } from '#app/http/session.server.ts'
import { newToken } from '#app/lib/ids.ts'
import { When } from '#app/ui/money.tsx'
import { Breadcrumb, EmptyState, PageTitle } from '#app/ui/parts.tsx'
import { ReturnForm } from '#app/ui/return-form.tsx'
import { homeOfOrder, privateHeaders, requireOrderOfPage } from './whose-order.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Return things${loaded ? ` of order ${loaded.number}` : ''} · Highstreet` },
  { name: 'robots', content: 'noindex' },
]

export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders

export async function loader(args: LoaderFunctionArgs) {
  const page = await answerLoader(async () => {
    const order = await requireOrderOfPage(args)
    const { lines, until } = await findReturnable(order, new Date())
    return { number: order.number, lines, until, home: homeOfOrder(args), formKey: newToken() }
  })
  return data(page, { headers: privateHeaders })
}

export async function action(args: ActionFunctionArgs) {
  return answerPage(args, {
    request: async ({ values, visitor }) => {
      await limitByNetwork('return', visitor.ip)
      const { id } = await requireOrderOfPage(args)
      const { formKey, note } = parse(requestInput, values)
      const { number } = await requestReturn(
        { orderId: id, formKey, note, lines: requestedLines(values) },
        byVisitor(visitor),
      )
      const text = `Your return ${number} is announced. We look at it and write to you.`
      return { to: homeOfOrder(args), flash: { kind: 'good', text } }
    },
  })
}

export default function ReturnRequestPage() {
  const { number, lines, until, home, formKey } = useLoaderData<typeof loader>()
  const problem = problemOf(useActionData())
  return (
    <div className="page py-8">
      <Breadcrumb items={[{ name: `Order ${number}`, to: home }, { name: 'Return things' }]} />
      <PageTitle title="Return things" />
      {lines.length === 0 ? (
        <EmptyState title="Nothing to return now" action={{ to: home, label: 'Back to your order' }}>
          Things can come back once they were sent, for 30 days after they arrived.
        </EmptyState>
      ) : (
        <div className="max-w-3xl">
          <p className="mb-6 text-muted">
            Choose what you want to send back. We look at it, tell you where to send it, and give the money back when it
            is here.
            {until && (
              <>
                {' '}
                You can do this until <When date={until} />.
              </>
            )}
          </p>
          <ReturnForm lines={lines} formKey={formKey} problem={problem} />
        </div>
      )}
    </div>
  )
}
