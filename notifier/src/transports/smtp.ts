// Mail by SMTP. Classifies what the server answers; never retries by itself: the outbox does, with its lease and back-off.
// SMTP has no idempotency key: the Message-ID is stable, so that a second copy (killed between send and mark) can be known.
import nodemailer, { type NodemailerError } from 'nodemailer'
import { DeliveryFailure, type FailureKind } from '../lib/failure.ts'
import type { MailTransport, TransportState } from './transport.ts'

type SmtpSettings = {
  host: string
  port: number
  secure: boolean
  user?: string | undefined
  password?: string | undefined
  fromName: string
  fromAddress: string
}

/** Half of a lease: a stalled server must not hold a message beyond it. */
const sendTimeoutMs = 25_000

const aboutTheConnection = new Set([
  'ECONNECTION',
  'ETIMEDOUT',
  'ESOCKET',
  'EDNS',
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'ETLS',
  'EPROXY',
  'EPROTOCOL',
  'ABORT_ERR',
])

/** What a failed send means. 5xx for the recipient or the content is for good; for the sender it is our setting, and may be mended. */
export function classify(error: NodemailerError): FailureKind {
  const code = error.name === 'AbortError' ? 'ABORT_ERR' : (error.code ?? '')
  if (error.responseCode === 421 || aboutTheConnection.has(code)) return 'unreachable'
  const isAboutThisMessage = /^(RCPT|DATA)/.test(error.command ?? '')
  return error.permanent && isAboutThisMessage ? 'rejected' : 'refused'
}

/** A server's answer without addresses: it goes to logs and to `last_error`. */
const withoutAddresses = (text: string): string => text.replace(/[^\s<>]+@[^\s<>]+/g, '<address>').slice(0, 300)

/** One click in the reader's own list of mails (RFC 8058); the address was checked to be a plain http(s) one. */
const unsubscribeHeaders = (url: string | null | undefined): Record<string, string> =>
  url ? { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}

function createPool(settings: SmtpSettings) {
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(settings.host)
  return nodemailer.createTransport({
    pool: true,
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password } } : {}),
    // A password never travels in the clear to another machine; on this one there is nobody in between.
    requireTLS: Boolean(settings.user) && !settings.secure && !isHere,
    ignoreTLS: isHere && !settings.secure,
    maxConnections: 5,
    // The pool would send again after a lost connection, without asking whether the lease is still ours.
    maxRequeues: 0,
    idleTimeout: 30_000,
    dnsTimeout: 5_000,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 15_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** A MailTransport over a pool of SMTP connections. Nothing is opened before the first mail or probe. */
export function createSmtp(settings: SmtpSettings): MailTransport {
  const pool = createPool(settings)
  const domain = settings.fromAddress.split('@')[1] ?? 'localhost'
  let now: TransportState = { state: 'unknown', at: null, reason: null }
  const note = (state: 'up' | 'down', reason: string | null) => {
    now = { state, at: new Date(), reason }
  }

  return {
    state: () => now,
    async send(mail, key) {
      try {
        const info = await pool.sendMail({
          from: { name: settings.fromName, address: settings.fromAddress },
          to: { name: '', address: mail.to },
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          messageId: `<${key}@${domain}>`,
          // Keeps holiday notices from answering the shop.
          headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(mail.unsubscribeUrl) },
          signal: AbortSignal.timeout(sendTimeoutMs),
        })
        note('up', null)
        return { messageId: info.messageId, answer: withoutAddresses(info.response) }
      } catch (cause) {
        const error = cause as NodemailerError
        const kind = classify(error)
        const reason = withoutAddresses(error.message)
        note(kind === 'unreachable' ? 'down' : 'up', kind === 'unreachable' ? reason : null)
        throw new DeliveryFailure(kind, `mail server ${kind}: ${reason}`, { cause })
      }
    },
    async probe() {
      try {
        await pool.verify()
        note('up', null)
      } catch (error) {
        note('down', withoutAddresses((error as Error).message))
      }
      return now.state === 'up'
    },
    close: () => pool.close({ force: true }),
  }
}
