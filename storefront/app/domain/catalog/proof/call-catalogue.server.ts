// How a proof's buyers call catalog-api: as it is, without breaker, copies or retries of ours, for what it answers is what is
// looked at. Never used by the shop itself.
import type { Call, Told } from '#app/domain/catalog/proof/race.ts'
import { env } from '#app/env.server.ts'
import { signServiceToken } from '#app/lib/service-token.server.ts'

const deadlineMs = 10_000

/** Rejects when no answer came in 10 s, or one that is no JSON. */
export const callCatalogue: Call = async (method, path, body) => {
  const answer = await fetch(new URL(path, env().CATALOG_API_URL), {
    method,
    redirect: 'error',
    headers: {
      authorization: `Bearer ${await signServiceToken('catalog-api', ['inventory:write'])}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(deadlineMs),
  })
  const text = await answer.text()
  return { status: answer.status, body: text ? (JSON.parse(text) as Told['body']) : {} }
}
