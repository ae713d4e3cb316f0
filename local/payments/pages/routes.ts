// The hosted payment page and the 3-D Secure step: read the form, call the verb, answer with a page or a redirect.
// Never redirects anywhere but to the URLs the shop gave when it made the session.

import type { Context } from 'hono'
import { Hono } from 'hono'
import { StripeError } from '../api/wire.ts'
import { cards } from '../rules/cards.ts'
import { answerChallenge, attemptError, lastMethod } from '../rules/intents.ts'
import { getSession, pay, settleSession } from '../rules/sessions.ts'
import type { Store, Thing } from '../store.ts'
import type { Sky } from '../weather.ts'
import type { Webhooks } from '../webhooks.ts'
import { checkForm, type Errors, filledWith, nothingTyped, readForm, type Typed } from './card-form.ts'
import { deskPage } from './desk-page.ts'
import { challengePage, endPage, payPage } from './pay-page.ts'

/** Stripe gives the shop up to 10 s to note the payment before it redirects; a stand-in must not be that patient. */
const patience = 2_000

export interface PagesOptions {
  store: Store
  webhooks: Webhooks
  sky: Sky
  origin: () => string
  shopName: string
}

export function payPages(options: PagesOptions): Hono {
  const { store } = options
  const app = new Hono()
  app.onError((error, c) => {
    if (!(error instanceof StripeError)) throw error
    return c.html(endPage('Nothing here', 'This payment page does not exist. Go back to the shop and try again.'), 404)
  })
  app.get('/', (c) => c.html(deskPage(store)))
  app.get('/pay/:id', (c) => {
    const session = getSession(store, c.req.param('id'))
    const intent = c.req.query('again') !== undefined ? store.find(String(session.payment_intent)) : null
    const error = intent && attemptError(intent, lastMethod(store, intent))
    const errors = error ? { [error.field]: error.message } : {}
    return showSession(c, options, session, emptyFor(session), errors, error ? 402 : 200)
  })
  app.post('/pay/:id', (c) => takePayment(c, options, c.req.param('id')))
  app.get('/challenge/:id', (c) => {
    const intent = intentOf(store, c.req.param('id'))
    if (intent.status !== 'requires_action') return leave(c, options, intent)
    restrict(c, intent._session ? getSession(store, String(intent._session)) : null)
    return c.html(challengePage(intent, store.find(String(intent.payment_method)), options.shopName))
  })
  app.post('/challenge/:id', async (c) => {
    const accepted = (await c.req.formData()).get('answer') === 'accept'
    const intent = store.transaction(() => {
      const answered = answerChallenge(store, intentOf(store, c.req.param('id')), accepted)
      const payer = answered._payer as { email: string | null; name: string | null }
      if (answered._session) settleSession(store, getSession(store, String(answered._session)), answered, payer)
      return answered
    })
    return leave(c, options, intent)
  })
  return app
}

function emptyFor(session: Thing): Typed {
  return { ...nothingTyped, email: String(session.customer_email ?? '') }
}

async function takePayment(c: Context, options: PagesOptions, id: string): Promise<Response> {
  const { store } = options
  const form = await c.req.formData()
  const typed = readForm(form)
  const session = getSession(store, id)
  const fill = form.get('fill')
  if (typeof fill === 'string' && cards[fill]) {
    return showSession(c, options, session, filledWith(typed, fill, Date.now()), {}, 200)
  }
  const free = { entry: { number: '', expMonth: 0, expYear: 0, name: null, email: typed.email || null } }
  const checked = session.amount_total === 0 ? free : checkForm(typed, store.now() * 1000)
  if ('errors' in checked) return showSession(c, options, session, { ...typed, cvc: '' }, checked.errors, 422)
  const after = pay(store, id, checked.entry, options.origin())
  if (after.session.status !== 'open' || !after.intent)
    return showSession(c, options, after.session, typed, {}, 200, true)
  if (after.intent.status === 'requires_action') return c.redirect(`/challenge/${after.intent.id}`, 303)
  const error = attemptError(after.intent, lastMethod(store, after.intent))
  const errors: Errors = { [error?.field ?? 'number']: error?.message ?? 'Your card was declined.' }
  return showSession(c, options, after.session, { ...typed, cvc: '' }, errors, 402)
}

/** An open session's form; a complete one goes back to the shop, an expired one says so. */
async function showSession(
  c: Context,
  options: PagesOptions,
  session: Thing,
  typed: Typed,
  errors: Errors,
  status: 200 | 402 | 422,
  justPaid = false,
): Promise<Response> {
  restrict(c, session)
  if (session.status === 'open') return c.html(payPage(session, options.shopName, typed, errors), status)
  if (session.status === 'complete') {
    if (c.req.method === 'GET' && !justPaid) {
      const link = { href: successUrl(session), label: `Back to ${options.shopName}` }
      return c.html(endPage('Already paid', 'This order has been paid. There is nothing more to do here.', link))
    }
    await options.webhooks.waitFor('checkout.session.completed', session.id, patience)
    if (options.sky.losesRedirect()) return c.html(endPage('Thank you', 'Your payment was received.'))
    return c.redirect(successUrl(session), 303)
  }
  const link = session.cancel_url
    ? { href: String(session.cancel_url), label: `Back to ${options.shopName}` }
    : undefined
  return c.html(
    endPage('This payment page has expired', 'You have not been charged. Go back to the shop to try again.', link),
    410,
  )
}

function successUrl(session: Thing): string {
  return String(session.success_url).replaceAll(/\{CHECKOUT_SESSION_ID\}|%7BCHECKOUT_SESSION_ID%7D/gi, session.id)
}

/** Where the 3-D Secure step leads: back to the session's page or to the shop, or to a direct intent's return_url. */
async function leave(c: Context, options: PagesOptions, intent: Thing): Promise<Response> {
  options.webhooks.deliverDue()
  if (intent._session) {
    const session = getSession(options.store, String(intent._session))
    if (session.status === 'open') return c.redirect(`/pay/${session.id}?again`, 303)
    return showSession(c, options, session, emptyFor(session), {}, 200, true)
  }
  if (!intent._return_url) return c.html(endPage('Done', 'You may close this page.'))
  const back = new URL(String(intent._return_url))
  back.searchParams.set('payment_intent', intent.id)
  back.searchParams.set('payment_intent_client_secret', String(intent.client_secret))
  back.searchParams.set('redirect_status', intent.status === 'succeeded' ? 'succeeded' : 'failed')
  return c.redirect(back.href, 303)
}

function intentOf(store: Store, id: string): Thing {
  const intent = store.find(id)
  if (intent?.object !== 'payment_intent') throw new StripeError(404, 'invalid_request_error', 'No such payment_intent')
  return intent
}

/** No script, nothing from elsewhere; browsers hold redirects after a form to `form-action`, so the shop is named. */
function restrict(c: Context, session: Thing | null): void {
  const shops = [session?.success_url, session?.cancel_url].filter((url) => typeof url === 'string')
  const origins = session
    ? [...new Set(shops.map((url) => new URL(String(url).replaceAll(/[{}]/g, '')).origin))]
    : ['*']
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    `form-action 'self' ${origins.join(' ')}`,
  ]
  c.header('content-security-policy', `${policy.join('; ')}; base-uri 'none'; frame-ancestors 'none'`)
  c.header('cache-control', 'no-store')
  c.header('referrer-policy', 'no-referrer')
}
