// Cross-origin reads for the origins in the settings, exactly as written there. Never credentials, never writes.
import { cors } from 'hono/cors'

/** Lets browsers of these origins read; every other origin gets no CORS header at all. */
export const corsForReads = (origins: string[]) =>
  cors({
    origin: (origin) => (origins.includes(origin) ? origin : null),
    allowMethods: ['GET', 'HEAD'],
    allowHeaders: ['X-Request-Id'],
    exposeHeaders: ['X-Request-Id'],
    maxAge: 600,
  })
