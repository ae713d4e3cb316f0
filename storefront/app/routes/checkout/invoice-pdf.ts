// The invoice of an order as a PDF, for its owner or whoever has the secret link.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { renderPdf } from '#app/domain/invoices/pdf.server.ts'
import { getDocument } from '#app/domain/invoices/queries.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { answerPdf } from '#app/http/download.server.ts'
import { requireOrderOfPage } from './whose-order.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  const document = await answerLoader(async () => {
    const order = await requireOrderOfPage(args)
    return getDocument(order.id)
  })
  return answerPdf(`${document.number}.pdf`, await renderPdf(document))
}
