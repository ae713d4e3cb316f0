// /robots.txt: what crawlers need not ask for, and where the sitemap is.
import { env } from '#app/env.server.ts'
import { robotsText } from '#app/http/search-engines.ts'

export function loader() {
  return new Response(robotsText(env().STOREFRONT_ORIGIN), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'public, max-age=3600' },
  })
}
