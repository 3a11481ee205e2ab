/** The code that Node gives an error of the system, e.g. "EEXIST"; undefined for every other error. */
export function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
