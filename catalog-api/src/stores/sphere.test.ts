// Boxes of degrees around circles on the earth: none may lose a point that is within the circle.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxAround, boxesAround, circlesUpTo, distanceKm, furthestKm } from './sphere.ts'

/** Anywhere, and often where it is hard: at the poles and the date line. */
const latitude = fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, 90, -89.99, 89.99, 0))
const longitude = fc.oneof(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.constantFrom(-180, 180, -179.999, 179.999, 0),
)
const point = fc.record({ lat: latitude, lng: longitude })
const radius = fc.oneof(
  fc.double({ min: 0.1, max: 500, noNaN: true }),
  fc.double({ min: 500, max: furthestKm, noNaN: true }),
)

describe('the boxes around a circle', () => {
  it('hold every point of the circle, over the date line and the poles too', () => {
    fc.assert(
      fc.property(point, radius, point, fc.double({ min: -1, max: 1, noNaN: true }), (centre, km, far, near) => {
        // A second point that is often within the circle: close to the centre by degrees.
        const reach = boxAround(centre.lat, km)
        const wrapped = ((((centre.lng + near * reach.lng + 180) % 360) + 360) % 360) - 180
        const close = { lat: Math.max(-90, Math.min(90, centre.lat + near * reach.lat)), lng: wrapped }
        for (const other of [far, close, { ...far, lng: -centre.lng }]) {
          if (distanceKm(centre, other) > km) continue
          const held = boxesAround(centre, km).some(
            ({ west, south, east, north }) =>
              other.lng >= west && other.lng <= east && other.lat >= south && other.lat <= north,
          )
          expect(held, JSON.stringify({ centre, km, other })).toBe(true)
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it('never overlap, so that nobody is found twice, and stay on the map', () => {
    fc.assert(
      fc.property(point, radius, (centre, km) => {
        const boxes = boxesAround(centre, km)
        for (const { west, south, east, north } of boxes) {
          expect(west >= -180 && west <= east && east <= 180).toBe(true)
          expect(south >= -90 && south <= north && north <= 90).toBe(true)
        }
        const [one, two] = boxes
        if (one && two) expect(two.east < one.west || two.west > one.east).toBe(true)
      }),
    )
  })

  it('are wider in degrees of longitude further from the equator, and reach all of them over a pole', () => {
    expect(boxAround(0, 111.195).lng).toBeCloseTo(1, 2)
    expect(boxAround(60, 111.195).lng).toBeCloseTo(2, 2)
    expect(boxAround(89.9, 50)).toMatchObject({ lng: 180 })
    expect(boxAround(-90, 1)).toMatchObject({ lng: 180 })
    expect(boxesAround({ lat: -16.8, lng: 179.99 }, 10)).toHaveLength(2)
    expect(boxesAround({ lat: 45, lng: 5 }, 10)).toHaveLength(1)
  })
})

it('circles grow up to the one that was asked for, and no further than half around the earth', () => {
  expect(circlesUpTo(50).at(-1)).toBe(50)
  expect(circlesUpTo(0.5)).toEqual([0.5])
  expect(circlesUpTo(1e9).at(-1)).toBe(furthestKm)
  expect(circlesUpTo(furthestKm).length).toBeLessThan(32)
})
