// The drawn map, for visitors without JavaScript.
import { expect, it } from 'vitest'
import { drawMap } from './draw-map.server.ts'

const lyon = { latitude: 45.764, longitude: 4.8357 }
const paris = { latitude: 48.8566, longitude: 2.3522 }
const sydney = { latitude: -33.8688, longitude: 151.2093 }

it('draws land and borders around stores, north above south and west left of east', () => {
  const map = drawMap([lyon, paris])
  expect(map.land).toMatch(/^M/)
  expect(map.borders).toMatch(/^M/)
  const [south, north] = map.marks
  expect(north?.y).toBeLessThan(south?.y ?? 0)
  expect(north?.x).toBeLessThan(south?.x ?? 0)
})

const inside = ({ marks, width, height }: ReturnType<typeof drawMap>) =>
  marks.filter(({ x, y }) => x >= 0 && x <= width && y >= 0 && y <= height).length

it('keeps every store inside the picture, be they around the corner or around the world', () => {
  for (const points of [[lyon], [lyon, paris], [lyon, paris, sydney]])
    expect(inside(drawMap(points))).toBe(points.length)
})

it('shows the continent of most stores, not the oceans to the few others', () => {
  const european = Array.from({ length: 20 }, (_, index) => ({ latitude: 44 + (index % 5) * 2, longitude: index }))
  const map = drawMap([...european, sydney])
  expect(inside(map)).toBe(20)
  expect(map.area).toEqual([
    [44, 0],
    [52, 19],
  ])
})

it('shows stores on both sides of the date line side by side, not with the world between them', () => {
  const west = { latitude: -16.8, longitude: 179.9 }
  const east = { latitude: -16.8, longitude: -179.9 }
  const map = drawMap([west, east], { width: 480, height: 480, spanDegrees: 2 })
  expect(inside(map)).toBe(2)
  const [left, right] = map.marks
  expect(right?.x).toBeGreaterThan(left?.x ?? 0)
  expect((right?.x ?? 0) - (left?.x ?? 0)).toBeLessThan(100)
  expect(map.area).toEqual([
    [-17.8, 179],
    [-15.8, 181],
  ])
  expect(map.land).toMatch(/^M/)
})

it('stays small enough for a page', () => {
  expect(drawMap([lyon, paris, sydney]).land.length).toBeLessThan(60_000)
  expect(drawMap([lyon]).land.length).toBeLessThan(20_000)
})

it('shows the world when there is no store at all', () => {
  expect(drawMap([]).marks).toEqual([])
})
