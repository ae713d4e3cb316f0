// One difference between us and the payment provider: both sides, and what may be done about it, its effect first.
import { Link } from '@remix-run/react'
import {
  byHand,
  type DifferenceKind,
  differenceWords,
  type Facts,
  repairOf,
} from '#app/domain/checkout/reconcile/rules.ts'
import type { Change } from '#app/domain/checkout/rehearsal.server.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { Field, PostForm } from './form.tsx'
import { Money, When } from './money.tsx'
import { MoneyChanges } from './money-changes.tsx'
import { StatusBadge } from './parts.tsx'

type Shown = {
  id: string
  kind: DifferenceKind
  objectId: string
  orderNumber: string | null
  ours: Facts
  theirs: Facts
  occurredAt: Date | string
  stripeUrl: string
}
type Effect = {
  changes: Change[]
  afterwards: string | null
}

const buttons = {
  settle: 'Settle again',
  record_refund: 'Record the refund',
  end_mismatch: 'Refund it and end the order',
  expire_page: 'End the payment page',
  give_back: 'Give it back',
} as const

export function MoneyDifference({
  difference,
  showAt,
  preview,
}: {
  difference: Shown
  showAt: string
  preview: Effect | null
}) {
  const { id, kind, objectId, orderNumber, ours, theirs, occurredAt, stripeUrl } = difference
  const repair = repairOf[kind]
  return (
    <li id={`d-${id}`} className="card grid gap-4 p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg">{differenceWords[kind]}</h2>
        <span className="text-sm text-muted">
          <When date={occurredAt} time />
        </span>
      </div>
      <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-3">
        <Side name="Here" facts={ours} />
        <Side name="At Stripe" facts={theirs} />
        <div>
          <dt className="text-sm text-muted">Order</dt>
          <dd>
            {orderNumber ? (
              <Link
                to={paths.adminOrder(orderNumber)}
                className="nums link inline-flex min-h-11 items-center font-semibold"
              >
                {orderNumber}
              </Link>
            ) : (
              'not known here'
            )}
          </dd>
        </div>
      </dl>
      <p className="nums text-sm break-all text-muted">{objectId}</p>
      {repair && !preview && (
        <div>
          <Link to={showAt} className="link inline-flex min-h-11 items-center font-semibold">
            See what “{buttons[repair]}” would do
            <span className="sr-only">: {orderNumber ?? objectId}</span>
          </Link>
        </div>
      )}
      {repair && preview && (
        <div className="grid gap-3 rounded-card border border-line bg-sunk p-4">
          <h3 className="font-semibold">What “{buttons[repair]}” will do</h3>
          <MoneyChanges
            changes={preview.changes}
            caption="Rows before and after"
            none="Nothing here: our rows are level by now."
          />
          {preview.afterwards && <p className="text-sm text-muted">{preview.afterwards}</p>}
          <PostForm>
            <input type="hidden" name="id" value={id} />
            <Button name="intent" value="repair">
              {buttons[repair]}
            </Button>
          </PostForm>
        </div>
      )}
      {!repair && <ByHand id={id} why={byHand[kind] ?? 'Nothing is safe to do from here.'} stripeUrl={stripeUrl} />}
    </li>
  )
}

function ByHand({ id, why, stripeUrl }: { id: string; why: string; stripeUrl: string }) {
  return (
    <div className="grid gap-3">
      <p className="max-w-prose">
        {why}{' '}
        <a href={stripeUrl} className="link inline-flex min-h-11 items-center" rel="noreferrer">
          Look at it in Stripe
        </a>
      </p>
      <PostForm className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="id" value={id} />
        <Field
          id={`note-${id}`}
          label="What you found"
          name="note"
          required
          maxLength={300}
          className="min-w-52 flex-1"
        />
        <Button variant="secondary" name="intent" value="aside">
          Put aside
        </Button>
      </PostForm>
    </div>
  )
}

function Side({ name, facts }: { name: string; facts: Facts }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="flex flex-wrap items-center gap-2">
        {facts.status ? <StatusBadge tone="info">{facts.status.replaceAll('_', ' ')}</StatusBadge> : 'nothing'}
        {facts.amountMinor !== undefined && facts.currency && (
          <Money minor={facts.amountMinor} currency={facts.currency} className="nums" />
        )}
      </dd>
    </div>
  )
}
