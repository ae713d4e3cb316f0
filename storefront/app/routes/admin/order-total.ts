// The arithmetic of an order as a file, for staff. Reads only.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { documentOf } from '#app/domain/cart/explain/document.ts'
import { getOrderForStaff } from '#app/domain/orders/staff-queries.server.ts'
import { answerLoader } from '#app/http/answer.server.ts'
import { answerDownload } from '#app/http/download.server.ts'
import { requireStaff } from '#app/http/session.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  await requireStaff(args, 'orders:read')
  const order = await answerLoader(() => getOrderForStaff(args.params.number ?? ''))
  const { number, amounts } = order
  return answerDownload(`highstreet-${number}-total.json`, documentOf(`order ${number}`, { ...order, ...amounts }))
}
