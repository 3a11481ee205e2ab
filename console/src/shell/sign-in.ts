/** Where to sign in, to be back on the page that is open now; `again`: as whoever one wants, whoever is signed in. */
export function signInAddress(
  returnTo: string = location.pathname + location.search,
  { again = false } = {},
): string {
  return `/session/sign-in?returnTo=${encodeURIComponent(returnTo)}${again ? '&again=true' : ''}`;
}

/** The page that a window which was opened to sign in ends on; it says so to its opener, and closes. */
export const signedInPath = '/signed-in';
/** What it says, on a channel that only this site hears. */
export const signInChannel = 'keygrant-sign-in';
