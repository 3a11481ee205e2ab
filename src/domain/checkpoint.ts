/** A statement of where the audit chain stood. */
export interface Checkpoint {
  /** Which chain: the hash of its first row. */
  chain: string;
  /** How many rows it had. */
  rows: number;
  /** The hash of the last of them. */
  head: string;
  /** ISO 8601. */
  at: string;
}

/**
 * A checkpoint as the text that is signed. Not the form of a `tlog-checkpoint` of the C2SP, which promises a Merkle tree:
 * here the head is that of a chain, and who sees the rows can follow it.
 */
export function checkpointText({ chain, rows, head, at }: Checkpoint): string {
  return `keygrant audit checkpoint 1\nchain ${chain}\nrows ${rows}\nhead ${head}\nat ${at}\n`;
}

/** Reads a signed text; undefined where it is no checkpoint. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const match =
    /^keygrant audit checkpoint 1\nchain ([0-9a-f]{64})\nrows ([1-9]\d{0,14})\nhead ([0-9a-f]{64})\nat (\S+)\n$/.exec(
      text,
    );
  if (!match) return undefined;
  const [, chain = '', rows, head = '', at = ''] = match;
  return { chain, rows: Number(rows), head, at };
}
