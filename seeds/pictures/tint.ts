// Gives an object another colour: only the part that carries its colour changes, wood, metal and light stay. Pure.
import { type Lch, lchOf, rgbOf } from './colours.ts'

/**
 * Which part takes the colour: its most common hue, a hue of so many degrees (OKLCH), its greys and whites, everything,
 * or all below so many per cent of its height.
 */
export type TintedPart = 'main' | `hue-${number}` | 'greys' | 'all' | `below-${number}`

/** Raw pixels, four bytes each (RGBA). */
export type Pixels = Uint8Array

const turn = Math.PI * 2
/** The way from one hue to another, −π … π; both are angles of one turn. */
const hueGap = (from: number, to: number): number => {
  const gap = to - from
  return gap > Math.PI ? gap - turn : gap < -Math.PI ? gap + turn : gap
}
const ramp = (value: number, from: number, to: number): number =>
  value <= from ? 0 : value >= to ? 1 : (value - from) / (to - from)

const greyBelow = 0.05

const measured = new WeakMap<Pixels, (Lch | null)[]>()

/** The colour of every visible pixel, worked out once an object; null where nothing is to be seen. */
function colours(pixels: Pixels): (Lch | null)[] {
  const known = measured.get(pixels)
  if (known) return known
  const seen: (Lch | null)[] = []
  for (let at = 0; at < pixels.length; at += 4)
    seen.push(pixels[at + 3] ? lchOf(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0) : null)
  measured.set(pixels, seen)
  return seen
}

/** The hue that most of the colour has, −π … π. */
export const mainHue = (pixels: Pixels): number => mostCommonHue(pixels, colours(pixels))

function mostCommonHue(pixels: Pixels, seen: readonly (Lch | null)[]): number {
  const count = 36
  const bins = new Float64Array(count)
  seen.forEach((colour, at) => {
    if (!colour || colour.c < greyBelow) return
    const bin = Math.floor(((colour.h + Math.PI) / turn) * count) % count
    bins[bin] = (bins[bin] ?? 0) + colour.c * (pixels[at * 4 + 3] ?? 0)
  })
  const near = (bin: number) => (bins[(bin + 1) % count] ?? 0) + (bins[(bin + count - 1) % count] ?? 0)
  const smooth = Array.from(bins, (value, bin) => value + 0.6 * near(bin))
  return ((smooth.indexOf(Math.max(...smooth)) + 0.5) / count) * turn - Math.PI
}

/** Tells how much of a colour changes, 0 … 1; `height` is 0 at the top and 1 at the foot of the square. */
function shareOf(part: TintedPart, hue: number): (colour: Lch, height: number) => number {
  if (part === 'all') return () => 1
  if (part === 'greys') return ({ l, c }) => (1 - ramp(c, 0.085, 0.12)) * ramp(l, 0.42, 0.58)
  const from = part.startsWith('below-') ? Number(part.slice(6)) / 100 : null
  if (from !== null) return (_colour, height) => (height >= from ? 1 : 0)
  return ({ c, h }) => (1 - ramp(Math.abs(hueGap(hue, h)), 0.75, 1.15)) * ramp(c, 0.035, 0.075)
}

const angleOf = (degrees: number): number => hueGap(0, ((degrees % 360) / 360) * turn)

/** The pixels (`width` to a row) with `part` in `target`: the mean of the part becomes the target, its shading stays. */
export function tinted(pixels: Pixels, width: number, target: Lch, part: TintedPart): Pixels {
  const seen = colours(pixels)
  const hue = part.startsWith('hue-') ? angleOf(Number(part.slice(4))) : mostCommonHue(pixels, seen)
  const isOneHue = part === 'main' || part.startsWith('hue-')
  const changes = shareOf(part, hue)
  const rough = new Float32Array(seen.length)
  const visible = new Float32Array(seen.length)
  seen.forEach((colour, at) => {
    if (!colour) return
    rough[at] = changes(colour, Math.floor(at / width) / width)
    visible[at] = 1
  })
  // Only what is visible counts as a neighbour: the object's rim takes the colour whole.
  const near = smoothed(visible, width)
  const share = smoothed(rough, width).map((value, at) => value / Math.max(near[at] ?? 0, 0.01))
  const mean = meanOf(pixels, seen, share)
  const out = Uint8Array.from(pixels)
  if (!mean) return out
  seen.forEach((colour, at) => {
    const amount = share[at] ?? 0
    if (!colour || amount < 0.01) return
    const richness = isOneHue ? Math.min(1.2, 0.6 + 0.4 * (colour.c / mean.c)) : 1
    const hueShift = isOneHue ? 0.25 * hueGap(hue, colour.h) : 0
    const wanted = rgbOf(shaded(colour.l - mean.l, target, richness, hueShift))
    for (let channel = 0; channel < 3; channel += 1) {
      const old = pixels[at * 4 + channel] ?? 0
      out[at * 4 + channel] = Math.round(old + ((wanted[channel] ?? old) - old) * amount)
    }
  })
  return out
}

/** Mean lightness and chroma of what changes; null when nothing does. */
function meanOf(pixels: Pixels, seen: readonly (Lch | null)[], share: Float32Array): { l: number; c: number } | null {
  let [weight, lightness, chroma] = [0, 0, 0]
  seen.forEach((colour, at) => {
    if (!colour) return
    const mass = (share[at] ?? 0) * (pixels[at * 4 + 3] ?? 0)
    weight += mass
    lightness += mass * colour.l
    chroma += mass * colour.c
  })
  return weight === 0 ? null : { l: lightness / weight, c: Math.max(chroma / weight, 0.02) }
}

/** The mean of each place and its neighbours two steps around: no specks where the part ends. */
function smoothed(values: Float32Array, width: number): Float32Array {
  const pass = (from: Float32Array, step: number) => {
    const to = new Float32Array(from.length)
    for (let at = 0; at < from.length; at += 1) {
      const near =
        (from[at - step] ?? 0) + (from[at + step] ?? 0) + (from[at - 2 * step] ?? 0) + (from[at + 2 * step] ?? 0)
      to[at] = ((from[at] ?? 0) * 2 + near) / 6
    }
    return to
  }
  return pass(pass(values, 1), width)
}

/** The target in a lighter or darker shade; very light and very dark colours have less room for depth. */
function shaded(depth: number, target: Lch, richness: number, hueShift: number): Lch {
  const l = target.l + depth * (target.l < 0.45 ? 0.7 : target.l > 0.8 ? 0.65 : 0.85)
  const fade = Math.max(0.25, 1 - Math.max(0, l - 0.9) * 4)
  return { l: Math.min(0.975, Math.max(0.12, l)), c: target.c * richness * fade, h: target.h + hueShift }
}
