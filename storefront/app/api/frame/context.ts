// What every handler of the API finds beside its request. Types only.
import type { SessionPerson } from '#app/domain/identity/sessions.server.ts'
import type { ServerEnv } from '#server/request-log.ts'

export type ApiEnv = {
  Bindings: ServerEnv['Bindings']
  Variables: ServerEnv['Variables'] & {
    /** Who the token speaks for; set by the guards, so only behind them. */
    person: SessionPerson
    /** One word for what this request makes (43 characters): the same for a request repeated with its Idempotency-Key. */
    word?: string
  }
}
