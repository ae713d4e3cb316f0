// Which variant a link of the product page leads to. Pure: the address names the variant, so each choice is a link.

export type ChoiceVariant = {
  sku: string
  title: string
  optionValues: Record<string, string>
  stock: 'in_stock' | 'low' | 'out'
}
export type Choice = {
  value: string
  sku: string
  selected: boolean
  /** `other`: not made together with what is chosen; the link leads to the nearest variant that is. */
  state: 'available' | 'out' | 'other'
  leadsTo: string
}

/** The choices of one option, seen from the chosen variant. A value that no variant has is left out. */
export function choicesOf(
  option: { name: string; values: string[] },
  variants: ChoiceVariant[],
  chosen: ChoiceVariant,
): Choice[] {
  return option.values.flatMap((value) => {
    const having = variants.filter((variant) => variant.optionValues[option.name] === value)
    const nearest = having.sort((a, b) => likeness(b, chosen) - likeness(a, chosen))[0]
    if (!nearest) return []
    const exact = Object.entries(chosen.optionValues).every(
      ([name, other]) => name === option.name || nearest.optionValues[name] === other,
    )
    return {
      value,
      sku: nearest.sku,
      selected: chosen.optionValues[option.name] === value,
      state: !exact ? 'other' : nearest.stock === 'out' ? 'out' : 'available',
      leadsTo: nearest.title,
    } satisfies Choice
  })
}

/** How much two variants share: each equal option counts, being in stock breaks a tie. */
const likeness = (variant: ChoiceVariant, chosen: ChoiceVariant): number =>
  Object.entries(chosen.optionValues).filter(([name, value]) => variant.optionValues[name] === value).length * 2 +
  (variant.stock === 'out' ? 0 : 1)

/** The variant that the address names by its SKU or one of its options (`Colour:Sage`), else the one the catalogue puts first. */
export function chosenVariant<T extends Pick<ChoiceVariant, 'sku' | 'optionValues'>>(
  variants: T[],
  { sku, opt }: { sku?: string; opt?: string },
  defaultSku: string | null,
): T | undefined {
  const has = ({ optionValues }: T) => Object.entries(optionValues).some(([name, value]) => `${name}:${value}` === opt)
  return (
    variants.find((variant) => variant.sku === sku) ??
    variants.find((variant) => variant.sku === defaultSku && has(variant)) ??
    variants.find(has) ??
    variants.find((variant) => variant.sku === defaultSku) ??
    variants[0]
  )
}

/** The pictures of the chosen variant first, then those of all; pictures of other values are left out. */
export function picturesOf<T extends { optionName: string | null; optionValue: string | null }>(
  images: T[],
  chosen: { optionValues: Record<string, string> },
): T[] {
  const own = images.filter(
    ({ optionName, optionValue }) => optionName && chosen.optionValues[optionName] === optionValue,
  )
  const common = images.filter(({ optionName }) => !optionName)
  const fitting = [...own, ...common]
  return fitting.length > 0 ? fitting : images
}

/** Stock as a shopper reads it. */
export function stockWords(variant: { stock: 'in_stock' | 'low' | 'out'; available: number }): string {
  if (variant.stock === 'out' || variant.available < 1) return 'Out of stock'
  return variant.stock === 'low' ? `Only ${variant.available} left` : 'In stock'
}
