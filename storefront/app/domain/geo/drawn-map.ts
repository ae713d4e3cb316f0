// A map as the server draws it: SVG paths, and marks in the picture's own units. Shapes only.

export type GeoPoint = { latitude: number; longitude: number }
export type DrawnMap = {
  width: number
  height: number
  land: string
  borders: string
  marks: { x: number; y: number }[]
}
