// stub
export const findExact = async (..._: unknown[]): Promise<never> => {
  throw new Error('findExact')
}
