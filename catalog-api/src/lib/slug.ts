// Slugs from names. Pure.
import slugify from '@sindresorhus/slugify'

/** `Stoneware Mug – Sage` → `stoneware-mug-sage`; never empty, 100 characters at most. */
export function slugOf(name: string): string {
  const slug = slugify(name, { decamelize: false })
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100)
    .replace(/^-+|-+$/g, '')
  return slug || 'item'
}
