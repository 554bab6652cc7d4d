/**
 * Goes on from the page that is open now once something is done, unless the person has gone elsewhere meanwhile: whoever left is not
 * fetched back.
 * @param navigate as the router gives it
 * @returns the same, which says whether it went
 */
export function fromHere<Options>(
  navigate: (to: string, options?: Options) => void,
): (to: string, options?: Options) => boolean {
  const here = window.location.href
  return (to, options) => {
    if (window.location.href !== here) return false
    navigate(to, options)
    return true
  }
}
