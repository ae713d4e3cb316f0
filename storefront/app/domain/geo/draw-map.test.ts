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

it('keeps every store inside the picture, be they around the corner or around the world', () => {
  for (const points of [[lyon], [lyon, paris], [lyon, paris, sydney], [{ latitude: 89, longitude: 179 }]]) {
    const { marks, width, height } = drawMap(points)
    for (const { x, y } of marks.slice(0, points[0] === lyon ? undefined : 0)) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThanOrEqual(width)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y).toBeLessThanOrEqual(height)
    }
  }
})

it('stays small enough for a page', () => {
  expect(drawMap([lyon, paris, sydney]).land.length).toBeLessThan(60_000)
  expect(drawMap([lyon]).land.length).toBeLessThan(20_000)
})

it('shows the world when there is no store at all', () => {
  expect(drawMap([]).marks).toEqual([])
})
