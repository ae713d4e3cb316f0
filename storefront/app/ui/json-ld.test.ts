// Hostile text in structured data stays text.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scriptJson } from './json-ld.tsx'

it('cannot be ended or commented out by a product name', () => {
  const hostile = '</script><script>alert(1)</script><!--<script> & \u2028 \u2029'
  const json = scriptJson({ name: hostile })
  expect(json).not.toMatch(/[<>&\u2028\u2029]/)
  expect(JSON.parse(json)).toEqual({ name: hostile })
})

it('gives every text back unchanged and never holds a character that ends a script', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = scriptJson([text])
      return !/[<>&\u2028\u2029]/.test(json) && JSON.parse(json)[0] === text
    }),
  )
})
