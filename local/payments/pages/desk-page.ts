// The stand-in's front page for developers: the latest sessions, and the webhooks that wait for an answer.
import { html } from 'hono/html'
import { type Html, money } from '../../frame.ts'
import type { Store } from '../store.ts'
import { frame } from './ribbon.ts'

export function deskPage(store: Store): Html {
  const sessions = store.list('checkout.session').slice(0, 50)
  const waiting = store.list('_delivery').slice(0, 50)
  return frame(
    'Payments stand-in',
    html`<main>
      <h1>Payments stand-in</h1>
      <p class="muted">Speaks enough of Stripe for the shop to run without an account. Its API is under <code>/v1</code>.</p>
      <h2 style="margin-top:2rem">Latest checkout sessions</h2>
      ${
        sessions.length === 0
          ? html`<p class="muted">None yet: place an order in the shop.</p>`
          : html`<div class="scroll"><table>
              <thead><tr><th>Session</th><th>Order</th><th>Amount</th><th>Status</th><th>Payment</th></tr></thead>
              <tbody>
                ${sessions.map(
                  (session) => html`<tr>
                    <td><a href="/pay/${session.id}">${session.id.slice(0, 20)}…</a></td>
                    <td>${session.client_reference_id ?? ''}</td>
                    <td class="money">${money(session.amount_total, session.currency)}</td>
                    <td>${session.status}</td>
                    <td>${session.payment_status}</td>
                  </tr>`,
                )}
              </tbody>
            </table></div>`
      }
      <h2 style="margin-top:2rem">Webhooks waiting for an answer</h2>
      ${
        waiting.length === 0
          ? html`<p class="muted">None: every event was delivered.</p>`
          : html`<div class="scroll"><table>
              <thead><tr><th>Event</th><th>Tries</th><th>Last answer</th><th>Next try</th></tr></thead>
              <tbody>
                ${waiting.map(
                  (delivery) => html`<tr>
                    <td>${delivery.type}</td>
                    <td>${delivery.attempts}</td>
                    <td>${delivery.answer ?? ''}</td>
                    <td>${new Date(Number(delivery.next_at)).toISOString()}</td>
                  </tr>`,
                )}
              </tbody>
            </table></div>`
      }
    </main>`,
  )
}
