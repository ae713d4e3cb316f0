// A visitor's browser for tests of page faces: keeps cookies, sends the form token, and calls loaders and actions as the
// server does. Draws nothing.
import { type Flash, takeFlash } from '#app/http/flash.server.ts'
import { type Visitor, visitorOf } from '#app/http/session.server.ts'

export type Face = {
  loader?: (args: never) => unknown
  action?: (args: never) => unknown
}
type DataAnswer = { data: unknown; init: ResponseInit | null }
export type Answer = {
  status: number
  location: string | null
  data: unknown
  /** Of a file to download. */
  text: string | null
  cookies: string[]
  headers: Headers
}

export class Browser {
  readonly cookies = new Map<string, string>()
  constructor(
    readonly ip = '203.0.113.1',
    readonly userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0',
  ) {}

  get(face: Face, url: string, params: Record<string, string> = {}): Promise<Answer> {
    return this.#send(face.loader, new Request(this.#at(url), { headers: this.#headers() }), params)
  }

  /** Posts a form with the visitor's own token; `token: null` leaves it out. */
  async post(
    face: Face,
    url: string,
    fields: Record<string, string>,
    {
      params = {},
      token,
      headers = {},
    }: { params?: Record<string, string>; token?: string | null; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const csrf = token === undefined ? (await this.visitor()).csrf : token
    const body = new URLSearchParams(csrf === null ? fields : { ...fields, csrf })
    const request = new Request(this.#at(url), { method: 'POST', body, headers: { ...this.#headers(), ...headers } })
    return this.#send(face.action, request, params)
  }

  /** Sends a form with a file (multipart/form-data), with the visitor's own token unless `fields` has another. */
  async upload(
    face: Face,
    url: string,
    fields: Record<string, string | File>,
    params: Record<string, string> = {},
  ): Promise<Answer> {
    const body = new FormData()
    body.set('csrf', (await this.visitor()).csrf)
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    const request = new Request(this.#at(url), { method: 'POST', body, headers: this.#headers() })
    return this.#send(face.action, request, params)
  }

  /** The message that waits for the next page. */
  async told(): Promise<Flash | null> {
    const context = { ...(await this.visitor()), setCookie: () => {} }
    const request = new Request(this.#at('/'), { headers: this.#headers() })
    return takeFlash({ request, context: context as never })
  }

  /** Who this browser is now; a first visit sets its cookies. */
  async visitor(): Promise<Visitor> {
    const cookies: string[] = []
    const visitor = await this.#visit(new Request(this.#at('/'), { headers: this.#headers() }), cookies)()
    this.#keep(cookies)
    return visitor
  }

  async #send(
    face: ((args: never) => unknown) | undefined,
    request: Request,
    params: Record<string, string>,
  ): Promise<Answer> {
    if (!face) throw new Error('this page has no such face')
    const cookies: string[] = []
    const context = {
      nonce: 'nonce',
      requestId: 'request',
      visitor: this.#visit(request, cookies),
      setCookie: (header: string) => void cookies.push(header),
    }
    const answered = await Promise.resolve(face({ request, params, context } as never)).catch((thrown: unknown) => {
      if (thrown instanceof Error) throw thrown
      return thrown
    })
    this.#keep(cookies)
    return { ...(await read(answered)), cookies }
  }

  #visit = (request: Request, cookies: string[]) =>
    visitorOf(request, { ip: this.ip, requestId: 'request' }, (header: string) => void cookies.push(header))
  #at = (url: string) => new URL(url, 'http://localhost:5173')
  #headers = () => ({
    Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'User-Agent': this.userAgent,
  })
  #keep(headers: string[]): void {
    for (const header of headers) {
      const [pair = ''] = header.split(';')
      const at = pair.indexOf('=')
      if (/Max-Age=0/.test(header)) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }
}

async function read(answered: unknown): Promise<Omit<Answer, 'cookies'>> {
  if (answered instanceof Response)
    return {
      status: answered.status,
      location: answered.headers.get('Location'),
      data: null,
      text: answered.body ? await answered.text() : null,
      headers: answered.headers,
    }
  if (typeof answered === 'object' && answered !== null && 'init' in answered && 'data' in answered) {
    const { data, init } = answered as DataAnswer
    return { status: init?.status ?? 200, location: null, data, text: null, headers: new Headers(init?.headers) }
  }
  return { status: 200, location: null, data: answered, text: null, headers: new Headers() }
}
