// A visitor without a browser: sends exactly what it is told (paths as they are, any Host, any method), keeps its
// cookies, reads the forms of pages. For asking the shop what a browser never would.
import { request } from 'node:http'
import { connect } from 'node:net'
import { ports } from '../journeys/ports.ts'

export type Answer = {
  status: number
  headers: Record<string, string | undefined>
  setCookies: string[]
  text: string
}
export type Sent = { headers?: Record<string, string>; body?: string | Buffer | URLSearchParams }

export class Visitor {
  readonly cookies = new Map<string, string>()
  constructor(readonly port: number = ports.storefront) {}

  send(method: string, path: string, { headers = {}, body }: Sent = {}): Promise<Answer> {
    const bytes = body === undefined ? undefined : Buffer.from(body instanceof URLSearchParams ? `${body}` : body)
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const all = {
      ...(cookie && { Cookie: cookie }),
      ...(body instanceof URLSearchParams && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...(bytes && !headers['Transfer-Encoding'] && { 'Content-Length': String(bytes.length) }),
      ...headers,
    }
    return new Promise((resolve, reject) => {
      const asked = request({ port: this.port, method, path, headers: all, agent: false }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const { 'set-cookie': setCookies = [], ...rest } = answer.headers
          this.#keep(setCookies)
          const text = Buffer.concat(chunks).toString()
          resolve({ status: answer.statusCode ?? 0, headers: rest as Answer['headers'], setCookies, text })
        })
      })
      asked.on('error', reject)
      asked.end(bytes)
    })
  }

  get = (path: string, headers: Record<string, string> = {}) => this.send('GET', path, { headers })

  /** The form token of this visitor; a first visit sets its cookie. */
  async token(): Promise<string> {
    const { text } = await this.get('/signup')
    const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? (await this.#tokenOfAccount())
    if (!csrf) throw new Error('no page shows a form token')
    return csrf
  }

  async #tokenOfAccount(): Promise<string | undefined> {
    return /name="csrf" value="([^"]+)"/.exec((await this.get('/account')).text)?.[1]
  }

  /** Posts a form with this visitor's own token, or `token`; null leaves it out. */
  async post(
    path: string,
    fields: Record<string, string>,
    sent: Sent & { token?: string | null } = {},
  ): Promise<Answer> {
    const csrf = sent.token === undefined ? await this.token() : sent.token
    const body = sent.body ?? new URLSearchParams(csrf === null ? fields : { ...fields, csrf })
    return this.send('POST', path, { ...sent, body })
  }

  async logIn(email: string, password: string, next = ''): Promise<Answer> {
    return this.post('/login', { email, password, next })
  }

  #keep(headers: string[]): void {
    for (const header of headers) {
      const [pair = ''] = header.split(';')
      const at = pair.indexOf('=')
      if (/Max-Age=0/.test(header)) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }
}

export const demo = {
  alice: ['alice@example.com', 'Alice@123'],
  bob: ['bob@example.com', 'Bob@123'],
  admin: ['admin@example.com', 'Admin@123'],
} as const

/** A visitor who is logged in. */
export async function enter(who: keyof typeof demo): Promise<Visitor> {
  const visitor = new Visitor()
  const answer = await visitor.logIn(demo[who][0], demo[who][1])
  if (answer.status !== 303) throw new Error(`${who} could not log in: ${answer.status}`)
  return visitor
}

/** Writes bytes on a bare connection, `parts` one after another, and answers what came back until it was closed. */
export function speak(parts: string[], { everyMs = 0, untilMs = 15_000 } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(ports.storefront, 'localhost')
    const heard: Buffer[] = []
    const timer = setTimeout(() => socket.destroy(), untilMs)
    socket.on('data', (chunk: Buffer) => heard.push(chunk))
    socket.on(
      'error',
      (error: NodeJS.ErrnoException) => error.code !== 'EPIPE' && error.code !== 'ECONNRESET' && reject(error),
    )
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(Buffer.concat(heard).toString())
    })
    void (async () => {
      for (const part of parts) {
        if (socket.destroyed) return
        socket.write(part)
        if (everyMs > 0) await new Promise((wait) => setTimeout(wait, everyMs))
      }
    })()
  })
}
