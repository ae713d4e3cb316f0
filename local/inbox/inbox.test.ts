// The inbox seen by the mail client the notifier uses, and by a person reading.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTransport } from 'nodemailer'
import { afterEach, expect, test } from 'vitest'
import { type Inbox, type InboxOptions, startInbox } from './server.ts'

const running: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop()
})

async function start(options: InboxOptions = {}): Promise<Inbox> {
  const inbox = await startInbox(options)
  running.push(() => inbox.stop())
  return inbox
}

async function send(inbox: Inbox, more: Record<string, unknown> = {}): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: inbox.smtpPort, secure: false, ignoreTLS: true })
  await transport.sendMail({
    from: 'Highstreet <hello@highstreet.example>',
    to: 'alice@example.com',
    subject: 'Your order é 42 is paid',
    text: 'Thank you, Alice. https://shop.test/orders/42',
    html: '<p style="color:green">Thank you, <b>Alice</b>.</p><script>alert(1)</script>',
    ...more,
  })
  transport.close()
}

type Listed = { items: { id: string; subject: string; to: string[] }[]; total: number }
const listed = async (inbox: Inbox, query = '') =>
  (await (await fetch(`${inbox.url}/api/messages${query}`)).json()) as Listed

test('a mail that was sent is listed with its recipient and can be found by it', async () => {
  const inbox = await start()
  await send(inbox)
  await send(inbox, { to: 'bob@example.com', subject: 'Welcome' })
  expect((await listed(inbox)).items.map((mail) => mail.subject)).toEqual(['Welcome', 'Your order é 42 is paid'])
  expect((await listed(inbox, '?to=ALICE@example.com')).items.map((mail) => mail.to)).toEqual([['alice@example.com']])
  const page = await (await fetch(inbox.url)).text()
  expect(page).toContain('Your order é 42 is paid')
  expect(page).toContain('bob@example.com')
})

test('a mail can be read as HTML, text, headers and source, and never runs a script', async () => {
  const inbox = await start()
  await send(inbox)
  const id = (await listed(inbox)).items[0]?.id
  const read = async (rest: string) => (await fetch(`${inbox.url}/messages/${id}${rest}`)).text()
  expect(await read('')).toContain(`src="/messages/${id}/html"`)
  const body = await fetch(`${inbox.url}/messages/${id}/html`)
  expect(body.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
  const words = await body.text()
  expect(words).toContain('<b>Alice</b>')
  expect(words).not.toContain('alert(1)')
  expect(await read('?view=text')).toContain('https://shop.test/orders/42')
  expect(await read('?view=headers')).toMatch(/Message-ID/i)
  expect(await read('/raw')).toContain('Subject:')
  expect((await fetch(`${inbox.url}/messages/none`)).status).toBe(404)
})

test('mails are kept over a restart until they are deleted', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'highstreet-inbox-'))
  running.push(() => rm(dataDir, { recursive: true }))
  const first = await startInbox({ dataDir })
  await send(first)
  await first.stop()
  const second = await start({ dataDir })
  expect((await listed(second)).total).toBe(1)
  await fetch(`${second.url}/delete-all`, { method: 'POST', redirect: 'manual' })
  expect((await listed(second)).total).toBe(0)
  expect(await (await fetch(second.url)).text()).toContain('No mail yet')
})
