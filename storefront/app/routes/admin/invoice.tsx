// The invoice of an order, for staff, to be read and printed.
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { documentWords } from '#app/domain/invoices/document-words.ts'
import { getDocument } from '#app/domain/invoices/queries.server.ts'
import { getOrderForStaff } from '#app/domain/orders/staff-queries.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { requireStaff } from '#app/http/session.server.ts'
import { paths } from '#app/paths.ts'
import { DocumentSheet } from '#app/ui/document-sheet.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded ? `${loaded.words.title} ${loaded.words.number}` : 'Invoice'} · Admin · Highstreet` },
  { name: 'robots', content: 'noindex' },
]

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'orders:read')
  return answerLoader(async () => {
    const order = await getOrderForStaff(args.params.number ?? '')
    const document = await getDocument(order.id)
    const back = { to: paths.adminOrder(order.number), label: `Back to order ${order.number}` }
    return { words: documentWords(document), pdf: paths.adminInvoicePdf(order.number), back }
  })
}

export default function AdminDocument() {
  return <DocumentSheet {...useLoaderData<typeof loader>()} />
}
