// stub
export const listPlaces = async (..._: unknown[]): Promise<never> => {
  throw new Error('listPlaces')
}
