/**
 * Frees the memory of bytes that nobody needs any more; they are empty then. The collector knows little of what stands outside
 * its heap: left to it, several documents of the largest feeds would be held at once.
 */
export function free(bytes: Uint8Array): void {
  const { buffer } = bytes
  if (!(buffer instanceof ArrayBuffer) || buffer.detached) return
  // A part of a buffer may stand beside bytes of others.
  if (buffer.byteLength === bytes.byteLength) buffer.transfer(0)
}
