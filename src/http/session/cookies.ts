import type { FastifyReply, FastifyRequest } from 'fastify';

/** How long a sign-in may take, from here to the issuer and back. */
const signInSeconds = 10 * 60;

/** What a browser keeps for one sign-in, so that only it can finish it. */
export interface SignIn {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
}

/**
 * The cookies of the console. Scripts cannot read them, other sites' pages cannot send them (SameSite), and by their prefix no
 * other host can set them (RFC 6265bis, 4.1.3.2); over plain http, in development, no browser would take that prefix.
 */
export function sessionCookies(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  const prefix = secure ? '__Host-' : '';
  const name = `${prefix}keygrant-session`;
  const common = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  /** One per sign-in, since several tabs can be at it at once. */
  const signInName = (state: string) => `${prefix}keygrant-sign-in-${state.slice(0, 8)}`;

  return {
    /** The session's token. */
    read: (request: FastifyRequest) => request.cookies[name],
    write: (reply: FastifyReply, token: string) => reply.setCookie(name, token, common),
    clear: (reply: FastifyReply) => reply.clearCookie(name, common),
    begin(reply: FastifyReply, signIn: SignIn) {
      const value = Buffer.from(JSON.stringify(signIn)).toString('base64url');
      return reply.setCookie(signInName(signIn.state), value, { ...common, maxAge: signInSeconds });
    },
    /** What the browser keeps for a sign-in, which it thereby forgets; undefined when it did not begin it. */
    finish(request: FastifyRequest, reply: FastifyReply, state: string): SignIn | undefined {
      const value = request.cookies[signInName(state)];
      if (value === undefined) return undefined;
      reply.clearCookie(signInName(state), common);
      try {
        const signIn = JSON.parse(Buffer.from(value, 'base64url').toString()) as SignIn;
        return signIn.state === state ? signIn : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
