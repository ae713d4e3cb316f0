// The payment provider's things in our own small shapes: a page to pay on, a refund, an event, a definite no. Pure.
import type { RefundStatus } from '#app/domain/payments/payment-status.ts'

/** A payment page at the provider, as it is there right now. Amounts in minor units, currency in upper case. */
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

export type VerifiedEvent = {
  id: string
  type: string
  livemode: boolean
  object: { id?: string; object?: string; metadata?: Record<string, string> | null; payment_intent?: unknown }
  payload: Record<string, unknown>
}
