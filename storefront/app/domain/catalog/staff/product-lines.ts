// The parts of the product form that are typed line by line: attributes as `Name: value`, companions as an address or a
// SKU. From text to what catalog-api takes, and back. Pure.
import type { ProductInput } from '#app/domain/catalog/admin.server.ts'

export const maxAttributes = 30
export const maxRelated = 8

type Attributes = NonNullable<ProductInput['attributes']>
type Fields = Record<string, string[]>

const linesOf = (text = ''): string[] => text.split(/\r?\n/).flatMap((line) => line.replace(/\s+/g, ' ').trim() || [])

/** The attributes of the lines; what does not fit goes into `fields`, named by its line. */
export function attributesOf(text: string | undefined, fields: Fields): Attributes {
  const lines = linesOf(text)
  const faults = lines.flatMap((line, at) => attributeFault(line, lines.indexOf(line) !== at) ?? [])
  if (lines.length > maxAttributes) faults.push(`At most ${maxAttributes} lines.`)
  if (faults[0]) fields.attributes = [faults[0]]
  return lines.map((line) => {
    const [name = '', ...rest] = line.split(':')
    return { name: name.trim(), value: rest.join(':').trim() }
  })
}

function attributeFault(line: string, isDouble: boolean): string | undefined {
  const at = line.indexOf(':')
  const [name, value] = at < 0 ? ['', ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
  const shown = `“${line.length > 40 ? `${line.slice(0, 39)}…` : line}”`
  if (!name || !value) return `${shown}: write it as “Material: Stoneware”.`
  if (name.length > 40) return `${shown}: a name of at most 40 characters.`
  if (value.length > 60) return `${shown}: a value of at most 60 characters.`
  return isDouble ? `${shown} stands there twice.` : undefined
}

/** What the lines name: slugs or SKUs; of a pasted address of the shop the product's part. Faults go into `fields`. */
export function relatedOf(text: string | undefined, fields: Fields): string[] {
  const names = linesOf(text).map((line) => /\/p\/([^/?#\s]+)/.exec(line)?.[1] ?? line)
  const long = names.find((name) => name.length > 120)
  if (long) fields.related = [`“${long.slice(0, 39)}…” is no address and no SKU.`]
  else if (names.length > maxRelated) fields.related = [`At most ${maxRelated} lines; four are shown.`]
  return names
}

export const attributeLines = (attributes: Attributes): string =>
  attributes.map(({ name, value }) => `${name}: ${value}`).join('\n')

/** Where catalog-api's fault belongs: all lines are one field of the form. */
export const lineField = (path: string): string => path.replace(/^(attributes|related)\.\d+.*$/, '$1')
