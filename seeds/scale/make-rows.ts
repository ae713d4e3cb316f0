// A thread that makes products while another sends them to the server: two cores, two works. Answers each portion asked
// for with the bytes of its rows.
import { parentPort } from 'node:worker_threads'
import { keptForms, keptWordsIn } from '../../catalog-api/src/search/kept-words.ts'
import { Lines, textArray } from './copy.ts'
import { type Ground, scaleProduct } from './product.ts'
import { addLines, noLines, type ProductTable } from './rows.ts'

/** `to` before `from`: no products any more, but the words of all that were made. */
export type Wish = { ground: Ground; from: number; to: number }
export type Bytes = Uint8Array<ArrayBuffer>
export type Made = Record<ProductTable, Bytes>

const lines = noLines()
/** How many products have each word; no further than the shop counts. */
const words = new Map<string, number>()
const countedUpTo = 1_000

/** The rows of the products from `from` up to, not including, `to`. */
function makeRows({ ground, from, to }: Wish): Made {
  for (let index = from; index < to; index++) {
    const product = scaleProduct(ground, index)
    addLines(lines, product, ground.seed, index)
    for (const word of keptWordsIn(product.search)) words.set(word, Math.min(countedUpTo, (words.get(word) ?? 0) + 1))
  }
  return Object.fromEntries(Object.entries(lines).map(([table, rows]) => [table, rows.take()])) as Made
}

/** Lines of `word, products, slips`. */
function wordRows(): Bytes {
  const rows = new Lines()
  for (const [word, products] of words) rows.add([word, products, textArray(keptForms(word))])
  return rows.take()
}

parentPort?.on('message', (wish: Wish) => {
  const made = wish.to < wish.from ? { words: wordRows() } : makeRows(wish)
  parentPort?.postMessage(
    made,
    Object.values(made).map(({ buffer }) => buffer),
  )
})
