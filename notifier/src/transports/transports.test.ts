import type { NodemailerError } from 'nodemailer'
import { describe, expect, test } from 'vitest'
import { startMailServer } from '../../test/mail-server.ts'
import { createConsoleSms } from './console-sms.ts'
import { classify, createSmtp } from './smtp.ts'

const answered = (parts: Partial<NodemailerError>): NodemailerError => Object.assign(new Error('no'), parts)

describe('what a mail server’s answer means', () => {
  test.each([
    ['it is not there', { code: 'ESOCKET' }, 'unreachable'],
    ['it does not answer in time', { code: 'ETIMEDOUT' }, 'unreachable'],
    ['it does not know our password', { code: 'EAUTH', responseCode: 535, permanent: true }, 'unreachable'],
    ['it is closing', { code: 'EENVELOPE', responseCode: 421, command: 'RCPT TO' }, 'unreachable'],
    [
      'it asks us to come later',
      { code: 'EENVELOPE', responseCode: 451, permanent: false, command: 'RCPT TO' },
      'refused',
    ],
    [
      'it does not take our sender',
      { code: 'EENVELOPE', responseCode: 550, permanent: true, command: 'MAIL FROM' },
      'refused',
    ],
    [
      'it has no such reader',
      { code: 'EENVELOPE', responseCode: 550, permanent: true, command: 'RCPT TO' },
      'rejected',
    ],
    [
      'it will not take the content',
      { code: 'EMESSAGE', responseCode: 554, permanent: true, command: 'DATA' },
      'rejected',
    ],
  ] as const)('%s', (_what, error, kind) => {
    expect(classify(answered(error))).toBe(kind)
  })

  test('a server that is not there is seen as down, without an error thrown at the watcher', async () => {
    const smtp = createSmtp({ host: '127.0.0.1', port: 1, secure: false, fromName: 'Shop', fromAddress: 'a@shop.test' })
    expect(smtp.state()).toEqual({ state: 'unknown', at: null, reason: null })
    expect(await smtp.probe()).toBe(false)
    expect(smtp.state()).toMatchObject({ state: 'down', at: expect.any(Date) })
    smtp.close()
  })
})

describe('what a mail says about itself', () => {
  const mail = { to: 'alice@example.com', subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' }
  async function sent(more: Partial<typeof mail> & { unsubscribeUrl?: string }) {
    const server = await startMailServer()
    const { port, mails } = server
    const smtp = createSmtp({ host: '127.0.0.1', port, secure: false, fromName: 'Shop', fromAddress: 'a@shop.test' })
    await smtp.send({ ...mail, ...more }, 'key-1')
    smtp.close()
    await server.stop()
    return (mails[0]?.raw ?? '').split('\r\n\r\n')[0] ?? ''
  }

  test('a kind that can be turned off says so to the mail reader, with one click; no other kind does', async () => {
    const url = 'https://shop.test/unsubscribe?token=u.1.news.seal'
    const head = await sent({ unsubscribeUrl: url })
    expect(head.replace(/\r\n /g, '')).toContain(`List-Unsubscribe: <${url}>`)
    expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(await sent({})).not.toContain('List-Unsubscribe')
  })

  test('a line break in a subject or an address adds no header and no reader', async () => {
    const head = await sent({ subject: 'Hello\r\nBcc: thief@evil.test\r\n\r\nboo', to: 'alice@example.com' })
    expect(head).not.toMatch(/^Bcc:/im)
    const toTwo = await sent({ to: 'alice@example.com\r\nBcc: thief@evil.test' }).catch(() => '')
    expect(toTwo).not.toMatch(/^Bcc:/im)
  })
})

test('the console provider prints one line and remembers the key', async () => {
  const lines: string[] = []
  const sms = createConsoleSms((line) => lines.push(line))
  expect(await sms.send({ to: '+353155501', text: 'On its way.' }, 'key-1')).toEqual({
    messageId: 'key-1',
    answer: 'printed',
  })
  expect(lines).toEqual(['SMS to +353155501: On its way.'])
})
