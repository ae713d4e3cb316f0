// The shoppers of a season: each a short list of steps, chosen by the seed. They press again when nobody answers, as people
// do, and take a no for a no. What they were told is not believed: the judge looks at the rows.
import type { Stage } from './stage.ts'

export type Step = () => Promise<unknown>

const moods = [
  'buys',
  'is declined first',
  'pays twice',
  'walks away',
  'cancels while paying',
  'repents',
  'gets some back',
  'gets some back in the dashboard',
] as const
export type Mood = (typeof moods)[number]

export const moodOf = (random: () => number): Mood => moods[Math.floor(random() * moods.length)] ?? 'buys'

const cards = { good: '4242424242424242', declined: '4000000000000002' }

export class Shopper {
  private cartId = ''

  constructor(
    private readonly stage: Stage,
    private readonly goods: Awaited<ReturnType<Stage['shop']['stockUp']>>,
    private readonly random: () => number,
  ) {}

  /** What this shopper does, one after the other. */
  steps(mood: Mood): Step[] {
    const { shop } = this.stage
    const order = async () => {
      this.cartId = await shop.order(this.goods, 1 + Math.floor(this.random() * 3), this.random() < 0.3 ? 2 : 1)
    }
    const pay = () => this.pay(cards.good)
    const cancel = () => this.withOrder((id) => shop.cancelOrder({ orderId: id, reason: 'Changed my mind' }, shop.by()))
    const refund = () =>
      this.withOrder((id) =>
        shop.refundOrder(
          { orderId: id, amountMinor: 150, reason: 'A scratch', formKey: `form-${id}` },
          shop.by('staff:x'),
        ),
      )
    const all: Record<Mood, Step[]> = {
      buys: [order, pay],
      'is declined first': [order, () => this.pay(cards.declined), pay],
      'pays twice': [order, () => Promise.all([pay(), pay()]), pay],
      'walks away': [order, cancel],
      'cancels while paying': [order, () => Promise.all([pay(), cancel()])],
      repents: [order, pay, cancel],
      'gets some back': [order, pay, refund, refund],
      'gets some back in the dashboard': [order, pay, () => this.refundInDashboard()],
    }
    return all[mood]
  }

  private async withOrder(work: (orderId: string) => Promise<unknown>): Promise<void> {
    const order = await this.stage.shop.orderOf(this.cartId)
    if (order) await persist(() => work(order.id))
  }

  /** From the order to its payment page, the card, and back to the shop if the page sends anybody back. */
  private async pay(number: string): Promise<void> {
    const { shop } = this.stage
    await this.withOrder(async (id) => {
      const { paymentUrl } = await shop.resumePayment({ id }, shop.by())
      if (!paymentUrl) return
      const card = { email: 'alice@example.com', number, expiry: '12 / 39', cvc: '123', name: 'Alice' }
      const answer = await fetch(paymentUrl, { method: 'POST', body: new URLSearchParams(card), redirect: 'manual' })
      await answer.body?.cancel()
      const back = answer.headers.get('location')
      if (!back) return
      await shop.settleOnReturn({ orderId: id, sessionId: new URL(back).searchParams.get('session_id') }, shop.by())
    })
  }

  /** Somebody of the shop gives money back at the provider, behind the shop's back. */
  private async refundInDashboard(): Promise<void> {
    await this.withOrder(async (orderId) => {
      const { db } = this.stage.shop
      const payment = await db()('payments').where({ orderId, status: 'succeeded' }).first('providerIntentId')
      if (!payment) return
      const answer = await fetch(`${this.stage.payments}/v1/refunds`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}`,
          'Idempotency-Key': `dashboard-${orderId}`,
        },
        body: new URLSearchParams({ payment_intent: payment.providerIntentId, amount: '120' }),
      })
      await answer.body?.cancel()
    })
  }
}

/** Three times at most; a refusal in words is an answer. */
async function persist(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    try {
      await work()
      return
    } catch (error) {
      const { code } = error as { code?: string }
      if (code && !['payment_unavailable', 'overloaded'].includes(code)) return
    }
  }
}
