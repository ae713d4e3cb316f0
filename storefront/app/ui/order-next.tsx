// What can be done with an order now: pay it, wait for something, cancel it. Plain forms; the page's action does the work.
import { Link } from '@remix-run/react'
import type { OrderView } from '#app/domain/orders/order-view.ts'
import type { FormProblem } from '#app/http/problem.ts'
import { paths } from '#app/paths.ts'
import { Button } from './button.tsx'
import { PostForm } from './form.tsx'
import { Icon } from './icon.tsx'
import { Money, When } from './money.tsx'
import { Notice } from './parts.tsx'

export function WhatNow({ order, problem }: { order: OrderView; problem?: FormProblem }) {
  if (order.can.pay && order.paymentMethod === 'card') return <Pay order={order} problem={problem} />
  const words = whatNow(order)
  return words ? (
    <div className="mb-8">
      <Notice kind={words.kind}>
        {words.text}{' '}
        {words.toCart && (
          <Link to={paths.cart()} className="link">
            Go to your cart
          </Link>
        )}
      </Notice>
    </div>
  ) : null
}

type Words = { kind: 'good' | 'warn' | 'info'; text: string; toCart?: boolean }

function whatNow({ status, cancelRequested, pickup, totalMinor, payment }: OrderView): Words | null {
  if (status === 'expired' && pickup?.isPaidThere)
    return { kind: 'warn', text: 'This order was not collected in time. Nothing was charged.' }
  if (status === 'expired')
    return { kind: 'warn', text: 'This order was not paid in time. Nothing was charged.', toCart: true }
  if (status === 'cancelled') return { kind: 'info', text: 'This order is cancelled. Nothing was charged.' }
  if (totalMinor === 0 && (status === 'refund_due' || status === 'refunded'))
    return { kind: 'info', text: 'This order is cancelled. It cost nothing.' }
  if (status === 'refund_due')
    return { kind: 'warn', text: 'This order is cancelled and your money is on its way back.' }
  if (status === 'refunded' && payment?.tender)
    return { kind: 'good', text: 'All of the money was given back in the store.' }
  if (status === 'refunded')
    return { kind: 'good', text: 'All of the money went back. Banks need up to ten days to show it.' }
  if (cancelRequested) return { kind: 'info', text: 'We are cancelling this order. This takes a moment.' }
  if (status === 'payment_received' && !pickup)
    return { kind: 'good', text: 'Your payment is here. We are preparing your order.' }
  return null
}

function Pay({ order, problem }: { order: OrderView; problem?: FormProblem }) {
  const declined = order.payment?.declined
  return (
    <section className="card mb-8 border-accent p-5 sm:p-6" aria-labelledby="pay-title">
      <PostForm problem={problem?.intent === 'pay' ? problem : undefined} reloadDocument>
        <div className="flex flex-wrap items-center justify-between gap-5">
          <div className="max-w-xl">
            <h2 id="pay-title" className="text-lg">
              {declined ? 'Your card was declined' : 'This order waits for your payment'}
            </h2>
            <p className="mt-1 text-muted">
              {declined ? 'Nothing was charged. You can try again, also with another card. ' : ''}
              Your things are kept for you
              {order.payment?.payableUntil && (
                <>
                  {' '}
                  until <When date={order.payment.payableUntil} time />
                </>
              )}
              . Payment continues on our payment provider’s page.
            </p>
          </div>
          <Button name="intent" value="pay">
            <Icon name="lock" size={18} />
            Pay <Money minor={order.totalMinor} currency={order.currency} />
          </Button>
        </div>
      </PostForm>
    </section>
  )
}

/** Cancelling asks once more: a disclosure, so that it needs no script. */
export function CancelOrder({ order, problem }: { order: OrderView; problem?: FormProblem }) {
  const isPaid = order.status === 'paid' && order.totalMinor > 0
  const isCarted = order.paymentMethod === 'card'
  return (
    <details className="card p-5" open={problem?.intent === 'cancel'}>
      <summary className="flex min-h-6 items-center gap-2 font-medium text-muted hover:text-ink">
        <Icon name="x" size={18} />
        Cancel this order
      </summary>
      <PostForm problem={problem?.intent === 'cancel' ? problem : undefined} className="mt-4 grid gap-4">
        <p className="text-sm text-muted">
          {isPaid
            ? `Nothing has been ${order.pickup ? 'handed over' : 'sent'} yet. We give back the whole amount to the card you paid with.`
            : `Nothing has been charged.${isCarted ? ' Your things stay in your cart.' : ''}`}
        </p>
        <div className="flex flex-wrap gap-3">
          <Button variant="danger" name="intent" value="cancel">
            Yes, cancel it
          </Button>
        </div>
      </PostForm>
    </details>
  )
}
