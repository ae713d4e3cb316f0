// Every answer that is not of an open page says so to search engines: also errors, files to download, JSON.
import { createMiddleware } from 'hono/factory'
import { mayBeIndexed } from '#app/http/search-engines.ts'
import type { ServerEnv } from './request-log.ts'

export const keptFromSearch = () =>
  createMiddleware<ServerEnv>(async (c, next) => {
    await next()
    if (!mayBeIndexed(c.req.path) || c.res.status >= 400) c.res.headers.set('X-Robots-Tag', 'noindex')
  })
