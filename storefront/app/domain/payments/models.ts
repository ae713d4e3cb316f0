// The tables payments, refunds and stripe_events. Imported only inside this folder.
import { Model } from 'objection'
import type { PaymentKind, PaymentStatus, RefundStatus } from '#app/domain/payments/payment-status.ts'
import type { RefundLine } from '#app/domain/payments/refund-lines.ts'

export class Payment extends Model {
  static override tableName = 'payments'
  declare id: string
  declare orderId: string
  declare attempt: number
  declare provider: string
  /** On the provider's page, or by an intent that the client's own form confirms. */
  declare kind: PaymentKind
  /** What is paid on there: a page's id (`cs_…`), for an intent that intent's (`pi_…`). */
  declare providerSessionId: string | null
  declare providerIntentId: string | null
  declare sessionUrl: string | null
  declare sessionExpiresAt: Date | null
  declare status: PaymentStatus
  declare amountMinor: number
  declare currency: string
  declare capturedMinor: number
  declare refundedMinor: number
  declare cardBrand: string | null
  declare cardLast4: string | null
  /** How it came over a store's counter; null for money taken by the provider. */
  declare tender: 'cash' | 'card' | null
  declare failureCode: string | null
  declare failureMessage: string | null
  declare createdAt: Date
  declare updatedAt: Date
  declare succeededAt: Date | null
}

export class Refund extends Model {
  static override tableName = 'refunds'
  static override jsonAttributes = ['lines']
  declare id: string
  declare paymentId: string
  declare orderId: string
  declare amountMinor: number
  declare currency: string
  declare status: RefundStatus
  declare reason: string
  declare requestedBy: string
  declare idempotencyKey: string
  declare providerRefundId: string | null
  declare failureReason: string | null
  /** The goods it is for; null for an amount that belongs to none. */
  declare lines: RefundLine[] | null
  declare shippingMinor: number
  declare returnId: string | null
  /** Goods of it that staff chose to put back are not on the shelf yet. */
  declare restockPending: boolean
  declare nextAttemptAt: Date | null
  declare attempts: number
  declare createdAt: Date
  declare updatedAt: Date
}

export class Dispute extends Model {
  static override tableName = 'disputes'
  declare id: string
  declare paymentId: string
  declare orderId: string
  declare status: string
  declare reason: string
  declare amountMinor: number
  declare currency: string
  declare evidenceDueAt: Date | null
  declare openedAt: Date
  declare updatedAt: Date
}

export type Verdict = 'applied' | 'duplicate' | 'stale' | 'ignored' | 'failed'

export class StripeEvent extends Model {
  static override tableName = 'stripe_events'
  static override idColumn = 'event_id'
  static override jsonAttributes = ['payload']
  declare eventId: string
  declare type: string
  declare objectId: string
  declare orderId: string | null
  declare livemode: boolean
  declare payload: Record<string, unknown>
  declare receivedAt: Date
  declare processedAt: Date | null
  declare verdict: Verdict | null
  declare attempts: number
  declare nextAttemptAt: Date
  declare leaseToken: string | null
  declare leaseUntil: Date | null
  declare lastError: string | null
}
