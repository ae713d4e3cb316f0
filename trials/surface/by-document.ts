// An API as only its OpenAPI document tells it: operations by name, requests and answers held against the document's own
// schemas. It knows no path, no field and no status of its own.
import { z } from 'zod'

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0]
type Body = { content?: Record<string, { schema: JsonSchema }> }
type Parameter = { in: 'path' | 'query' | 'header'; name: string; required?: boolean }
type Operation = {
  operationId: string
  security?: unknown[]
  parameters?: Parameter[]
  requestBody?: Body
  responses: Record<string, Body>
}
type Document = {
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonSchema> }
}
export type Asked = { with?: Record<string, string | number | boolean>; body?: unknown; token?: string }
export type Told = { status: number; headers: Headers; body: Record<string, unknown> }

export class DocumentedApi {
  readonly #base: string
  readonly #document: Document

  private constructor(documentUrl: string, document: Document) {
    this.#document = document
    this.#base = new URL(document.servers[0]?.url ?? '/', documentUrl).href.replace(/\/$/, '')
  }

  static async read(documentUrl: string): Promise<DocumentedApi> {
    const answer = await fetch(documentUrl)
    if (!answer.ok) throw new Error(`${documentUrl}: ${answer.status}`)
    return new DocumentedApi(documentUrl, (await answer.json()) as Document)
  }

  /** Runs an operation; throws when the document knows it not, forbids this request, or the answer is not as it says. */
  async run(operationId: string, { with: values = {}, body, token }: Asked = {}): Promise<Told> {
    const [path, method, operation] = this.#find(operationId)
    const { url, headers } = this.#address(path, operation, values)
    if (operation.security) headers.set('Authorization', `Bearer ${token}`)
    const schema = operation.requestBody?.content?.['application/json']?.schema
    if ((body === undefined) !== (schema === undefined)) throw new Error(`${operationId}: a body is (not) asked for`)
    if (schema) {
      this.#check(schema, body, `${operationId} takes`)
      headers.set('Content-Type', 'application/json')
    }
    const answer = await fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
    return this.#told(operation, answer)
  }

  async #told(operation: Operation, answer: Response): Promise<Told> {
    const text = await answer.text()
    const said = operation.responses[answer.status]
    if (!said) throw new Error(`${operation.operationId} answered ${answer.status}, of which nothing is said: ${text}`)
    const type = (answer.headers.get('Content-Type') ?? '').split(';')[0] ?? ''
    const schema = said.content?.[type]?.schema
    if (said.content && !schema) throw new Error(`${operation.operationId} answered ${answer.status} as ${type}`)
    const body = schema ? (JSON.parse(text) as Record<string, unknown>) : {}
    if (schema) this.#check(schema, body, `${operation.operationId} answers ${answer.status}`)
    return { status: answer.status, headers: answer.headers, body }
  }

  #find(operationId: string): [string, string, Operation] {
    for (const [path, methods] of Object.entries(this.#document.paths))
      for (const [method, operation] of Object.entries(methods))
        if (operation.operationId === operationId) return [path, method.toUpperCase(), operation]
    throw new Error(`the document knows no ${operationId}`)
  }

  #address(
    path: string,
    { operationId, parameters = [] }: Operation,
    values: Record<string, string | number | boolean>,
  ) {
    const known = parameters.map(({ name }) => name)
    for (const name of Object.keys(values))
      if (!known.includes(name)) throw new Error(`${operationId} knows no ${name}`)
    const headers = new Headers()
    let filled = path
    const query = new URLSearchParams()
    for (const { in: place, name, required } of parameters) {
      const value = values[name]
      if (value === undefined) {
        if (required) throw new Error(`${operationId} needs ${name}`)
      } else if (place === 'path') filled = filled.replace(`{${name}}`, encodeURIComponent(String(value)))
      else if (place === 'query') query.set(name, String(value))
      else headers.set(name, String(value))
    }
    return { url: `${this.#base}${filled}${query.size > 0 ? `?${query}` : ''}`, headers }
  }

  #check(schema: JsonSchema, value: unknown, what: string): void {
    const whole = { ...(schema as object), $defs: this.#document.components.schemas }
    const local = JSON.parse(JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/')) as JsonSchema
    const parsed = z.fromJSONSchema(local).safeParse(value)
    if (!parsed.success)
      throw new Error(`${what} something else: ${z.prettifyError(parsed.error)}\n${JSON.stringify(value)}`)
  }
}
