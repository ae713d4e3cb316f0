// What a message would look like. GET /preview: every one with a sample event, for developers. POST /preview: one event,
// for the shop's admin pages (service token). Sends nothing, writes nothing.
import { createRoute, z } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { eventTopics } from '../../../storefront/app/domain/outbox/events.ts'
import { isTopic, type KnownEvent, parseEvent } from '../event.ts'
import type { Shop } from '../layout/document.ts'
import { html } from '../layout/html.ts'
import { DeliveryFailure } from '../lib/failure.ts'
import { compose, type Mail, type Message } from '../messages/compose.ts'
import { samples } from '../messages/samples.ts'
import { variants } from '../messages/variants.ts'
import { requireScope } from './auth.ts'
import { ApiError, type AppEnv, errorAnswers } from './problem.ts'
import { newRouter } from './router.ts'

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

type Shown = { id: string; title: string; messages: Message[] }
const composed = ({ topic, payload }: KnownEvent, shop: Shop) => compose(topic, payload as never, shop)
const mailOf = (messages: Message[] | undefined) =>
  messages?.find((message): message is Mail => message.channel === 'email')
const smsOf = (messages: Message[]) => messages.find((message) => message.channel === 'sms')?.text ?? null

const section = ({ id, title, messages }: Shown) => {
  const mail = mailOf(messages)
  const sms = smsOf(messages)
  return html`<section id="${id}"><h2>${title}</h2>
    <p><strong>${mail?.subject}</strong> · <a href="/preview/${id}.html">HTML alone</a> · <a href="/preview/${id}.txt">text alone</a></p>
    <div class="pair"><iframe title="${title} as HTML" src="/preview/${id}.html" loading="lazy"></iframe><pre tabindex="0">${mail?.text}</pre></div>
    ${sms && html`<p>SMS: ${sms}</p>`}</section>`
}

/** The pages of the preview: `/preview`, `/preview/<topic>.html`, `/preview/<topic>.txt`; variants are numbered. */
export function previewRouter(shop: Shop) {
  const shown: Shown[] = [
    ...eventTopics.map((topic) => ({
      id: topic,
      title: topic,
      messages: compose(topic, samples[topic] as never, shop),
    })),
    ...variants.map(({ title, event }, n) => ({ id: `variant-${n + 1}`, title, messages: composed(event, shop) })),
  ]
  const router = new Hono<AppEnv>()
  router.get('/preview', (c) => {
    const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Messages of ${shop.name}</title>${style}</head>
      <body><h1>Messages of ${shop.name}</h1><nav>${shown.map(({ id, title }) => html`<a href="#${id}">${title}</a> `)}</nav>${shown.map(section)}</body></html>`
    return c.html(page.source, 200, { 'Content-Security-Policy': policy(shop) })
  })
  router.get('/preview/:file', (c) => {
    const [, id = '', kind] = /^(.+)\.(html|txt)$/.exec(c.req.param('file')) ?? []
    const mail = mailOf(shown.find((one) => one.id === id)?.messages)
    if (!mail) return c.notFound()
    return kind === 'txt' ? c.text(mail.text) : c.html(mail.html, 200, { 'Content-Security-Policy': policy(shop) })
  })
  return router
}

const PreviewBody = z
  .object({
    topic: z.string().max(60).openapi({ example: 'order.paid' }),
    payload: z
      .record(z.string(), z.unknown())
      .default({})
      .openapi({ description: 'What is known; the rest is taken from the sample of the topic.', example: {} }),
  })
  .openapi('PreviewRequest')

const Preview = z
  .object({ subject: z.string(), html: z.string(), text: z.string(), sms: z.string().nullable() })
  .openapi('Preview')

const previewRoute = (keys: string[]) =>
  createRoute({
    method: 'post',
    path: '/preview',
    operationId: 'preview',
    tags: ['messages'],
    summary: 'What an event would look like, without sending it',
    security: [{ serviceToken: [] }],
    middleware: [requireScope(keys, 'preview')] as const,
    request: { body: { required: true, content: { 'application/json': { schema: PreviewBody } } } },
    responses: {
      200: { description: 'The messages of the event', content: { 'application/json': { schema: Preview } } },
      ...errorAnswers('malformed_json', 'unauthorized', 'forbidden', 'payload_too_large', 'validation_failed'),
    },
  })

/** The router of POST /preview. */
export const previewApi = (keys: string[], shop: Shop) =>
  newRouter().openapi(previewRoute(keys), (c) => {
    const { topic, payload } = c.req.valid('json')
    const messages = composedOr422(topic, payload, shop)
    const mail = mailOf(messages)
    if (!mail) throw new ApiError('validation_failed', `${topic} makes no mail.`)
    return c.json({ subject: mail.subject, html: mail.html, text: mail.text, sms: smsOf(messages) }, 200)
  })

function composedOr422(topic: string, payload: Record<string, unknown>, shop: Shop): Message[] {
  try {
    return composed(parseEvent(topic, isTopic(topic) ? { ...samples[topic], ...payload } : payload), shop)
  } catch (error) {
    if (error instanceof DeliveryFailure) throw new ApiError('validation_failed', error.message)
    throw error
  }
}
