// The returns of an order for staff: decide, write down what came, give the money back. Plain forms, one step at a time.
import type { StaffAfterSale } from '#app/domain/checkout/after-sale.server.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { CloseReturn, DecideReturn, ReceiveReturn, RefundReturn, SettledReturn } from './admin-return-steps.tsx'
import { When } from './money.tsx'
import { ReturnLines, ReturnStatusBadge } from './return-parts.tsx'

type AdminReturnsProps = {
  afterSale: StaffAfterSale
  currency: string
  formKey: string
  may: { decide: boolean; receive: boolean; refund: boolean }
  problem?: FormProblem
}

export function AdminReturns({ afterSale, currency, formKey, may, problem }: AdminReturnsProps) {
  if (afterSale.returns.length === 0) return null
  return (
    <section className="card grid gap-6 p-5" id="returns">
      <h2 className="text-lg">Returns</h2>
      {afterSale.returns.map((one) => {
        const own = problem?.values.returnNumber === one.number ? problem : undefined
        return (
          <article key={one.number} id={`return-${one.number}`} className="grid gap-3 border-l-2 border-line pl-4">
            <header className="flex flex-wrap items-center gap-3">
              <h3 className="nums font-sans text-base font-semibold tracking-normal">{one.number}</h3>
              <ReturnStatusBadge status={one.status} label={one.statusLabel} />
              <span className="text-sm text-muted">
                <When date={one.requestedAt} />
              </span>
            </header>
            {one.note && <p>“{one.note}”</p>}
            <ReturnLines lines={one.lines} />
            {one.staffNote && <p className="text-sm text-muted">We wrote: “{one.staffNote}”</p>}
            {may.decide && one.status === 'requested' && <DecideReturn one={one} problem={own} />}
            {may.receive && one.status === 'approved' && <ReceiveReturn one={one} problem={own} />}
            {may.refund && one.status === 'received' && !one.refundStarted && (
              <RefundReturn one={one} lines={afterSale.lines} currency={currency} formKey={formKey} problem={own} />
            )}
            {may.decide && !may.refund && one.status === 'received' && !one.refundStarted && (
              <SettledReturn one={one} problem={own} />
            )}
            {one.refundStarted && <p className="text-sm text-muted">Its money is on the way back.</p>}
            {may.decide && one.status !== 'requested' && !one.refundStarted && <CloseReturn one={one} problem={own} />}
          </article>
        )
      })}
    </section>
  )
}
