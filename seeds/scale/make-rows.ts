// A thread that makes products while another sends them to the server: two cores, two works. Answers each portion asked
// for with the bytes of its rows.
import { parentPort } from 'node:worker_threads'
import { type Ground, scaleProduct } from './product.ts'
import { addLines, noLines, type ProductTable } from './rows.ts'

export type Wish = { ground: Ground; from: number; to: number }
export type Made = Record<ProductTable, Uint8Array<ArrayBuffer>>

/** The rows of the products from `from` up to, not including, `to`. */
export function makeRows({ ground, from, to }: Wish): Made {
  const lines = noLines()
  for (let index = from; index < to; index++) addLines(lines, scaleProduct(ground, index), ground.seed, index)
  const encoder = new TextEncoder()
  return Object.fromEntries(Object.entries(lines).map(([table, text]) => [table, encoder.encode(text)])) as Made
}

parentPort?.on('message', (wish: Wish) => {
  const made = makeRows(wish)
  parentPort?.postMessage(
    made,
    Object.values(made).map(({ buffer }) => buffer),
  )
})
