// The kill trial knows every place at which a process can be killed, and every crash point of the failure model.
import { expect, it } from 'vitest'
import { failpoints as catalogPoints } from '../../catalog-api/src/lib/failpoints.ts'
import { failpoints as notifierPoints } from '../../notifier/src/lib/failpoints.ts'
import { failpoints as storefrontPoints } from '../../storefront/app/lib/failpoints.ts'
import { noFigures, unfinished } from '../chaos/figures.ts'
import { notKilledAt, places } from '../chaos/places.ts'
import { listSources } from './sources.ts'

const inCode: string[] = [...storefrontPoints, ...catalogPoints, ...notifierPoints]

it('every named place is tried by the kill trial, or says why not', () => {
  const tried = new Set([...places.map(({ point }) => String(point)), ...Object.keys(notKilledAt)])
  expect(inCode.filter((point) => !tried.has(point))).toEqual([])
})

it('every crash point of the failure model, K01 to K52, is tried or says why not', () => {
  const told = new Set([...places.map(({ k }) => k), ...Object.keys(notKilledAt)])
  const all = Array.from({ length: 52 }, (_, index) => `K${String(index + 1).padStart(2, '0')}`)
  expect(all.filter((k) => !told.has(k))).toEqual([])
})

it('every named place stands somewhere in the code', () => {
  const code = listSources().filter(({ path }) => !/^trials\/|failpoints\.ts$|\.test\./.test(path))
  const passed = new Set(
    code.flatMap(({ text }) =>
      [...text.matchAll(/fail(?:point|While|pointAfterwards)\(\s*'(\w+)'/g)].map(([, name]) => name),
    ),
  )
  expect(inCode.filter((point) => !passed.has(point))).toEqual([])
})

it('a campaign of kills is done only when every place and every random kill was', () => {
  const done = Object.fromEntries(places.map(({ point }) => [point, 2]))
  const plan = { each: 2, random: 3 }
  expect(unfinished({ ...noFigures(), named: done, random: { postgres: 1, storefront: 2 } }, plan)).toEqual([])
  const [first] = places
  const short = { ...noFigures(), named: { ...done, [first?.point ?? '']: 1 }, random: { postgres: 1 } }
  expect(unfinished(short, plan)).toEqual([
    `not 2 times yet: ${first?.k} ${first?.point}`,
    '2 random kills not made yet',
  ])
})
