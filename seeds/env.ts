// The only reader of process.env in the seeds: parsed once; a wrong setting is told by its name.
import { z } from 'zod'

const postgresUrl = z.string('set it, or use npm start').regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address')

const schema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .refine(
      (mode) => mode !== 'production',
      'the seeds hold demo accounts with published passwords: never in production',
    ),
  STOREFRONT_DATABASE_URL: postgresUrl,
  CATALOG_DATABASE_URL: postgresUrl,
  MEDIA_DIR: z.string().default('.data/media'),
  /** The payments stand-in of `npm start`: seeded payments are made there too, so that they can be refunded. */
  STRIPE_API_URL: z.url().optional(),
  STRIPE_SECRET_KEY: z.string().optional(),
})

export type Env = z.infer<typeof schema>

/** Reads settings; an empty string counts as unset. Throws one line a wrong variable. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
}

export const readEnv = (): Env => parseEnv(process.env)
