// A picture's words, place and option as its form sends them. An option value travels as "Colour: Sage". Pure.
import { z } from 'zod'
import { DomainError } from '#app/lib/errors.ts'

type Options = { name: string; values: string[] }[]

/** Every option value of a product as a choice of the form. */
export const optionChoices = (options: Options): string[] =>
  options.flatMap(({ name, values }) => values.map((value) => `${name}: ${value}`))

const shape = z.object({
  alt: z
    .string('Say what it shows, for those who cannot see it.')
    .trim()
    .min(1, 'Say what it shows, for those who cannot see it.')
    .max(300, 'At most 300 characters.'),
  position: z
    .string()
    .regex(/^\d{1,4}$/, 'A whole number, like 1.')
    .transform(Number)
    .optional(),
  option: z.string().default(''),
})

export type PictureInput = {
  alt: string
  position: number | undefined
  optionName: string | null
  optionValue: string | null
}

/**
 * The picture a form describes; field names carry `suffix`, so that several forms fit one page. Throws validation_failed
 * with a message a field.
 */
export function pictureInputOf(values: Record<string, string>, suffix: string, options: Options): PictureInput {
  const of = (name: string) => values[name + suffix]
  const parsed = shape.safeParse({ alt: of('alt'), position: of('position'), option: of('option') })
  const fields: Record<string, string[]> = {}
  if (!parsed.success) for (const { path, message } of parsed.error.issues) fields[String(path[0]) + suffix] = [message]
  const chosen = options.flatMap(({ name, values: all }) =>
    all.filter((value) => `${name}: ${value}` === of('option')).map((value) => ({ name, value })),
  )[0]
  if (of('option') && !chosen) fields[`option${suffix}`] = ['The product has no such option value.']
  if (!parsed.success || Object.keys(fields).length > 0)
    throw new DomainError('validation_failed', 'Please check what you entered.', { fields })
  const { alt, position } = parsed.data
  return { alt, position, optionName: chosen?.name ?? null, optionValue: chosen?.value ?? null }
}
