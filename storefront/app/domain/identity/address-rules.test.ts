import { describe, expect, it } from 'vitest'
import { listRegions, needsPostcode, postalAddressInput, postcodeExample, tidyPostcode } from './address-rules.ts'
import { isCountry, listCountries } from './countries.ts'

const address = {
  fullName: 'Aoife Byrne',
  company: '',
  line1: '12 Camden Street',
  line2: '',
  city: 'Dublin',
  region: '',
  postcode: 'D02 X285',
  country: 'IE',
  phone: '',
}
const fieldsOf = (input: unknown) => postalAddressInput.safeParse(input).error?.issues.map(({ path }) => path.join('.'))

describe('a postal address', () => {
  it('is stored as its country writes it, with empty parts left out', () => {
    expect(postalAddressInput.parse({ ...address, postcode: 'd02x285', fullName: '  Aoife   Byrne ' })).toEqual({
      fullName: 'Aoife Byrne',
      company: null,
      line1: '12 Camden Street',
      line2: null,
      city: 'Dublin',
      region: null,
      postcode: 'D02 X285',
      country: 'IE',
      phone: null,
    })
  })

  it.each([
    ['CA', 'k1a0b1', 'K1A 0B1'],
    ['GB', 'sw1a1aa', 'SW1A 1AA'],
    ['GB', 'M1 1AE', 'M1 1AE'],
    ['US', '902101234', '90210-1234'],
    ['US', '90210', '90210'],
    ['NL', '1012ab', '1012 AB'],
    ['DE', 'D-10115', '10115'],
    ['AT', 'A-1010', '1010'],
    ['CH', 'CH-8001', '8001'],
    ['LV', '1010', 'LV-1010'],
    ['LV', 'lv1010', 'LV-1010'],
    ['JP', '1000001', '100-0001'],
    ['SE', '11353', '113 53'],
    ['PT', '1000 001', '1000-001'],
    ['IE', 'd6wxy00', 'D6W XY00'],
    ['DE', '１０１１５', '10115'],
  ])('%s postcode %s is written %s', (country, typed, written) => {
    expect(tidyPostcode(country, typed)).toBe(written)
    expect(tidyPostcode(country, written)).toBe(written)
  })

  it.each([
    ['DE', '1011'],
    ['DE', '101155'],
    ['US', 'ABCDE'],
    ['GB', '12345'],
    ['CA', '12345'],
    ['FR', "75001'; --"],
    ['AE', '<script>'],
  ])('%s has no postcode %s', (country, typed) => {
    expect(tidyPostcode(country, typed)).toBeNull()
  })

  it('needs a postcode where the country has them, and none where it has not', () => {
    expect(fieldsOf({ ...address, country: 'DE', postcode: '' })).toEqual(['postcode'])
    expect(fieldsOf({ ...address, country: 'HK', postcode: '' })).toBeUndefined()
    expect(needsPostcode('HK')).toBe(false)
  })

  it('needs a state in the United States and a province in Canada, by code or by name', () => {
    const us = { ...address, country: 'US', postcode: '90210' }
    expect(fieldsOf(us)).toEqual(['region'])
    expect(fieldsOf({ ...us, region: 'Bavaria' })).toEqual(['region'])
    expect(postalAddressInput.parse({ ...us, region: 'california' }).region).toBe('CA')
    expect(fieldsOf({ ...address, country: 'CA', postcode: 'K1A 0B1' })).toEqual(['region'])
  })

  it.each(['XX', 'ZZ', 'EU', '', 'IRL', 'ie; drop', '__proto__'])('%j is no country', (country) => {
    expect(fieldsOf({ ...address, country })).toContain('country')
  })

  it('takes only its own fields', () => {
    for (const name of ['id', 'userId', '#ref', '#dbRef', '#id', 'user_id', 'constructor'])
      expect(postalAddressInput.safeParse({ ...address, [name]: 'x' }).success).toBe(false)
    expect(postalAddressInput.safeParse({ ...address, line1: { $ne: '' } }).success).toBe(false)
    expect(postalAddressInput.safeParse({ ...address, line1: ['a'] }).success).toBe(false)
  })

  it('is one line a field: no line breaks, no hidden direction marks, no NUL', () => {
    for (const bad of ['a\r\nBcc: x', 'a\u0000b', 'a\u202eb', 'a\u2028b'])
      expect(fieldsOf({ ...address, fullName: bad })).toEqual(['fullName'])
  })

  it('takes no time with hostile text', () => {
    for (const hostile of [' '.repeat(50_000), 'A1'.repeat(25_000), `${'-'.repeat(50_000)}!`, '+'.repeat(50_000)]) {
      const start = performance.now()
      for (const field of ['fullName', 'postcode', 'phone', 'region', 'country'])
        postalAddressInput.safeParse({ ...address, [field]: hostile })
      tidyPostcode('AE', hostile)
      expect(performance.now() - start).toBeLessThan(50)
    }
  })

  it('knows all countries by name, and each example fits its own country', () => {
    const countries = listCountries()
    expect(countries.length).toBeGreaterThan(240)
    expect(new Set(countries.map(({ code }) => code)).size).toBe(countries.length)
    expect(countries.find(({ code }) => code === 'DE')?.name).toBe('Germany')
    for (const { code, name } of countries) {
      expect(isCountry(code)).toBe(true)
      expect(name).not.toBe(code)
      const example = postcodeExample(code)
      if (example) expect(tidyPostcode(code, example), code).toBe(example)
    }
    expect(listRegions('US').length).toBeGreaterThan(50)
  })
})
