/** The language: everything an author of a choreography imports. */
export { choreography } from "./choreography.ts";
export type { Chain } from "./chain/chain.ts";
export type { Halted } from "./chain/halted.ts";
export type { Choreography } from "./choreography-type.ts";
export { checkGlobal } from "./check.ts";
export type { Part, Problem } from "./check.ts";
export type { ActionContext, Awaitable, CommonContext, RandomBytes } from "./context.ts";
export { diagnostics, isDiagnosticCode } from "./diagnostics.ts";
export type { Diagnostic, DiagnosticCode } from "./diagnostics.ts";
export { ProtocolError } from "./errors.ts";
export type { Blame, ErrorPlace, Place, ProtocolErrorCode, ProtocolErrorInit } from "./errors.ts";
export { event } from "./event.ts";
export type {
  AbortEvent,
  AbortPayload,
  AnyEvent,
  Authorization,
  EventType,
  NoPayload,
  PayloadOf,
  PayloadSchema,
  SchemaIssue,
  SchemaResult,
  StandardSchema,
} from "./event.ts";
export type {
  Abort,
  Acquire,
  Again,
  Branch,
  Broadcast,
  Call,
  Callee,
  Check,
  Choice,
  Collect,
  Distribute,
  GlobalStep,
  GlobalType,
  Local,
  Parallel,
  Rec,
  Release,
  Send,
  Wait,
} from "./global.ts";
export { type } from "./head.ts";
export type { Head, TypeWitness } from "./head.ts";
export { accepted, rejected } from "./projection/knowledge.ts";
export type {
  Agreed,
  AgreedMark,
  Collected,
  Contribution,
  Rejection,
  Verdict,
  View,
  ViewMark,
} from "./projection/knowledge.ts";
export type {
  AbortNode,
  Accept,
  AgainNode,
  AnyAccept,
  AwaitAbortNode,
  AwaitNode,
  CallNode,
  CheckNode,
  ComputeNode,
  CurrentEpochNode,
  ForkNode,
  Judged,
  LedgerStateNode,
  LocalType,
  LoopNode,
  OfferNode,
  ReturnNode,
  Script,
  ScriptBody,
  ScriptBranches,
  ScriptNode,
  SelectNode,
  ThresholdNode,
  WaitNode,
  WriteNode,
} from "./projection/local.ts";
export type { ParseSession } from "./notation/notation.ts";
export type { LocalOptions, WaitOptions } from "./chain/options.ts";
export type { Conflict, ConflictReason } from "./projection/conflict.ts";
export { optionFault } from "./chain/option-names.ts";
export { project, projection } from "./projection/project.ts";
export type { Projection } from "./projection/project.ts";
export type { Project } from "./projection/project-type.ts";
export type {
  ProjectedAwait,
  ProjectedBody,
  ProjectedCall,
  ProjectedFork,
  ProjectedLoop,
  ProjectedNode,
  ProjectedOffer,
  ProjectedSelect,
  ProjectedThreshold,
  ProjectedWrite,
} from "./projection/projected.ts";
export type { LocalScript } from "./projection/script-type.ts";
export { everyone, many, one } from "./role.ts";
export type { Cast, Everyone, Many, One, RoleName, Roles } from "./role.ts";
export { parseSession } from "./session/session.ts";
export type {
  SessionAbort,
  SessionAgain,
  SessionBranch,
  SessionChoice,
  SessionItem,
  SessionParallel,
  SessionRec,
  SessionStep,
  SessionTree,
} from "./session/tree.ts";
export { epochs } from "./time.ts";
export type { Epochs } from "./time.ts";
