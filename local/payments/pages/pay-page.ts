// The hosted payment page's looks: the order's lines, the card form, the bank's 3-D Secure step, and the ends.
// Props in, HTML out; works without JavaScript and loads nothing from anywhere.
import { html } from 'hono/html'
import { type Html, money } from '../../frame.ts'
import { cards, grouped } from '../rules/cards.ts'
import type { Thing } from '../store.ts'
import { type Errors, type Field, fields, type Typed } from './card-form.ts'
import { frame } from './ribbon.ts'

interface Line {
  description: string
  quantity: number
  amount_total: number
  price: { unit_amount: number }
  _description?: string | null
}

/** The page of an open session. */
export function payPage(session: Thing, shopName: string, typed: Typed, errors: Errors): Html {
  const amount = money(session.amount_total, session.currency)
  return frame(
    `${Object.keys(errors).length ? 'Error: ' : ''}Pay ${amount} · ${shopName}`,
    html`<main class="columns">
      ${summary(session, shopName)}
      <section aria-labelledby="pay">
        <div class="panel">
          <h2 id="pay">${session.amount_total === 0 ? 'Nothing to pay' : 'Pay by card'}</h2>
          ${alert(errors)}
          <form method="post" action="/pay/${session.id}">
            ${inputs(session, typed, errors)}
            <button type="submit">${session.amount_total === 0 ? 'Complete the order' : `Pay ${amount}`}</button>
            ${session.amount_total === 0 ? '' : hints()}
          </form>
        </div>
        ${
          session.cancel_url
            ? html`<p style="text-align:center"><a href="${String(session.cancel_url)}">Cancel and go back to ${shopName}</a></p>`
            : ''
        }
      </section>
    </main>`,
  )
}

function summary(session: Thing, shopName: string): Html {
  const lines = session._line_items as Line[]
  const shipping = session.shipping_cost as { amount_total: number } | null
  return html`<section aria-labelledby="order">
    <h1 id="order">${shopName}</h1>
    <p class="muted" style="margin:0">Your order</p>
    <p class="total">${money(session.amount_total, session.currency)}</p>
    <ul class="lines">
      ${lines.map(
        (line) =>
          html`<li>
            <span>
              ${line.description}
              ${line._description ? html`<br /><span class="muted small">${line._description}</span>` : ''}
              ${line.quantity > 1 ? html`<br /><span class="muted small">${line.quantity} × ${money(line.price.unit_amount, session.currency)}</span>` : ''}
            </span>
            <span class="money">${money(line.amount_total, session.currency)}</span>
          </li>`,
      )}
      ${
        shipping
          ? html`<li><span>${session._shipping_name ?? 'Shipping'}</span><span class="money">${money(shipping.amount_total, session.currency)}</span></li>`
          : ''
      }
      <li class="sum"><span>Total</span><span class="money">${money(session.amount_total, session.currency)}</span></li>
    </ul>
  </section>`
}

function alert(errors: Errors): Html | '' {
  const wrong = fields.filter((field) => errors[field])
  if (wrong.length === 0) return ''
  return html`<div class="alert" role="alert">
    ${wrong.map((field) => html`<p><a href="#${field}">${errors[field]}</a></p>`)}
  </div>`
}

const attributes: Record<
  Field,
  { label: string; type: string; autocomplete: string; inputmode: string; placeholder: string }
> = {
  email: { label: 'E-mail', type: 'email', autocomplete: 'email', inputmode: 'email', placeholder: '' },
  number: {
    label: 'Card number',
    type: 'text',
    autocomplete: 'cc-number',
    inputmode: 'numeric',
    placeholder: '1234 1234 1234 1234',
  },
  expiry: { label: 'Valid until', type: 'text', autocomplete: 'cc-exp', inputmode: 'numeric', placeholder: 'MM / YY' },
  cvc: { label: 'Security code', type: 'text', autocomplete: 'cc-csc', inputmode: 'numeric', placeholder: 'CVC' },
  name: { label: 'Name on the card', type: 'text', autocomplete: 'cc-name', inputmode: 'text', placeholder: '' },
}

function inputs(session: Thing, typed: Typed, errors: Errors): Html {
  const free = session.amount_total === 0
  const email = session.customer_email
    ? html`<p class="field"><span class="muted">E-mail</span><br />${session.customer_email}</p>
        <input type="hidden" name="email" value="${String(session.customer_email)}" />`
    : input('email', typed, errors)
  if (free) return html`${email}`
  return html`${email} ${input('number', typed, errors)}
    <div class="pair">${input('expiry', typed, errors)} ${input('cvc', typed, errors)}</div>
    ${input('name', typed, errors)}`
}

function input(field: Field, typed: Typed, errors: Errors): Html {
  const { label, type, autocomplete, inputmode, placeholder } = attributes[field]
  const error = errors[field]
  return html`<div class="field">
    <label for="${field}">${label}</label>
    <input id="${field}" name="${field}" type="${type}" value="${typed[field]}" autocomplete="${autocomplete}" inputmode="${inputmode}"
      placeholder="${placeholder}" required ${error ? html`aria-invalid="true" aria-describedby="${field}-error"` : ''} />
    ${error ? html`<p class="error" id="${field}-error">${error}</p>` : ''}
  </div>`
}

function hints(): Html {
  const shown = Object.entries(cards).filter(([, card]) => card.hint)
  return html`<details>
    <summary>Test cards</summary>
    <p class="muted small">Any future date and any security code. A button fills the form; then pay.</p>
    <ul class="small">
      ${shown.map(
        ([number, card]) =>
          html`<li><button class="card" name="fill" value="${number}" formnovalidate>${grouped(number)}</button> ${card.hint}</li>`,
      )}
    </ul>
  </details>`
}

/** The bank's page: is it really you? */
export function challengePage(intent: Thing, method: Thing | null, shopName: string): Html {
  const card = method?.card as { last4?: string } | undefined
  return frame(
    'Confirm your payment',
    html`<main class="narrow">
      <div class="panel stack">
        <p class="muted small" style="margin:0">3-D Secure · your bank</p>
        <h1>Is it you?</h1>
        <p>
          ${shopName} asks for <strong class="money">${money(intent.amount, intent.currency)}</strong> from your card ending in
          <strong>${card?.last4 ?? '••••'}</strong>.
        </p>
        <form method="post" action="/challenge/${intent.id}" class="stack">
          <button name="answer" value="accept">Yes, approve the payment</button>
          <button class="quiet" name="answer" value="refuse">No, refuse it</button>
        </form>
      </div>
    </main>`,
  )
}

/** A page that says one thing and offers one way on. */
export function endPage(title: string, words: string, link?: { href: string; label: string }): Html {
  return frame(
    title,
    html`<main class="narrow">
      <div class="panel stack">
        <h1>${title}</h1>
        <p>${words}</p>
        ${link ? html`<a class="button" href="${link.href}">${link.label}</a>` : ''}
      </div>
    </main>`,
  )
}
