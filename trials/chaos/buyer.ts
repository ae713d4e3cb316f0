// A shopper without a browser who wants one thing and does not give up easily: reads the forms of the shop's pages, fills
// them in, and presses again when the shop did not answer, as people do.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, Visitor } from '../surface/visitor.ts'

export type Outcome =
  | { kind: 'bought'; number: string }
  /** The shop said no in plain words, before any money moved. */
  | { kind: 'refused'; why: string }
  | { kind: 'gave up'; why: string; number: string | null }

export type Wish = { sku: string; slug: string; quantity?: number }

type Form = Record<string, string>

const decoded = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : decoded(found)
}

/** What the form that holds a field or button called `marker` would send if nobody touched it; null when there is none. */
export function formWith(html: string, marker: string): Form | null {
  const form = [...html.matchAll(/<form\b[\s\S]*?<\/form>/g)].find(([text]) => text.includes(marker))?.[0]
  if (!form) return null
  const fields: Form = {}
  for (const [tag] of form.matchAll(/<(?:input|textarea)\b[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const off = /type="(radio|checkbox)"/.test(tag) && !/\schecked\b/.test(tag)
    if (name && !off) fields[name] = attribute(tag, 'value') ?? (/type="checkbox"/.test(tag) ? 'on' : '')
  }
  for (const [select] of form.matchAll(/<select\b[\s\S]*?<\/select>/g)) {
    const chosen = /<option\b[^>]*\sselected\b[^>]*>/.exec(select)?.[0] ?? /<option\b[^>]*>/.exec(select)?.[0] ?? ''
    fields[attribute(select, 'name') ?? ''] = attribute(chosen, 'value') ?? ''
  }
  return fields
}

const address = {
  fullName: 'Carla Berg',
  line1: '1 Main Street',
  city: 'Dublin',
  postcode: 'D01 F5P2',
  country: 'IE',
}

export class Buyer {
  readonly visitor: Visitor
  /** Where they ask from: limits count by it. */
  readonly network: string
  readonly email: string
  /** Answers of 500 and more that are no 503: the shop must not have any. */
  readonly faults: string[] = []
  number: string | null = null
  /** Where the order is read, with its secret. */
  orderPage = ''

  constructor(
    port: number,
    name: string,
    private readonly patience: number = 40,
  ) {
    this.visitor = new Visitor(port)
    this.email = `${name}@example.com`
    const seed = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 16_000_000, 7)
    this.network = `11.${(seed >> 16) % 250}.${(seed >> 8) % 250}.${seed % 250}`
  }

  /** One request, repeated while nobody is there to answer it. */
  async #ask(method: 'GET' | 'POST', path: string, body?: Form): Promise<Answer> {
    let why = ''
    for (let tries = 0; tries < this.patience; tries++) {
      const headers = { 'X-Forwarded-For': this.network }
      const sent = body ? { headers, body: new URLSearchParams(body) } : { headers }
      const answer = await this.visitor.send(method, path, sent).catch((error: NodeJS.ErrnoException) => error)
      if (!(answer instanceof Error) && answer.status < 500) return answer
      why = answer instanceof Error ? (answer.code ?? answer.message) : String(answer.status)
      if (!(answer instanceof Error) && answer.status !== 503) this.faults.push(`${answer.status} ${method} ${path}`)
      await sleep(250)
    }
    throw new GaveUp(`${method} ${path}: ${why}`)
  }

  get = (path: string) => this.#ask('GET', path)
  post = (path: string, form: Form) => this.#ask('POST', path, form)

  /** From the product to the payment page's address, or a refusal. */
  async order(wish: Wish): Promise<{ payAt: string } | { refused: string }> {
    await this.fillCart([wish])
    return this.confirm(await this.review())
  }

  async fillCart(wishes: Wish[]): Promise<void> {
    for (const { slug, sku, quantity = 1 } of wishes) {
      const page = await this.get(`/p/${slug}?sku=${sku}`)
      const form = formWith(page.text, 'value="add"')
      if (!form) throw new Refused('not for sale any more')
      const { status, text } = await this.post('/cart', { ...form, intent: 'add', sku, quantity: String(quantity) })
      if (status !== 303) throw new Refused(wordsOf(text))
    }
  }

  /** Contact and delivery; the review page's form. */
  async review(): Promise<Form> {
    const contact = await this.get('/checkout')
    const form = formWith(contact.text, 'name="email"')
    if (form)
      await this.post('/checkout', { ...form, intent: intentOf(contact.text, 'name="email"'), email: this.email })
    const delivery = await this.get('/checkout/delivery')
    const where = formWith(delivery.text, 'name="line1"')
    if (!where) throw new Refused(wordsOf(delivery.text))
    await this.post('/checkout/delivery', {
      ...where,
      ...address,
      intent: intentOf(delivery.text, 'name="line1"'),
      shippingMethod: where.shippingMethod || 'standard',
    })
    const review = await this.get('/checkout/review')
    const pay = formWith(review.text, 'name="checkoutKey"')
    if (!pay) throw new Refused(wordsOf(review.text))
    return { ...pay, intent: 'pay' }
  }

  /** Presses the button of the review page. */
  async confirm(form: Form): Promise<{ payAt: string } | { refused: string }> {
    const answer = await this.post('/checkout/review', form)
    const to = answer.headers.location ?? ''
    if (answer.status === 303 && /^https?:/.test(to)) return { payAt: to }
    // The order is placed, its page to pay on was not ready: it can be paid from the order.
    const number = /\/orders\/(HS-[\w-]+)/.exec(to)?.[1]
    if (number) return this.payFromOrder(to)
    return { refused: answer.status === 303 ? `sent back to ${to.split('?')[0]}` : wordsOf(answer.text) }
  }

  async payFromOrder(order: string): Promise<{ payAt: string } | { refused: string }> {
    for (let tries = 0; tries < this.patience; tries++) {
      const page = await this.get(order)
      const form = formWith(page.text, 'value="pay"')
      if (!form) return { refused: wordsOf(page.text) }
      const path = order.split('?')[0] ?? order
      const answer = await this.post(order, { ...form, intent: 'pay' })
      const to = answer.headers.location ?? ''
      if (/^https?:/.test(to) && !to.includes(path)) return { payAt: to }
      await sleep(250)
    }
    throw new GaveUp('no page to pay on')
  }

  /** Types a card at the provider and comes back to the shop. */
  async pay(payAt: string, card = '4242424242424242'): Promise<string> {
    const to = await this.#card(payAt, card)
    const path = to.replace(/^https?:\/\/[^/]+/, '')
    this.number = /\/orders\/(HS-[\w-]+)/.exec(path)?.[1] ?? null
    this.orderPage = path.replace('/return?', '?')
    let answer = await this.get(path)
    for (let hops = 0; hops < 4 && answer.headers.location; hops++)
      answer = await this.get(answer.headers.location.replace(/^https?:\/\/[^/]+/, ''))
    if (!this.number) throw new GaveUp('the provider did not send us back to an order')
    return this.number
  }

  async #card(payAt: string, number: string): Promise<string> {
    const typed = { email: this.email, number, expiry: '12 / 39', cvc: '123', name: 'Carla Berg' }
    for (let tries = 0; tries < this.patience; tries++) {
      const body = new URLSearchParams(typed)
      const answer = await fetch(payAt, { method: 'POST', body, redirect: 'manual' }).catch(() => null)
      const text = (await answer?.text()) ?? ''
      const to = answer?.headers.get('location')
      if (to) return to
      // Pressed twice because the first answer was lost: the page says that it is paid and links back.
      const back = /href="([^"]+\/return\?[^"]+)"/.exec(text)?.[1]
      if (back) return decoded(back)
      if (answer && answer.status < 500 && answer.status !== 404) throw new Refused(wordsOf(text))
      await sleep(250)
    }
    throw new GaveUp('the provider does not answer')
  }

  /** All of it. Never throws. */
  async buy(wish: Wish): Promise<Outcome> {
    try {
      const placed = await this.order(wish)
      if ('refused' in placed) return { kind: 'refused', why: placed.refused }
      return { kind: 'bought', number: await this.pay(placed.payAt) }
    } catch (error) {
      if (error instanceof Refused) return { kind: 'refused', why: error.message }
      if (error instanceof GaveUp) return { kind: 'gave up', why: error.message, number: this.number }
      throw error
    }
  }
}

class Refused extends Error {}
class GaveUp extends Error {}

const intentOf = (html: string, marker: string): string => {
  const form = [...html.matchAll(/<form\b[\s\S]*?<\/form>/g)].find(([text]) => text.includes(marker))?.[0] ?? ''
  const button = [...form.matchAll(/<button\b[^>]*>/g)].map(([tag]) => tag).findLast((tag) => /name="intent"/.test(tag))
  return attribute(button ?? '', 'value') ?? ''
}

/** What the page says first to a person: its alert, else its heading. */
const wordsOf = (html: string): string => {
  const said =
    /role="alert"[^>]*>([\s\S]*?)<\/(?:div|section|p)>/.exec(html)?.[1] ?? /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1]
  return (said ?? html.slice(0, 200))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 160)
}
