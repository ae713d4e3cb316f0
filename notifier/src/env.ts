// The only reader of process.env in the notifier: parsed once; a wrong setting stops the start with the variable's
// name and how to mend it, never with its value.
import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65535)
const postgresUrl = (hint: string) =>
  z
    .string(hint)
    .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address (a direct one: LISTEN does not pass a pooler)')
const secretHint = 'make one with: openssl rand -base64 48 (the same in all processes; npm start makes it for you)'
const secretList = z
  .string(secretHint)
  .transform((value) => value.split(',').map((part) => part.trim()))
  .refine((keys) => keys.every((key) => key.length >= 32), `each key needs at least 32 characters; ${secretHint}`)
const mailbox = z
  .string()
  .transform((value) => /<([^<>]+)>\s*$/.exec(value)?.[1] ?? value)
  .pipe(z.email('must hold an e-mail address, e.g. Highstreet <hello@highstreet.example>'))

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    NOTIFIER_PORT: port.default(8010),
    STOREFRONT_ORIGIN: z.url().default('http://localhost:5173'),
    STOREFRONT_DATABASE_URL: postgresUrl('set it to the Postgres of identity, carts and orders, or use npm start'),
    CATALOG_DATABASE_URL: postgresUrl('set it to the Postgres of products and stock, or use npm start'),
    SERVICE_TOKEN_SECRET: secretList,
    SHOP_NAME: z.string().max(60).default('Highstreet'),
    SMTP_HOST: z.string().optional(),
    SMTP_PORT: port.optional(),
    SMTP_USER: z.string().optional(),
    SMTP_PASSWORD: z.string().optional(),
    SMTP_SECURE: z
      .enum(['true', 'false'])
      .default('false')
      .transform((value) => value === 'true'),
    /** Only the default of SMTP_PORT while no SMTP_HOST is set: the inbox of `npm start`. */
    INBOX_SMTP_PORT: port.default(8026),
    MAIL_FROM: mailbox.default('hello@highstreet.example'),
    SHOPKEEPER_EMAIL: z.email().default('shopkeeper@highstreet.example'),
    SMS_PROVIDER: z.enum(['console', 'none']).optional(),
    FAILPOINTS_FILE: z.string().optional(),
    SHOP_TIME_ZONE: z
      .string()
      .refine(isTimeZone, 'must be an IANA time zone, e.g. Europe/Dublin')
      .default('Europe/Dublin'),
  })
  .superRefine((env, context) => {
    const refuse = (variable: string, message: string) =>
      context.addIssue({ code: 'custom', path: [variable], message })
    if (env.SMTP_USER && !env.SMTP_PASSWORD) refuse('SMTP_PASSWORD', 'set it too, since SMTP_USER is set')
    if (env.NODE_ENV !== 'production') return
    if (env.FAILPOINTS_FILE) refuse('FAILPOINTS_FILE', 'no failpoints in production: unset it')
    if (!env.SMTP_HOST) refuse('SMTP_HOST', 'production has no inbox stand-in: set the SMTP server of the shop')
    if (env.SMS_PROVIDER === 'console') refuse('SMS_PROVIDER', 'console is a stand-in: set none in production')
    if (!env.STOREFRONT_ORIGIN.startsWith('https://'))
      refuse('STOREFRONT_ORIGIN', 'production needs an https:// origin')
    for (const variable of ['MAIL_FROM', 'SHOPKEEPER_EMAIL'] as const)
      if (/\.(example|test|invalid)$/.test(env[variable]))
        refuse(variable, 'set a real address: .example receives nothing')
    if (env.SERVICE_TOKEN_SECRET.some((key) => /changeme|secret|development|(.)\1{7}/i.test(key)))
      refuse('SERVICE_TOKEN_SECRET', `looks like a default; ${secretHint}`)
  })
  .transform((env) => ({
    ...env,
    SMTP_HOST: env.SMTP_HOST ?? '127.0.0.1',
    SMTP_PORT: env.SMTP_PORT ?? (env.SMTP_HOST ? (env.SMTP_SECURE ? 465 : 587) : env.INBOX_SMTP_PORT),
    SMS_PROVIDER: env.SMS_PROVIDER ?? (env.NODE_ENV === 'production' ? ('none' as const) : ('console' as const)),
  }))

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

/** The notifier's settings, from the process's environment. Throws SettingsError. */
export const readEnv = (): Env => parseEnv(process.env)
