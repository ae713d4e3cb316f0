// The invoice of an order, for its owner or whoever has the secret link, to be read and printed.
import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { documentWords } from '#app/domain/invoices/document-words.ts'
import { getDocument } from '#app/domain/invoices/queries.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { paths } from '#app/paths.ts'
import { DocumentSheet } from '#app/ui/document-sheet.tsx'
import { homeOfOrder, privateHeaders, requireOrderOfPage, tokenOf } from './whose-order.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded ? `${loaded.words.title} ${loaded.words.number}` : 'Invoice'} · Highstreet` },
  { name: 'robots', content: 'noindex' },
]

export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders

export async function loader(args: LoaderFunctionArgs) {
  const { order, document } = await answerLoader(async () => {
    const order = await requireOrderOfPage(args)
    return { order, document: await getDocument(order.id) }
  })
  const pdf = paths.orderInvoicePdf(order.number, { token: tokenOf(args) })
  const back = { to: homeOfOrder(args), label: `Back to order ${order.number}` }
  return data({ words: documentWords(document), pdf, back }, { headers: privateHeaders })
}

export default function DocumentPage() {
  return (
    <div className="page py-8">
      <DocumentSheet {...useLoaderData<typeof loader>()} />
    </div>
  )
}
