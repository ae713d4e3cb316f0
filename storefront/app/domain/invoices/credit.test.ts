import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { creditLines, shareOut } from '#app/domain/invoices/credit.ts'
import { type DocumentLine, grossOf, invoiceLines, taxRowsOf, totalsOf } from '#app/domain/invoices/document.ts'

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
const item = (
  sku: string,
  lineTotalMinor: number,
  tax: { taxMinor: number; taxIncluded?: boolean; basisPoints?: number },
) => ({
  sku,
  title: `Thing ${sku}`,
  variantTitle: '',
  quantity: 2,
  unitPriceMinor: lineTotalMinor / 2,
  discountMinor: 0,
  lineTotalMinor,
  taxName: 'VAT',
  taxBasisPoints: tax.basisPoints ?? 2300,
  taxMinor: tax.taxMinor,
  taxIncluded: tax.taxIncluded ?? true,
})
const order = (given: object) => ({
  shippingMinor: 490,
  taxMinor: 0,
  includedTaxMinor: 765,
  totalMinor: 4090,
  shippingMethod: { name: 'Standard delivery' },
  shippingTax: { name: 'VAT', basisPoints: 2300, included: true, taxMinor: 92 },
  ...given,
})

describe('an invoice', () => {
  test('adds up: its lines are its total, its tax rows are its net and tax', () => {
    const lines = invoiceLines(order({}), [item('MUG', 3600, { taxMinor: 673 })])
    expect(lines.map(({ key, amountMinor }) => [key, amountMinor])).toEqual([
      ['MUG', 3600],
      ['shipping', 490],
    ])
    expect(totalsOf(lines)).toEqual({ goodsMinor: 3600, shippingMinor: 490, taxOnTopMinor: 0, totalMinor: 4090 })
    expect(taxRowsOf(lines)).toEqual([{ name: 'VAT', basisPoints: 2300, netMinor: 3325, taxMinor: 765 }])
  })

  test('with tax on top prints prices without it, and the tax as a sum of its own', () => {
    const lines = invoiceLines(
      order({
        taxMinor: 939,
        includedTaxMinor: 0,
        totalMinor: 5029,
        shippingTax: { name: 'VAT', basisPoints: 2300, included: false, taxMinor: 111 },
      }),
      [item('MUG', 3600, { taxMinor: 828, taxIncluded: false })],
    )
    expect(totalsOf(lines)).toEqual({ goodsMinor: 3600, shippingMinor: 490, taxOnTopMinor: 939, totalMinor: 5029 })
    expect(taxRowsOf(lines)).toEqual([{ name: 'VAT', basisPoints: 2300, netMinor: 4090, taxMinor: 939 }])
  })

  test('of an order that did not keep its delivery’s tax finds it in the order’s own', () => {
    const lines = invoiceLines(order({ shippingTax: null }), [item('MUG', 3600, { taxMinor: 673 })])
    expect(lines[1]).toMatchObject({ key: 'shipping', taxMinor: 92, taxBasisPoints: 2300 })
  })

  test('that would not add up says so in a line instead of refusing what was paid', () => {
    const lines = invoiceLines(order({ totalMinor: 4000 }), [item('MUG', 3600, { taxMinor: 673 })])
    expect(lines.at(-1)).toMatchObject({ key: 'adjustment', amountMinor: -90 })
    expect(totalsOf(lines).totalMinor).toBe(4000)
  })
})

const amount = fc.integer({ min: 0, max: 50_000 })
const anInvoice = fc
  .array(fc.record({ gross: amount, tax: fc.integer({ min: 0, max: 2500 }), included: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((lines) =>
    lines.map(({ gross, tax, included }, index): DocumentLine => {
      const taxMinor = Math.round((gross * tax) / (10_000 + tax))
      return {
        ...(invoiceLines(order({ totalMinor: 490, includedTaxMinor: 92 }), [])[0] as DocumentLine),
        key: `SKU-${index}`,
        amountMinor: included ? gross : gross - taxMinor,
        taxIncluded: included,
        taxMinor,
      }
    }),
  )

describe('credit notes', () => {
  test('of any refunds, by line or by amount, in any order, credit each line and its tax to the cent', () => {
    fc.assert(
      fc.property(anInvoice, fc.array(fc.tuple(fc.nat(5), fc.nat(20_000)), { maxLength: 8 }), (invoiced, wishes) => {
        const total = sum(invoiced.map(grossOf))
        const soFar = new Map<string, { grossMinor: number; taxMinor: number }>()
        let given = 0
        const refund = (amountMinor: number, sku: string | null) => {
          if (amountMinor <= 0) return
          const lines = sku ? [{ sku, quantity: 1, amountMinor }] : null
          const credit = creditLines(invoiced, soFar, { amountMinor, lines, shippingMinor: 0 })
          expect(sum(credit.map(grossOf))).toBe(amountMinor)
          for (const line of credit) {
            const before = soFar.get(line.key) ?? { grossMinor: 0, taxMinor: 0 }
            soFar.set(line.key, {
              grossMinor: before.grossMinor + grossOf(line),
              taxMinor: before.taxMinor + line.taxMinor,
            })
          }
          given += amountMinor
        }
        for (const [line, minor] of wishes)
          refund(Math.min(minor, total - given), line < invoiced.length ? `SKU-${line}` : null)
        refund(total - given, null)
        for (const line of invoiced.filter((one) => grossOf(one) > 0))
          expect(soFar.get(line.key), line.key).toEqual({ grossMinor: grossOf(line), taxMinor: line.taxMinor })
      }),
    )
  })

  test('name the pieces where the credit is for pieces, and none where it is for an amount', () => {
    const invoiced = invoiceLines(order({}), [item('MUG', 3600, { taxMinor: 673 })])
    const byLine = creditLines(invoiced, new Map(), {
      amountMinor: 1800,
      lines: [{ sku: 'MUG', quantity: 1, amountMinor: 1800 }],
      shippingMinor: 0,
    })
    expect(byLine).toMatchObject([{ key: 'MUG', quantity: 1, amountMinor: 1800, taxMinor: 337 }])
    const byAmount = creditLines(invoiced, new Map(), { amountMinor: 1000, lines: null, shippingMinor: 0 })
    expect(byAmount.map(({ key, quantity, amountMinor }) => [key, quantity, amountMinor])).toEqual([
      ['MUG', null, 880],
      ['shipping', null, 120],
    ])
  })

  test('of more than was invoiced say what belongs to no line', () => {
    const invoiced = invoiceLines(order({ shippingMinor: 0, totalMinor: 3600 }), [item('MUG', 3600, { taxMinor: 673 })])
    const credit = creditLines(invoiced, new Map(), { amountMinor: 4000, lines: null, shippingMinor: 0 })
    expect(credit.map(({ key, amountMinor }) => [key, amountMinor])).toEqual([
      ['MUG', 3600],
      ['adjustment', 400],
    ])
  })

  test('whatever is shared out is shared out whole, to nobody more than their weight', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9_999_999), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (weights, part) => {
          const minor = Math.floor(sum(weights) * part)
          const shares = shareOut(minor, weights)
          expect(sum(shares)).toBe(minor)
          for (const [index, share] of shares.entries()) expect(share).toBeLessThanOrEqual(weights[index] ?? 0)
        },
      ),
    )
  })
})
