/** Signs and letters that look like others, or like nothing, and so hide an operator. */

/** Format characters: soft hyphens, zero-width spaces, marks of direction. They are never part of a word (words.ts). */
export const UNSEEN = /\p{Cf}/u
const ALL_UNSEEN = /\p{Cf}/gu

/** Full-width forms of ASCII. Behind East Asian letters ？！：， are the marks of their own sentences. */
const FULL_WIDTH =
  /(?<![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}])[\uff01-\uff5e]|[\uff21-\uff3a\uff41-\uff5a]/gu

/**
 * Full-width forms of ASCII signs that change what a query is (parse.ts). Brackets, quotation marks and commas are read as they
 * are, and most others have rules of their own.
 */
export const FULL_WIDTH_SIGN = /[\uff03-\uff05\uff07\uff0f\uff1c-\uff1e\uff3b-\uff40\uff5b-\uff5e]/

/** The text in plain letters and signs, without what is not seen. */
export const plainText = (text: string): string =>
  text.replace(ALL_UNSEEN, '').replace(FULL_WIDTH, (c) => c.normalize('NFKC'))

/** The words that what is not seen divides, as a person may see them. */
export const piecesOf = (text: string): string[] => text.split(ALL_UNSEEN).filter((piece) => piece !== '')
