// What a search may become while it is typed, as JSON for the search box (ui/search-box.tsx). Nothing depends on it: when the
// catalogue is slow or away the answer is empty.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { suggest } from '#app/domain/catalog/catalog.server.ts'
import { log } from '#app/lib/log.server.ts'

const nothing = { products: [], categories: [], queries: [] }
const longest = 80

export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const typed = new URL(request.url).searchParams.get('q') ?? ''
  const q = typed
    .replace(/\p{C}+/gu, ' ')
    .slice(0, longest)
    .trim()
    .toLowerCase()
  const found = q.length < 2 ? nothing : await suggest(q).catch(empty)
  // The same for everybody: a browser that comes back to a word within minutes need not ask again.
  return Response.json(found, { headers: { 'Cache-Control': 'public, max-age=120' } })
}

function empty(error: unknown) {
  log.debug({ err: error }, 'no suggestions')
  return nothing
}
