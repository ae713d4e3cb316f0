// A category as its form sends it, and the flat list as a tree. Pure.
import { z } from 'zod'

export const categoryInput = z.object({
  name: z.string().trim().min(1, 'Give the category a name.').max(100, 'At most 100 characters.'),
  slug: z
    .string()
    .trim()
    .max(120, 'At most 120 characters.')
    .regex(/^([a-z0-9]+(-[a-z0-9]+)*)?$/, 'Small letters, digits and single hyphens.')
    .transform((slug) => slug || undefined),
  description: z.string().trim().max(2000, 'At most 2,000 characters.').default(''),
  parentId: z.union([z.literal('').transform(() => null), z.uuid('Choose where it stands.')]),
  position: z
    .string()
    .regex(/^\d{1,5}$/, 'A whole number, like 10.')
    .transform(Number),
  imageKey: z
    .string()
    .trim()
    .max(200)
    .regex(/^([a-z0-9][a-z0-9/_-]*)?$/, 'The name of a picture, like category-mugs.')
    .transform((key) => key || null),
})
export type CategoryInput = z.infer<typeof categoryInput>

type Node = { id: string; parentId: string | null }

/** The list in the order of its tree, each with its depth (0: top) and whether its siblings come before it. */
export function asTree<T extends Node>(
  items: T[],
  parentId: string | null = null,
  depth = 0,
): (T & { depth: number })[] {
  return items
    .filter((item) => item.parentId === parentId)
    .flatMap((item) => [{ ...item, depth }, ...asTree(items, item.id, depth + 1)])
}

/** Where a category may stand: everywhere but in itself and what is below it. */
export function possibleParents<T extends Node>(items: T[], id: string | null): (T & { depth: number })[] {
  const below = new Set<string>()
  const add = (at: string) => {
    below.add(at)
    for (const child of items) if (child.parentId === at) add(child.id)
  }
  if (id) add(id)
  return asTree(items).filter((item) => !below.has(item.id))
}
