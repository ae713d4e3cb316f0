// What the audit log keeps of a product before and after a change: what decides whether and for how much it is sold. Pure.

type Changed = {
  title: string
  slug: string
  status: string
  version: number
  attributes: { name: string; value: string }[]
  companions: { slug: string }[]
  variants: { sku: string; priceMinor: number; compareAtMinor: number | null; status: string }[]
}

/** Title, address, status and version of a product, its attributes and companions, and each variant's price in minor units by its SKU. */
export function productFacts({ title, slug, status, version, attributes, companions, variants }: Changed) {
  const prices = Object.fromEntries(
    variants
      .filter((variant) => variant.status === 'active')
      .map(({ sku, priceMinor, compareAtMinor }) => [
        sku,
        compareAtMinor ? { priceMinor, compareAtMinor } : priceMinor,
      ]),
  )
  return {
    title,
    slug,
    status,
    version,
    prices,
    attributes: attributes.map(({ name, value }) => `${name}: ${value}`),
    related: companions.map((companion) => companion.slug),
  }
}
