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
/** The way from one hue to another, −π … π. */
const hueGap = (from: number, to: number): number => {
  const gap = (((to - from) % turn) + turn) % turn
  return gap > Math.PI ? gap - turn : gap
}

const greyBelow = 0.05
const forEachPixel = (pixels: Pixels, visit: (at: number, colour: Lch, alpha: number) => void) => {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0
    if (alpha > 0) visit(at, lchOf(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0), alpha)
  }
}

/** The hue that most of the colour has, in radians. */
export function mainHue(pixels: Pixels): number {
  const bins = new Float64Array(36)
  forEachPixel(pixels, (_at, { c, h }, alpha) => {
    const bin = Math.floor((((h + turn) % turn) / turn) * 36) % 36
    if (c >= greyBelow) bins[bin] = (bins[bin] ?? 0) + c * alpha
  })
  const smooth = Array.from(
    bins,
    (value, bin) => value + 0.6 * ((bins[(bin + 1) % 36] ?? 0) + (bins[(bin + 35) % 36] ?? 0)),
  )
  return ((smooth.indexOf(Math.max(...smooth)) + 0.5) / 36) * turn
}

const ramp = (value: number, from: number, to: number): number => Math.min(1, Math.max(0, (value - from) / (to - from)))

/** How much of a colour changes, 0 … 1; `height` is 0 at the top and 1 at the foot of the square. */
function shareOf(part: TintedPart, hue: number, height: number, { l, c, h }: Lch): number {
  if (part === 'all') return 1
  if (part.startsWith('below-')) return height * 100 >= Number(part.slice(6)) ? 1 : 0
  if (part === 'greys') return (1 - ramp(c, 0.06, 0.1)) * ramp(l, 0.42, 0.58)
  return (1 - ramp(Math.abs(hueGap(hue, h)), 0.75, 1.15)) * ramp(c, 0.035, 0.075)
}

/** The pixels (`width` to a row) with `part` in `target`: the mean of the part becomes the target, its shading stays. */
export function tinted(pixels: Pixels, width: number, target: Lch, part: TintedPart): Pixels {
  const hue = part.startsWith('hue-') ? (Number(part.slice(4)) / 360) * turn : mainHue(pixels)
  const isOneHue = part === 'main' || part.startsWith('hue-')
  const raw = new Float32Array(pixels.length / 4)
  forEachPixel(pixels, (at, colour) => {
    raw[at / 4] = shareOf(part, hue, Math.floor(at / 4 / width) / width, colour)
  })
  const share = smoothed(raw, width)
  let [weight, lightness, chroma] = [0, 0, 0]
  forEachPixel(pixels, (at, colour, alpha) => {
    const mass = (share[at / 4] ?? 0) * alpha
    weight += mass
    lightness += mass * colour.l
    chroma += mass * colour.c
  })
  const out = Uint8Array.from(pixels)
  if (weight === 0) return out
  const mean = { l: lightness / weight, c: Math.max(chroma / weight, 0.02) }
  forEachPixel(pixels, (at, colour) => {
    const amount = share[at / 4] ?? 0
    if (amount < 0.01) return
    const richness = isOneHue ? Math.min(1.2, 0.6 + 0.4 * (colour.c / mean.c)) : 1
    const hueShift = isOneHue ? 0.25 * hueGap(hue, colour.h) : 0
    const wanted = rgbOf(shaded(colour.l - mean.l, target, richness, hueShift))
    for (let channel = 0; channel < 3; channel += 1) {
      const old = pixels[at + channel] ?? 0
      out[at + channel] = Math.round(old + ((wanted[channel] ?? old) - old) * amount)
    }
  })
  return out
}

/** The mean of each place and its neighbours two steps around: no specks where the part ends. */
function smoothed(values: Float32Array, width: number): Float32Array {
  const pass = (from: Float32Array, step: number) =>
    from.map(
      (value, at) =>
        (value * 2 +
          (from[at - step] ?? 0) +
          (from[at + step] ?? 0) +
          (from[at - 2 * step] ?? 0) +
          (from[at + 2 * step] ?? 0)) /
        6,
    )
  return pass(pass(values, 1), width)
}

/** The target in a lighter or darker shade; very light and very dark colours have less room for depth. */
function shaded(depth: number, target: Lch, richness: number, hueShift: number): Lch {
  const l = target.l + depth * (target.l < 0.45 ? 0.7 : target.l > 0.8 ? 0.65 : 0.85)
  const fade = Math.max(0.25, 1 - Math.max(0, l - 0.9) * 4)
  return { l: Math.min(0.975, Math.max(0.12, l)), c: target.c * richness * fade, h: target.h + hueShift }
}
