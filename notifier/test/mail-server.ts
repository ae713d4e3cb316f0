// A real SMTP server for tests whose mood can be changed: takes mail, refuses it, or is not there at all.
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type ReceivedMail = ParsedMail & { raw: string }

type Mood = { recipient?: { code: number; text: string } | null; slowMs?: number; dropConnections?: boolean }

/** Starts the server on a free port (or on `port`). `mails` fills as mail arrives. */
export async function startMailServer(port = 0) {
  const mails: ReceivedMail[] = []
  const mood: Mood = {}
  let tries = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onConnect: (_session, done) => done(mood.dropConnections ? new Error('go away') : undefined),
    onRcptTo(_address, _session, done) {
      tries += 1
      const { recipient } = mood
      done(recipient ? Object.assign(new Error(recipient.text), { responseCode: recipient.code }) : undefined)
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks).toString()
        await new Promise((resolve) => setTimeout(resolve, mood.slowMs ?? 0))
        mails.push({ ...(await simpleParser(raw)), raw })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    mood,
    tries: () => tries,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>
