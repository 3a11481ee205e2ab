/** A pattern of LIKE for texts that contain this one, whatever characters it has. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
