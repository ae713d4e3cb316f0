// The invoice of an order as a PDF, for staff.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { renderPdf } from '#app/domain/invoices/pdf.server.ts'
import { getDocument } from '#app/domain/invoices/queries.server.ts'
import { getOrderForStaff } from '#app/domain/orders/staff-queries.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { answerPdf } from '#app/http/download.server.ts'
import { requireStaff } from '#app/http/session.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'orders:read')
  const document = await answerLoader(async () => {
    const order = await getOrderForStaff(args.params.number ?? '')
    return getDocument(order.id)
  })
  return answerPdf(`${document.number}.pdf`, await renderPdf(document))
}
