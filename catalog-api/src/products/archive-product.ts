// stub
export const archiveProduct = async (..._: unknown[]): Promise<never> => {
  throw new Error('archiveProduct')
}
