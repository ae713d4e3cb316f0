// stub
export const openMedia = async (..._: unknown[]): Promise<never> => {
  throw new Error('openMedia')
}
