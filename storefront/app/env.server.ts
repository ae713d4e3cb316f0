// The only reader of process.env in the storefront: parsed once; a wrong setting stops the start with the variable's
// name and how to mend it, never with its value.
import { z } from 'zod'

const developmentOnly = new Set(['development', 'test'])

const secretList = (hint: string) =>
  z
    .string(hint)
    .transform((value) => value.split(',').map((part) => part.trim()))
    .refine(
      (keys) => keys.length > 0 && keys.every((key) => key.length >= 32),
      `each key needs at least 32 characters; ${hint}`,
    )

/** One origin and three places to fill in: the page's policy lets pictures come from there and from nowhere else. */
function isTileTemplate(template: string): boolean {
  const filled = template.replace('{z}', '1').replace('{x}', '1').replace('{y}', '1')
  if (!URL.canParse(filled) || /[{}\s'"<>;,]/.test(filled)) return false
  const { protocol, hostname, username } = new URL(filled)
  const isHere = protocol === 'http:' && hostname === 'localhost'
  // The places stand behind the host, each of them.
  const [, path = ''] = /^https?:\/\/[^/{}]+(\/.*)$/.exec(template) ?? []
  const named = ['{z}', '{x}', '{y}'].every((place) => path.includes(place))
  return (protocol === 'https:' || isHere) && username === '' && named
}

const make = (hint: string) => `make one with: openssl rand -base64 48 (${hint})`

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    STOREFRONT_PORT: z.coerce.number().int().min(1).max(65535).default(5173),
    STOREFRONT_ORIGIN: z.url().default('http://localhost:5173'),
    STOREFRONT_DATABASE_URL: z.string('set it to the Postgres of identity, carts and orders, or use npm start').min(1),
    SESSION_SECRET: secretList(make('it signs cookies, form tokens and order links')),
    SERVICE_TOKEN_SECRET: secretList(make('the same in all processes')),
    API_JWT_SECRET: secretList(make("it signs the JSON API's tokens")),
    API_TOKEN_TTL_SECONDS: z.coerce.number('a number of seconds').int().min(60).max(86_400).default(3600),
    API_CORS_ORIGINS: z
      .string()
      .default('')
      .transform((value) => value.split(',').flatMap((part) => part.trim() || []))
      .refine(
        (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
        'origins parted by commas, e.g. https://app.example',
      ),
    CATALOG_API_URL: z.url().default('http://localhost:8002'),
    NOTIFIER_URL: z.url().default('http://localhost:8010'),
    STRIPE_SECRET_KEY: z
      .string('set it to the secret key of your Stripe account, or use npm start for the stand-in')
      .min(1),
    STRIPE_WEBHOOK_SECRET: z
      .string("set it to the webhook endpoint's signing secret")
      .transform((value) => value.split(',').map((part) => part.trim()))
      .refine((keys) => keys.every((key) => key.startsWith('whsec_')), 'it starts with whsec_'),
    STRIPE_PUBLISHABLE_KEY: z.string().startsWith('pk_', 'it starts with pk_').optional(),
    STRIPE_API_URL: z.url().optional(),
    SHOP_NAME: z.string().max(60).default('Highstreet'),
    SHOP_ADDRESS: z.string().max(300).optional(),
    SHOP_TAX_ID: z.string().max(40).optional(),
    REVIEW_REQUEST_DAYS: z
      .union([z.literal('never'), z.coerce.number().int().min(0).max(365)], 'a number of days, or never')
      .default(7),
    STAFF_TWO_FACTOR: z.enum(['required', 'optional']).default('optional'),
    DRAIN_SECONDS: z.coerce.number('a number of seconds').int().min(0).max(20).optional(),
    /** A tile server for the map of stores; unset: the map is drawn from what comes with the shop. */
    STORE_MAP_TILES: z
      .string()
      .max(300)
      .refine(
        isTileTemplate,
        'an address with {z}, {x} and {y}, https, one host: https://tiles.example/{z}/{x}/{y}.png',
      )
      .optional(),
    STORE_MAP_ATTRIBUTION: z.string().max(200).default(''),
    TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
    STOREFRONT_METRICS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
    /** Set by the starter: where a developer reads the shop's mail. */
    INBOX_URL: z.url().optional(),
    /** Where trials name the place at which a process is to be killed. */
    FAILPOINTS_FILE: z.string().optional(),
    /** For trials: no call to the catalogue or the provider waits longer than so many milliseconds. */
    TRIAL_DEADLINE_MS: z.coerce.number().int().min(10).optional(),
    /** Set by the server itself while Vite reloads pages, never by a person. */
    STOREFRONT_HOT: z.enum(['0', '1']).default('0'),
  })
  .superRefine((env, context) => {
    if (env.STORE_MAP_TILES && !env.STORE_MAP_ATTRIBUTION)
      context.addIssue({
        code: 'custom',
        path: ['STORE_MAP_ATTRIBUTION'],
        message: 'say whose map it is, as its owner asks for: © OpenStreetMap contributors',
      })
    if (env.NODE_ENV !== 'production') return
    const refuse = (variable: string, message: string) =>
      context.addIssue({ code: 'custom', path: [variable], message })
    if (env.FAILPOINTS_FILE) refuse('FAILPOINTS_FILE', 'no failpoints in production: unset it')
    if (env.TRIAL_DEADLINE_MS) refuse('TRIAL_DEADLINE_MS', 'no shortened deadlines in production: unset it')
    if (env.STOREFRONT_HOT === '1') refuse('STOREFRONT_HOT', 'no hot reload in production: unset it')
    if (env.INBOX_URL) refuse('INBOX_URL', 'no inbox stand-in in production: unset it')
    if (env.STRIPE_API_URL) refuse('STRIPE_API_URL', 'no payments stand-in in production: unset it')
    if (!env.STOREFRONT_ORIGIN.startsWith('https://'))
      refuse('STOREFRONT_ORIGIN', 'production needs an https:// origin')
    if (!/^(sk|rk)_/.test(env.STRIPE_SECRET_KEY) || env.STRIPE_SECRET_KEY.includes('standin'))
      refuse('STRIPE_SECRET_KEY', "set your Stripe account's key (sk_…)")
    if (env.SESSION_SECRET.some((key) => env.SERVICE_TOKEN_SECRET.includes(key)))
      refuse('SESSION_SECRET', 'must differ from SERVICE_TOKEN_SECRET')
    if (env.API_JWT_SECRET.some((key) => [...env.SESSION_SECRET, ...env.SERVICE_TOKEN_SECRET].includes(key)))
      refuse('API_JWT_SECRET', 'must differ from SESSION_SECRET and SERVICE_TOKEN_SECRET')
    for (const variable of ['SESSION_SECRET', 'SERVICE_TOKEN_SECRET', 'API_JWT_SECRET'] as const)
      if (env[variable].some((key) => /changeme|secret|development|(.)\1{7}/i.test(key)))
        refuse(variable, `looks like a default; ${make(variable)}`)
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

let parsed: Env | undefined
/** The storefront's settings, read at first use. */
export function env(): Env {
  parsed ??= parseEnv(process.env)
  return parsed
}

/** The tile server of the map of stores, when there is one. */
export function mapTiles(): { url: string; attribution: string } | null {
  const { STORE_MAP_TILES: url, STORE_MAP_ATTRIBUTION: attribution } = env()
  return url ? { url, attribution } : null
}

export const isProduction = () => !developmentOnly.has(env().NODE_ENV)
