// GET /preview: every message with a sample event, as HTML, text and SMS. Development only; sends nothing.
import { Hono } from 'hono'
import { eventTopics } from '../../../storefront/app/domain/outbox/events.ts'
import type { Shop } from '../layout/document.ts'
import { html } from '../layout/html.ts'
import { compose, type Mail, type Message } from '../messages/compose.ts'
import { samples } from '../messages/samples.ts'
import type { AppEnv } from './problem.ts'

const policy = (shop: Shop) =>
  `default-src 'none'; style-src 'unsafe-inline'; img-src ${shop.origin} data:; frame-src 'self'; base-uri 'none'`

const style = html`<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 76rem; }
  h1, h2 { font-family: Georgia, serif; } h2 { margin: 3rem 0 .25rem; }
  a { color: inherit; } nav a { margin-right: 1rem; }
  .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }
  iframe { width: 100%; height: 46rem; border: 1px solid #8886; border-radius: 12px; background: #faf7f2; }
  pre { overflow: auto; max-height: 46rem; margin: 0; padding: 1rem; border: 1px solid #8886; border-radius: 12px; font-size: .8rem; box-sizing: border-box; }
</style>`

/** The pages of the preview: `/preview`, `/preview/<topic>.html`, `/preview/<topic>.txt`. */
export function previewRouter(shop: Shop) {
  const messages = new Map<string, Message[]>(
    eventTopics.map((topic) => [topic, compose(topic, samples[topic] as never, shop)]),
  )
  const mailOf = (topic: string) => messages.get(topic)?.find((message): message is Mail => message.channel === 'email')

  const section = (topic: string) => {
    const sms = messages.get(topic)?.find((message) => message.channel === 'sms')
    return html`<section id="${topic}"><h2>${topic}</h2>
      <p><strong>${mailOf(topic)?.subject}</strong> · <a href="/preview/${topic}.html">HTML alone</a> · <a href="/preview/${topic}.txt">text alone</a></p>
      <div class="pair"><iframe title="${topic} as HTML" src="/preview/${topic}.html" loading="lazy"></iframe><pre tabindex="0">${mailOf(topic)?.text}</pre></div>
      ${sms && html`<p>SMS: ${sms.text}</p>`}</section>`
  }

  const router = new Hono<AppEnv>()
  router.get('/preview', (c) => {
    const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Messages of ${shop.name}</title>${style}</head>
      <body><h1>Messages of ${shop.name}</h1><nav>${eventTopics.map((topic) => html`<a href="#${topic}">${topic}</a> `)}</nav>${eventTopics.map(section)}</body></html>`
    return c.html(page.source, 200, { 'Content-Security-Policy': policy(shop) })
  })
  router.get('/preview/:file', (c) => {
    const [, topic = '', kind] = /^(.+)\.(html|txt)$/.exec(c.req.param('file')) ?? []
    const mail = mailOf(topic)
    if (!mail) return c.notFound()
    return kind === 'txt' ? c.text(mail.text) : c.html(mail.html, 200, { 'Content-Security-Policy': policy(shop) })
  })
  return router
}
