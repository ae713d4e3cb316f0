// What the shopper has of an order after the sale: its invoice and credit notes, its returns, the same things again. Plain
// links and forms; the page's action does the work.
import { Link } from '@remix-run/react'
import type { AfterSale } from '#app/domain/checkout/after-sale.server.ts'
import type { OrderView } from '#app/domain/orders/order-view.ts'
import { canMoveReturn } from '#app/domain/returns/return-status.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button, ButtonLink } from './button.tsx'
import { PostForm } from './form.tsx'
import { Icon } from './icon.tsx'
import { Money, When } from './money.tsx'
import { ReturnLines, ReturnStatusBadge } from './return-parts.tsx'

const documentName = { invoice: 'Invoice', credit_note: 'Credit note', withdrawal: 'Withdrawn credit note' } as const

type OrderDocumentsProps = { number: string; documents: AfterSale['documents']; token?: string }

export function OrderDocuments({ number, documents, token }: OrderDocumentsProps) {
  if (documents.length === 0) return null
  return (
    <ul className="mt-4 grid gap-1 border-t border-line pt-3">
      {documents.map((document) => (
        <li key={document.number}>
          <Link
            to={
              document.kind === 'invoice'
                ? paths.orderInvoice(number, { token })
                : paths.orderCreditNote(number, document.number, { token })
            }
            className="link inline-flex min-h-8 items-center"
          >
            {documentName[document.kind]} {document.number}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** The same things again, at today's prices. */
export function OrderAgain({ problem }: { problem?: FormProblem }) {
  return (
    <PostForm problem={problem?.intent === 'reorder' ? problem : undefined}>
      <Button variant="secondary" name="intent" value="reorder" className="w-full">
        <Icon name="rotate-ccw" size={18} />
        Order these things again
      </Button>
    </PostForm>
  )
}

type OrderReturnsProps = { order: OrderView; afterSale: AfterSale; token?: string; problem?: FormProblem }

export function OrderReturns({ order, afterSale, token, problem }: OrderReturnsProps) {
  const { returns, returnable, returnUntil } = afterSale
  if (returns.length === 0 && !returnable) return null
  return (
    <section className="card p-5" aria-labelledby="returns-title" id="returns">
      <h2 id="returns-title" className="mb-3 text-lg">
        Returns
      </h2>
      {returns.length > 0 && (
        <ul className="mb-4 grid gap-5">
          {returns.map((one) => (
            <OrderReturn key={one.number} one={one} problem={problem} />
          ))}
        </ul>
      )}
      {returnable && (
        <div className="flex flex-wrap items-center justify-between gap-4">
          <p className="max-w-md text-muted">
            Not what you hoped for? Send it back
            {returnUntil ? (
              <>
                {' '}
                until <When date={returnUntil} />
              </>
            ) : (
              ' within 30 days of its arrival'
            )}
            .
          </p>
          <ButtonLink to={paths.returnRequest(order.number, { token })} variant="secondary">
            Return things
          </ButtonLink>
        </div>
      )}
    </section>
  )
}

function OrderReturn({ one, problem }: { one: AfterSale['returns'][number]; problem?: FormProblem }) {
  return (
    <li className="grid gap-2">
      <p className="flex flex-wrap items-center gap-3">
        <span className="nums font-semibold">{one.number}</span>
        <ReturnStatusBadge status={one.status} label={one.statusLabel} />
        <span className="text-sm text-muted">
          <When date={one.requestedAt} />
        </span>
      </p>
      <ReturnLines lines={one.lines} />
      {one.staffNote && <p className="border-l-2 border-line pl-3 text-sm">“{one.staffNote}”</p>}
      {canMoveReturn('cancel', one.status) && (
        <PostForm problem={problem?.intent === 'cancel_return' ? problem : undefined}>
          <input type="hidden" name="returnNumber" value={one.number} />
          <Button variant="quiet" name="intent" value="cancel_return">
            I keep it after all
          </Button>
        </PostForm>
      )}
    </li>
  )
}

/** The documents of an order in a list with their amounts, for staff. */
export function StaffDocuments({ number, documents }: { number: string; documents: AfterSale['documents'] }) {
  if (documents.length === 0) return null
  return (
    <section className="card p-5">
      <h2 className="mb-2 text-lg">Documents</h2>
      <ul className="grid gap-1">
        {documents.map((document) => (
          <li key={document.number} className="flex flex-wrap items-center justify-between gap-x-4">
            <Link
              to={
                document.kind === 'invoice'
                  ? paths.adminInvoice(number)
                  : paths.adminCreditNote(number, document.number)
              }
              className="link inline-flex min-h-8 items-center"
            >
              {documentName[document.kind]} {document.number}
            </Link>
            <Money minor={document.totalMinor} currency={document.currency} className="nums" />
          </li>
        ))}
      </ul>
    </section>
  )
}
