// stub
export const writeReview = async (..._: unknown[]): Promise<never> => {
  throw new Error('writeReview')
}
