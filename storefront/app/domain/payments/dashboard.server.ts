// Where a person looks at a thing of the payment provider: Stripe's dashboard, or the stand-in's front page. An address only.
import { isLiveMode } from '#app/domain/payments/stripe.server.ts'
import { env } from '#app/env.server.ts'

/** The address for an id of the provider (`pi_…`, `cs_…`, `re_…`). */
export function dashboardUrl(objectId: string): string {
  const standIn = env().STRIPE_API_URL
  if (standIn) return new URL('/', standIn).href
  return `https://dashboard.stripe.com${isLiveMode() ? '' : '/test'}/search?query=${encodeURIComponent(objectId)}`
}
