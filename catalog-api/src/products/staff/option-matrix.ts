// Whether options and variants fit together: each variant has a value for every option, each combination once. Pure.
import { DomainError } from '../../lib/errors.ts'

type OptionShape = { name: string; values: string[] }
type VariantShape = { sku: string; barcode?: string | null; optionValues: Record<string, string> }

/** @throws validation_failed naming every variant that does not fit */
export function checkMatrix(options: OptionShape[], variants: VariantShape[]): void {
  const errors = [...doubledOptions(options), ...variants.flatMap((variant, at) => misfits(options, variant, at))]
  const doubled = (key: (variant: VariantShape) => string | null | undefined, path: string, message: string) => {
    const seen = new Set<string>()
    variants.forEach((variant, at) => {
      const value = key(variant)
      if (value && seen.has(value)) errors.push({ path: `variants.${at}.${path}`, message })
      if (value) seen.add(value)
    })
  }
  doubled((variant) => variant.sku, 'sku', 'This SKU stands here twice')
  doubled((variant) => variant.barcode, 'barcode', 'This barcode stands here twice')
  doubled((variant) => combination(options, variant), 'optionValues', 'This combination stands here twice')
  if (errors[0]) throw new DomainError('validation_failed', errors[0].message, { errors })
}

function doubledOptions(options: OptionShape[]) {
  const errors: { path: string; message: string }[] = []
  options.forEach((option, at) => {
    if (options.findIndex((other) => other.name === option.name) !== at)
      errors.push({ path: `options.${at}.name`, message: 'This option stands here twice' })
    if (new Set(option.values).size !== option.values.length)
      errors.push({ path: `options.${at}.values`, message: 'A value stands here twice' })
  })
  return errors
}

function misfits(options: OptionShape[], variant: VariantShape, at: number) {
  const errors: { path: string; message: string }[] = []
  const path = `variants.${at}.optionValues`
  for (const { name, values } of options) {
    const value = Object.hasOwn(variant.optionValues, name) ? variant.optionValues[name] : undefined
    if (value === undefined) errors.push({ path, message: `${name} is missing` })
    else if (!values.includes(value)) errors.push({ path, message: `${name} has no value ${value}` })
  }
  for (const name of Object.keys(variant.optionValues)) {
    if (!options.some((option) => option.name === name)) errors.push({ path, message: `There is no option ${name}` })
  }
  return errors
}

const combination = (options: OptionShape[], variant: VariantShape) =>
  JSON.stringify(options.map((option) => variant.optionValues[option.name]))

/** `Sage / L`: the values in the options' order; empty for a product without options. */
export const variantTitle = (options: OptionShape[], variant: VariantShape): string =>
  options.map((option) => variant.optionValues[option.name] ?? '').join(' / ')
