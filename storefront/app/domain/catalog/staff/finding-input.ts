// What the forms of "Finding things" send: a synonym, and what a search is expected to find. Pure.
import { z } from 'zod'

const longest = 60
const mostMeanings = 10

export const synonymInput = z.object({
  typed: z.string().trim().min(1, 'What do people type?').max(longest, `At most ${longest} characters.`),
  means: z
    .string()
    .transform((text) => text.split(/[\n,;]/).flatMap((line) => line.trim() || []))
    .pipe(
      z
        .array(z.string().max(longest, `At most ${longest} characters in a line.`))
        .min(1, 'Say at least one word that your products use.')
        .max(mostMeanings, `At most ${mostMeanings} lines.`),
    ),
  twoWay: z.string().optional().transform(Boolean),
})
export type SynonymInput = z.infer<typeof synonymInput>

export const expectationInput = z.object({
  query: z.string().trim().min(1, 'What is searched for?').max(longest, `At most ${longest} characters.`),
  product: z
    .string()
    .trim()
    .min(1, 'Which product should it find?')
    .max(300)
    // The address of its page may be pasted whole.
    .transform((typed) => /\/p\/([a-z0-9-]+)/.exec(typed)?.[1] ?? typed)
    .pipe(z.string().max(120, 'A SKU, or the address of its page.')),
  within: z
    .string()
    .trim()
    .regex(/^([1-9]|[1-5]\d|60)$/, 'A number from 1 to 60.')
    .transform(Number),
})
export type ExpectationInput = z.infer<typeof expectationInput>
