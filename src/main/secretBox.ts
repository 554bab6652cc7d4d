import { safeStorage } from 'electron'

/**
 * Seals a text by the system's keeping of secrets (Keychain, DPAPI, the keyring), as base64.
 * @returns null where the system keeps none: on Linux without a keyring Electron would use a password that everybody knows
 */
export async function sealed(text: string): Promise<string | null> {
  if (!(await keepsSecrets())) return null
  return (await safeStorage.encryptStringAsync(text)).toString('base64')
}

/** @returns the text that was sealed; null where it cannot be opened, as by another person or on another machine */
export async function unsealed(base64: string): Promise<string | null> {
  if (!(await keepsSecrets())) return null
  return (await safeStorage.decryptStringAsync(Buffer.from(base64, 'base64'))).result
}

async function keepsSecrets(): Promise<boolean> {
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false
  return safeStorage.isAsyncEncryptionAvailable()
}
