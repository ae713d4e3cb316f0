// The SMS stand-in: prints the message instead of sending it. Refused in production (env.ts).
import type { SmsProvider } from './transport.ts'

/** An SmsProvider that writes each message as one line to `print`. */
export const createConsoleSms = (print: (line: string) => void = (line) => console.log(line)): SmsProvider => ({
  async send({ to, text }, key) {
    print(`SMS to ${to}: ${text}`)
    return { messageId: key, answer: 'printed' }
  },
})
