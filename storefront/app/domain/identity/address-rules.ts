// What a postal address must have, country by country. Pure. Postcodes are written as masks (# digit, @ letter), not as
// patterns: linear by construction, and the mask also says how the code is spaced.
import { z } from 'zod'
import { isCountry } from './countries.ts'
import { line, optionalLine, optionalPhone } from './text.ts'

/** Masks per country, the first being the example shown. A country with masks needs a postcode. */
const masks: Record<string, string[]> = {
  AT: ['####'],
  AU: ['####'],
  BE: ['####'],
  BG: ['####'],
  BR: ['#####-###'],
  CA: ['@#@ #@#'],
  CH: ['####'],
  CN: ['######'],
  CY: ['####'],
  CZ: ['### ##'],
  DE: ['#####'],
  DK: ['####'],
  EE: ['#####'],
  ES: ['#####'],
  FI: ['#####'],
  FR: ['#####'],
  GB: ['@@# #@@', '@# #@@', '@## #@@', '@@## #@@', '@#@ #@@', '@@#@ #@@'],
  GR: ['### ##'],
  HR: ['#####'],
  HU: ['####'],
  IE: ['@## ****', 'D6W ****'],
  IN: ['######'],
  IS: ['###'],
  IT: ['#####'],
  JP: ['###-####'],
  KR: ['#####'],
  LI: ['####'],
  LT: ['LT-#####'],
  LU: ['####'],
  LV: ['LV-####'],
  MC: ['#####'],
  MT: ['@@@ ####'],
  MX: ['#####'],
  NL: ['#### @@'],
  NO: ['####'],
  NZ: ['####'],
  PL: ['##-###'],
  PT: ['####-###'],
  RO: ['######'],
  SE: ['### ##'],
  SG: ['######'],
  SI: ['####'],
  SK: ['### ##'],
  TR: ['#####'],
  UA: ['#####'],
  US: ['#####', '#####-####'],
  ZA: ['####'],
}

const regionLists: Record<string, string> = {
  US: 'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|AA Armed Forces Americas|AE Armed Forces Europe|AP Armed Forces Pacific',
  CA: 'AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon',
  AU: 'ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|TAS Tasmania|VIC Victoria|WA Western Australia',
}

/** The states or provinces of a country as code and name; empty where the region is free text. */
export const listRegions = (country: string): { code: string; name: string }[] =>
  (regionLists[country]?.split('|') ?? []).map((entry) => {
    const gap = entry.indexOf(' ')
    return { code: entry.slice(0, gap), name: entry.slice(gap + 1) }
  })

const regionNeeded = new Set(['US', 'CA', 'AU', 'BR', 'MX', 'IN', 'JP', 'CN', 'MY'])
export const needsRegion = (country: string): boolean => regionNeeded.has(country)
export const needsPostcode = (country: string): boolean => country in masks

/** The region as it is stored: a known code for countries with a list, as typed elsewhere; null when it fits none. */
export function tidyRegion(country: string, typed: string): string | null {
  const regions = listRegions(country)
  if (regions.length === 0) return typed
  const folded = typed.toLowerCase()
  return regions.find(({ code, name }) => code.toLowerCase() === folded || name.toLowerCase() === folded)?.code ?? null
}

/** The postcode as the country writes it (`k1a0b1` in Canada is `K1A 0B1`), or null when it is none of that country. */
export function tidyPostcode(country: string, typed: string): string | null {
  const upper = typed.normalize('NFKC').toUpperCase().trim()
  if (upper.length > 20) return null
  const shapes = masks[country]
  if (!shapes) return /^[A-Z0-9][A-Z0-9 -]{1,11}$/.test(upper) ? upper : null
  const bare = upper.replace(/[\s-]/g, '')
  // D-10115 and LV-1010 as people write them across borders
  const withoutCountry = bare.startsWith(country) ? bare.slice(country.length) : bare.replace(/^[A-Z](?=\d{4,}$)/, '')
  for (const shape of shapes) {
    const fitted = fit(shape, bare) ?? fit(shape, withoutCountry) ?? fit(shape, country + withoutCountry)
    if (fitted) return fitted
  }
  return null
}

function fit(mask: string, bare: string): string | null {
  let next = 0
  let written = ''
  for (const place of mask) {
    if (place === ' ' || place === '-') {
      written += place
      continue
    }
    const character = bare[next++] ?? ''
    if (!stands(place, character)) return null
    written += character
  }
  return next === bare.length ? written : null
}

function stands(place: string, character: string): boolean {
  if (place === '#') return /^\d$/.test(character)
  if (place === '@') return /^[A-Z]$/.test(character)
  if (place === '*') return /^[A-Z\d]$/.test(character)
  return place === character
}

/** `12345` for `#####`: how a postcode of `country` looks, for hints and errors. */
export function postcodeExample(country: string): string | null {
  let digit = 0
  let letter = 0
  const write = (place: string) => {
    if (place === '#') return String(++digit % 10)
    return 'ABCDEFG'[letter++ % 7] ?? 'A'
  }
  return masks[country]?.[0]?.replace(/[#@*]/g, write) ?? null
}

export type AddressGuide = Record<
  string,
  { postcode: string | null; region: boolean; regions: { code: string; name: string }[] }
>

/** What each country with rules asks for: an example of its postcode, whether a region is needed, and the known ones. */
export const addressGuide = (): AddressGuide =>
  Object.fromEntries(
    [...new Set([...Object.keys(masks), ...regionNeeded])].map((code) => [
      code,
      { postcode: postcodeExample(code), region: needsRegion(code), regions: listRegions(code) },
    ]),
  )

const country = z
  .string('Choose a country.')
  .max(20, 'Choose a country.')
  .transform((code) => code.trim().toUpperCase())
  .refine(isCountry, 'Choose a country.')

export const addressFields = {
  fullName: line(120, 'Enter the name of whoever receives the parcel.'),
  company: optionalLine(120),
  line1: line(200, 'Enter street and number.'),
  line2: optionalLine(200),
  city: line(120, 'Enter the town or city.'),
  region: optionalLine(120),
  postcode: optionalLine(20),
  country,
  phone: optionalPhone,
}

type Placed = { country: string; region: string | null; postcode: string | null }
type Complaint = (field: 'region' | 'postcode', message: string) => void

/** Region and postcode as the country writes them; what is wrong or missing is told to `complain`. */
export function settle<T extends Placed>(address: T, complain: Complaint): T {
  const { country } = address
  const region = address.region && tidyRegion(country, address.region)
  if (address.region ? !region : needsRegion(country)) complain('region', 'Enter the state, province or region.')
  const postcode = address.postcode && tidyPostcode(country, address.postcode)
  const example = postcodeExample(country)
  if (address.postcode ? !postcode : needsPostcode(country))
    complain('postcode', example ? `Enter a postcode like ${example}.` : 'Enter a valid postcode or leave it empty.')
  return { ...address, region, postcode }
}

/** A postal address as a person typed it, checked by its country's rules: the address book and the checkout share it. */
export const postalAddressInput = z
  .strictObject(addressFields)
  .transform((address, context) =>
    settle(address, (field, message) => context.addIssue({ code: 'custom', path: [field], message })),
  )
