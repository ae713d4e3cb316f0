// The picture that an authenticator app scans, as one path of an SVG: drawn by the server, so that it needs no JavaScript
// and no picture leaves this shop. The library is loaded when the first person needs it.

/** `path` draws the dark squares in a field of `size` by `size` units, its quiet border included. */
export async function drawQr(text: string): Promise<{ size: number; path: string }> {
  const { encode } = await import('uqr')
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { size, path: squares.join('') }
}
