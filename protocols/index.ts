/** The protocols: each a choreography, its events, and the local scripts of its roles. */
export * from "./dkd/index.ts";
export * from "./genesis/index.ts";
export * from "./signing/index.ts";
export type { Member, MemberDevice } from "./member.ts";
