import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupNear } from './map-groups.ts'

const point = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) })

test('every store is on the map once, and no two marks lie on each other', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 200 }), (points) => {
      const groups = groupNear(points, 38)
      expect(groups.flat().sort((a, b) => a - b)).toEqual(points.map((_, index) => index))
      const firsts = groups.flatMap(([first]) => (first === undefined ? [] : (points[first] ?? [])))
      for (const [index, a] of firsts.entries())
        for (const b of firsts.slice(index + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(38)
      for (const group of groups)
        for (const one of group) {
          const [a, b] = [points[group[0] ?? 0], points[one]]
          if (a && b) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThan(38)
        }
    }),
  )
})

test('ten thousand stores are grouped while nobody waits', () => {
  const points = Array.from({ length: 10_000 }, (_, index) => ({ x: (index * 37) % 1200, y: (index * 91) % 700 }))
  expect(groupNear(points).length).toBeLessThan(1_200)
})
