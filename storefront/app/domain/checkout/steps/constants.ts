// The numbers that must hold together: a hold outlives every page it is paid on, a lease outlives every call made
// under it. Pure. Change one only with the others in view.
import { inStoreHoldSeconds, type PaymentMethod } from '#app/domain/pickup/pickup-rules.ts'

/** How long Stripe keeps a payment page open. Its minimum is 30 min; one more, so that a repeated request still fits. */
export const sessionSeconds = 31 * 60
/** How long catalog-api holds the goods: longer than the page lives, with room for a slow start. */
export const holdSeconds = 45 * 60
/** … or until the shopper has come to the counter. */
export const holdSecondsFor = ({ paymentMethod }: { paymentMethod: PaymentMethod }): number =>
  paymentMethod === 'in_store' ? inStoreHoldSeconds : holdSeconds
/** A page is opened only while the hold outlasts it by this. */
export const graceSeconds = 60
/** How long a new order is left to the web request that placed it. */
export const headStartSeconds = 5
/** A placing order whose goods could not be held is given up after this: nobody was asked for money yet. */
export const placingGivesUpSeconds = 120
/** A page that the provider does not know counts as ended this long after its end. */
export const forgottenSeconds = 3600
/** How often an order waiting for payment is compared with the provider when no webhook comes. */
export const waitingLookSeconds = 5 * 60
/** How long a web request drives or waits before the page shows what there is. */
export const hurrySeconds = 25
export const workerPauseMs = 1_000
export const sweepSeconds = 30
/** How often it is asked whether a round of the reconciler is due. */
export const reconcileLookSeconds = 20
/** Webhook events about an order we do not know are kept this long before they count as another shop's. */
export const unknownOrderSeconds = 3 * 24 * 3600

/** 2 s, 4 s, 8 s … 10 min, each with up to half of it taken off at random. */
export function backoffSeconds(attempts: number, random: () => number = Math.random): number {
  const full = Math.min(600, 2 ** Math.min(attempts + 1, 12))
  return full * (1 - random() / 2)
}
