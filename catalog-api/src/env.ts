// The only reader of process.env in catalog-api: parsed once; a wrong setting stops the start with the variable's
// name and how to mend it, never with its value.
import { z } from 'zod'

const make = 'make one with: openssl rand -base64 48 (the same in all processes)'

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    CATALOG_PORT: z.coerce.number('a port number').int().min(1).max(65535).default(8002),
    CATALOG_HOST: z.string().default('127.0.0.1'),
    CATALOG_DATABASE_URL: z
      .string('set it to the Postgres of products, stock and stores, or use npm start')
      .regex(/^postgres(ql)?:\/\//, 'it looks like postgres://user:password@host:5432/database'),
    SERVICE_TOKEN_SECRET: z
      .string(make)
      .transform((value) => value.split(',').map((part) => part.trim()))
      .refine((keys) => keys.every((key) => key.length >= 32), `each key needs at least 32 characters; ${make}`),
    CATALOG_CORS_ORIGINS: z
      .string()
      .default('')
      .transform((value) => value.split(',').flatMap((part) => part.trim() || []))
      .refine(
        (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
        'origins parted by commas, e.g. https://shop.example',
      ),
    MEDIA_DIR: z.string().default('.data/media'),
    DRAIN_SECONDS: z.coerce.number('a number of seconds').int().min(0).max(20).optional(),
    FAILPOINTS_FILE: z.string().optional(),
  })
  .superRefine((env, context) => {
    if (env.NODE_ENV !== 'production') return
    if (env.FAILPOINTS_FILE)
      context.addIssue({ code: 'custom', path: ['FAILPOINTS_FILE'], message: 'no failpoints in production: unset it' })
    if (env.SERVICE_TOKEN_SECRET.some((key) => /changeme|secret|development|(.)\1{7}/i.test(key)))
      context.addIssue({ code: 'custom', path: ['SERVICE_TOKEN_SECRET'], message: `looks like a default; ${make}` })
  })

export type Env = z.infer<typeof schema>

/** Thrown by `parseEnv`: one line a wrong variable, fit to be printed as it is. */
export class SettingsError extends Error {}

/** Reads settings; an empty string counts as unset. Throws SettingsError naming each wrong variable. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
}

/** The process's settings. */
export const readEnv = (): Env => parseEnv(process.env)
