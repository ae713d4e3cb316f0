// After the sale, for staff: refunds by line, a payment that does not fit the order, disputes. What a form asks is what
// its verb takes.
import type { StaffAfterSale } from '#app/domain/checkout/after-sale.server.ts'
import { priceOfPieces } from '#app/domain/payments/refund-lines.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { currencyExponent, formatMoney } from '#app/lib/money.ts'
import { Button } from './button.tsx'
import { Field, PostForm } from './form.tsx'
import { GoodsChoice, idIn } from './goods-choice.tsx'
import { When } from './money.tsx'
import { Notice } from './parts.tsx'

type RefundLinesFormProps = { afterSale: StaffAfterSale; currency: string; formKey: string; problem?: FormProblem }

export function RefundLinesForm({ afterSale, currency, formKey, problem }: RefundLinesFormProps) {
  const lines = afterSale.lines.filter((line) => line.refunded < line.quantity)
  if (lines.length === 0 && afterSale.shippingMinor === 0) return null
  return (
    <details className="card p-5" id="refund-lines" open={problem !== undefined}>
      <summary className="min-h-6 font-display text-lg font-semibold">Refund by line</summary>
      <p className="mt-2 mb-4 text-muted">
        Each piece is refunded at what it cost. Pieces that were not sent are not sent any more.
      </p>
      <PostForm problem={problem} className="grid gap-5">
        <input type="hidden" name="formKey" value={formKey} />
        {lines.map((line) => {
          const left = line.quantity - line.refunded
          return (
            <fieldset key={line.sku} className="grid gap-2 border-b border-line pb-4">
              <legend className="font-semibold">{line.title}</legend>
              <div className="flex flex-wrap items-end gap-4">
                <Field
                  id={idIn('refund', `q:${line.sku}`, problem)}
                  label={`Pieces (of ${left})`}
                  name={`q:${line.sku}`}
                  type="number"
                  min={0}
                  max={left}
                  defaultValue={0}
                  hint={`${left === 1 ? '' : `All ${left}: `}${formatMoney(priceOfPieces(line, left), currency)}`}
                  problem={problem}
                />
                <GoodsChoice sku={line.sku} problem={problem} />
              </div>
            </fieldset>
          )
        })}
        {afterSale.shippingMinor > 0 && (
          <Field
            id={idIn('refund', 'shipping', problem)}
            label="Of the delivery"
            name="shipping"
            inputMode="decimal"
            optional
            hint={`Up to ${(afterSale.shippingMinor / 10 ** currencyExponent(currency)).toFixed(currencyExponent(currency))}`}
            className="max-w-40"
            problem={problem}
          />
        )}
        <Field
          id={idIn('refund', 'reason', problem)}
          label="Why"
          name="reason"
          required
          maxLength={300}
          hint="The shopper reads it."
          problem={problem}
        />
        <div>
          <Button variant="secondary" name="intent" value="refund_lines">
            Refund these
          </Button>
        </div>
      </PostForm>
    </details>
  )
}

/** Money that is not the order's: one way out, for who has looked at it. */
export function MismatchForm({ problem }: { problem?: FormProblem }) {
  return (
    <section className="card border-bad p-5" id="mismatch">
      <h2 className="mb-1 text-lg">The payment is not what the order asks for</h2>
      <p className="mb-3 text-muted">
        Nothing is sent and the cart stays shut until somebody decides. All of the money goes back and the order ends;
        the shopper can order again.
      </p>
      <PostForm problem={problem}>
        <Button variant="danger" name="intent" value="end_mismatch">
          Refund it and end the order
        </Button>
      </PostForm>
    </section>
  )
}

const reasonWords = (reason: string) => reason.replaceAll('_', ' ')

export function DisputeBanner({ disputes }: { disputes: StaffAfterSale['disputes'] }) {
  return disputes.map((dispute) => (
    <div key={dispute.id} className="mb-6">
      <Notice kind={dispute.isOpen ? 'bad' : 'info'}>
        {dispute.isOpen ? (
          <>
            <strong>The cardholder disputes {formatMoney(dispute.amountMinor, dispute.currency)}</strong> (
            {reasonWords(dispute.reason)}). Answer in Stripe
            {dispute.evidenceDueAt && (
              <>
                {' '}
                before <When date={dispute.evidenceDueAt} time />
              </>
            )}
            .
          </>
        ) : (
          `A dispute about ${formatMoney(dispute.amountMinor, dispute.currency)} is over: ${reasonWords(dispute.status)}.`
        )}
      </Notice>
    </div>
  ))
}
