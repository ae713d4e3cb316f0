// The payment provider's things in our own small shapes: a page to pay on, a refund, an event, a definite no. Pure.
import type { RefundStatus } from '#app/domain/payments/payment-status.ts'

/**
 * What a shopper pays on at the provider, as it is there right now: a page (`cs_…`), or an intent (`pi_…`) that the
 * client's own payment form confirms. Amounts in minor units, currency in upper case.
 */
export type ProviderSession = {
  id: string
  url: string | null
  status: 'open' | 'complete' | 'expired'
  isPaid: boolean
  amountMinor: number
  currency: string
  orderId: string | null
  paymentId: string | null
  intentId: string | null
  cardBrand: string | null
  cardLast4: string | null
  expiresAt: Date
}

/** An intent as a client with a form of its own needs it. The secret belongs to that client alone: never log it. */
export type ProviderIntent = {
  id: string
  clientSecret: string
  status:
    | 'requires_payment_method'
    | 'requires_confirmation'
    | 'requires_action'
    | 'processing'
    | 'succeeded'
    | 'canceled'
  amountMinor: number
  currency: string
  /** Where the shopper proves who they are (3-D Secure); null when nothing is asked. */
  nextUrl: string | null
  /** Why the last card was refused, in the bank's words. */
  decline: { code: string; message: string } | null
}

/** The mark, instead of a row of ours, of a refund of a payment that we do not know: there is nothing here to record it on. */
export const refundOfUnknown = 'unknown'

export type ProviderRefund = {
  id: string
  status: RefundStatus
  amountMinor: number
  currency: string
  intentId: string | null
  /** Our row's id, null for one made in the dashboard. */
  refundId: string | null
  failureReason: string | null
}

/** A page or an intent as a list shows it. `isOfPage`: an intent that the provider made for one of its pages. */
export type ListedPayable = ProviderSession & { isOfPage: boolean; createdAt: Date }
export type ListedRefund = ProviderRefund & { createdAt: Date }

/** A cardholder's dispute. `status` is the provider's own word (`needs_response`, `under_review`, `won`, `lost`, `warning_…`). */
export type ProviderDispute = {
  id: string
  intentId: string | null
  status: string
  reason: string
  amountMinor: number
  currency: string
  evidenceDueAt: Date | null
  openedAt: Date
}

/** A definite no: the request was understood and refused, so nothing happened there. Everything else is unknown. */
export class ProviderRefused extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message)
    this.name = 'ProviderRefused'
  }
}

export type SessionInput = {
  orderId: string
  orderNumber: string
  paymentId: string
  attempt: number
  email: string
  currency: string
  lines: { name: string; quantity: number; unitAmountMinor: number; imageUrl: string | null }[]
  expiresAt: Date
  successUrl: string
  cancelUrl: string
}

export type IntentInput = {
  orderId: string
  orderNumber: string
  paymentId: string
  attempt: number
  email: string
  amountMinor: number
  currency: string
  /** Until when the shop lets it be paid: kept with the intent, which does not end by itself. */
  expiresAt: Date
}

export type VerifiedEvent = {
  id: string
  type: string
  livemode: boolean
  object: { id?: string; object?: string; metadata?: Record<string, string> | null; payment_intent?: unknown }
  payload: Record<string, unknown>
}
