// One step of a return for staff each: decide, write down what came, give the money back, close it. Plain forms.
import type { StaffAfterSale } from '#app/domain/checkout/after-sale.server.ts'
import { priceOfPieces, type RefundableLine } from '#app/domain/payments/refund-lines.ts'
import { canMoveReturn } from '#app/domain/returns/return-status.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { formatMoney } from '#app/lib/money.ts'
import { Button } from './button.tsx'
import { Field, PostForm, TextareaField } from './form.tsx'
import { GoodsChoice, idIn } from './goods-choice.tsx'

type StaffReturn = StaffAfterSale['returns'][number]
type OneProps = { one: StaffReturn; problem?: FormProblem }

const of = (problem: FormProblem | undefined, ...intents: string[]) =>
  problem && intents.includes(problem.intent) ? problem : undefined
const Which = ({ one }: { one: StaffReturn }) => <input type="hidden" name="returnNumber" value={one.number} />

export function DecideReturn({ one, problem }: OneProps) {
  const own = of(problem, 'return_approve', 'return_reject')
  return (
    <PostForm problem={own} className="grid gap-4">
      <Which one={one} />
      <TextareaField
        id={idIn(`${one.number}`, 'note', own)}
        label="Note to the shopper"
        name="note"
        rows={2}
        maxLength={1000}
        hint="Where to send it; or, if you decline, why."
        problem={own}
      />
      <div className="flex flex-wrap gap-3">
        <Button name="intent" value="return_approve">
          Approve
        </Button>
        <Button variant="danger" name="intent" value="return_reject">
          Decline
        </Button>
      </div>
    </PostForm>
  )
}

export function ReceiveReturn({ one, problem }: OneProps) {
  const own = of(problem, 'return_receive')
  return (
    <PostForm problem={own} className="grid gap-4">
      <Which one={one} />
      {one.lines.map((line) => (
        <fieldset key={line.sku} className="grid gap-2">
          <legend className="text-sm font-semibold">
            {line.title} {line.variantTitle}
          </legend>
          <div className="flex flex-wrap items-end gap-4">
            <Field
              id={idIn(`${one.number}`, `q:${line.sku}`, own)}
              label={`Arrived (of ${line.quantity})`}
              name={`q:${line.sku}`}
              type="number"
              min={0}
              max={line.quantity}
              defaultValue={line.quantity}
              className="w-32"
              problem={own}
            />
            <GoodsChoice sku={line.sku} problem={own} />
          </div>
        </fieldset>
      ))}
      <div>
        <Button name="intent" value="return_receive">
          It has arrived
        </Button>
      </div>
    </PostForm>
  )
}

type RefundReturnProps = OneProps & { lines: RefundableLine[]; currency: string; formKey: string }

export function RefundReturn({ one, lines, currency, formKey, problem }: RefundReturnProps) {
  const own = of(problem, 'refund_return')
  const came = one.lines.flatMap((line) => {
    const known = lines.find(({ sku }) => sku === line.sku)
    const pieces = Math.min(line.receivedQuantity ?? 0, known ? known.quantity - known.refunded : 0)
    return known && pieces > 0 ? [{ ...line, pieces, minor: priceOfPieces(known, pieces) }] : []
  })
  const proposed = came.reduce((sum, { minor }) => sum + minor, 0)
  if (proposed === 0) return <SettledReturn one={one} problem={problem} />
  return (
    <PostForm problem={own} className="grid gap-4">
      <Which one={one} />
      <input type="hidden" name="formKey" value={formKey} />
      {came.map((line) => (
        <Field
          key={line.sku}
          id={idIn(`${one.number}`, `q:${line.sku}`, own)}
          label={`Give back for ${line.title} ${line.variantTitle}`}
          name={`q:${line.sku}`}
          type="number"
          min={0}
          max={line.pieces}
          defaultValue={line.pieces}
          hint={`${line.pieces} arrived: ${formatMoney(line.minor, currency)}`}
          className="max-w-sm"
          problem={own}
        />
      ))}
      <Field
        id={idIn(`${one.number}`, 'shipping', own)}
        label="Of the delivery"
        name="shipping"
        inputMode="decimal"
        optional
        className="max-w-40"
        problem={own}
      />
      <Field
        id={idIn(`${one.number}`, 'reason', own)}
        label="Why"
        name="reason"
        required
        maxLength={300}
        defaultValue={`Return ${one.number}`}
        hint="The shopper reads it."
        problem={own}
      />
      <div>
        <Button name="intent" value="refund_return">
          Refund {formatMoney(proposed, currency)} as proposed
        </Button>
      </div>
    </PostForm>
  )
}

/** It has arrived and no money is owed for it: what came was free, or given back before. */
export function SettledReturn({ one, problem }: OneProps) {
  return (
    <PostForm problem={of(problem, 'return_close')} className="flex flex-wrap items-center gap-3">
      <Which one={one} />
      <p className="text-sm text-muted">What came was free, or given back already.</p>
      <Button variant="secondary" name="intent" value="return_close">
        Nothing more to pay back
      </Button>
    </PostForm>
  )
}

/** The ways out: nothing ever came, or what came is not refunded. */
export function CloseReturn({ one, problem }: OneProps) {
  const own = of(problem, 'return_reject', 'return_cancel')
  const canReject = canMoveReturn('reject', one.status)
  if (!canReject && !canMoveReturn('cancel', one.status)) return null
  return (
    <details className="text-sm" open={own !== undefined}>
      <summary className="min-h-6 text-muted hover:text-ink">{canReject ? 'Do not refund it' : 'Nothing came'}</summary>
      <PostForm problem={own} className="mt-3 grid gap-3">
        <Which one={one} />
        {canReject && (
          <TextareaField
            id={idIn(`no-${one.number}`, 'note', own)}
            label="Why not"
            name="note"
            rows={2}
            required
            maxLength={1000}
            hint="The shopper reads it."
            problem={own}
          />
        )}
        <div>
          <Button variant="danger" name="intent" value={canReject ? 'return_reject' : 'return_cancel'}>
            {canReject ? 'Decline the return' : 'Close the return'}
          </Button>
        </div>
      </PostForm>
    </details>
  )
}
