// The inbox stand-in: an SMTP server that takes every mail, and pages and JSON to read them.
// For development and tests only; listens on this machine alone and never passes a mail on.
import { serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { SMTPServer } from 'smtp-server'
import { type Mail, Mailbox } from './mailbox.ts'
import { listPage, mailBody, mailBodyPolicy, mailPage, type View } from './pages.ts'

export interface InboxOptions {
  /** 0 takes a free port. */
  httpPort?: number
  smtpPort?: number
  /** Where mails are kept; unset: in memory only. */
  dataDir?: string | undefined
}

export interface Inbox {
  url: string
  smtpPort: number
  stop: () => Promise<void>
}

const largestMail = 25 * 1024 * 1024

/** Starts both servers; resolves when they answer. @throws the listening error, e.g. EADDRINUSE */
export async function startInbox(options: InboxOptions = {}): Promise<Inbox> {
  const box = await Mailbox.open(options.dataDir ?? null)
  const smtp = smtpServer(box)
  const smtpPort = await new Promise<number>((resolve, reject) => {
    smtp.once('error', reject)
    const listener = smtp.listen(options.smtpPort ?? 0, '127.0.0.1', () => resolve(portOf(listener.address())))
  })
  // A client that hangs up in the middle is its own affair.
  smtp.on('error', () => undefined)
  const app = pages(box)
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const opened = serve({ fetch: app.fetch, port: options.httpPort ?? 0, hostname: '127.0.0.1' }, () =>
      resolve(opened),
    )
    opened.once('error', reject)
  }).catch(async (error: unknown) => {
    await new Promise<void>((resolve) => smtp.close(() => resolve()))
    throw error
  })
  return {
    url: `http://localhost:${portOf(server.address())}`,
    smtpPort,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await Promise.all([closed, new Promise<void>((resolve) => smtp.close(() => resolve()))])
    },
  }
}

function portOf(address: ReturnType<ReturnType<typeof serve>['address']>): number {
  return typeof address === 'object' && address ? address.port : 0
}

function smtpServer(box: Mailbox): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: largestMail,
    closeTimeout: 1_000,
    onAuth: (_auth, _session, done) => done(null, { user: 'anyone' }),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('error', (error) => done(error))
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(new Error('The mail is larger than 25 MB.'))
        const to = session.envelope.rcptTo.map((recipient) => recipient.address)
        box.receive(Buffer.concat(chunks), to).then(
          (mail) => done(null, `Kept as ${mail.id}`),
          (error: Error) => done(error),
        )
      })
    },
  })
}

function pages(box: Mailbox): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; form-action 'self'",
    )
    c.header('x-content-type-options', 'nosniff')
    c.header('referrer-policy', 'no-referrer')
    await next()
  })
  app.get('/health', (c) => c.json({ status: 'ok', service: 'inbox', messages: box.list().length }))
  app.get('/', (c) => c.html(listPage(box.list({ to: c.req.query('to') }), c.req.query('to'))))
  app.post('/delete-all', (c) => {
    box.clear()
    return c.redirect('/', 303)
  })
  app.get('/messages/:id', (c) =>
    withMail(c, box, ({ mail, raw }) =>
      c.html(mailPage(mail, raw.toString('utf8'), (c.req.query('view') ?? 'html') as View)),
    ),
  )
  app.get('/messages/:id/html', (c) =>
    withMail(c, box, ({ mail }) => {
      c.header('content-security-policy', mailBodyPolicy)
      return c.html(mailBody(mail))
    }),
  )
  app.get('/messages/:id/raw', (c) =>
    withMail(c, box, ({ mail, raw }) => {
      c.header('content-disposition', `attachment; filename="${mail.id}.eml"`)
      return c.body(new Uint8Array(raw), 200, { 'content-type': 'message/rfc822' })
    }),
  )
  app.get('/api/messages', (c) => {
    const items = box.list({ to: c.req.query('to'), subject: c.req.query('subject') }).map(brief)
    return c.json({ items, total: items.length })
  })
  app.delete('/api/messages', (c) => {
    box.clear()
    return c.body(null, 204)
  })
  app.get('/api/messages/:id', (c) => withMail(c, box, ({ mail }) => c.json(mail)))
  return app
}

/** The Message-ID tells a copy that was sent again from a second message. */
function brief({ id, from, to, subject, receivedAt, headers }: Mail) {
  const messageId = headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value ?? null
  return { id, from, to, subject, receivedAt, messageId }
}

function withMail(
  c: Context,
  box: Mailbox,
  show: (found: { mail: Mail; raw: Buffer }) => Response | Promise<Response>,
): Response | Promise<Response> {
  const found = box.find(c.req.param('id') ?? '')
  return found ? show(found) : c.text('There is no such mail.', 404)
}
