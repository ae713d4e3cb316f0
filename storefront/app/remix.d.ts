// What every loader and action gets as `context`, and that single fetch is on.
import type { RequestContext } from '#app/http/session.server.ts'

declare module '@remix-run/server-runtime' {
  interface AppLoadContext extends RequestContext {}
  interface Future {
    v3_singleFetch: true
  }
}
