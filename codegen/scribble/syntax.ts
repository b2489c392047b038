/** The syntax tree of a Scribble file; every node knows where it stands. */
import type { Place } from "../../dsl/index.ts";

export interface Name {
  readonly text: string;
  readonly place: Place;
}

/** A type as a message carries it: `String`, `x: int`, `java.util.List`. */
export interface PayloadItem {
  /** Name of the value, where it has one. */
  readonly name?: string;
  readonly type: Name;
}

/** What is said: `label(T1, T2)`, or the bare name of a signature. */
export interface Signature {
  readonly name: Name;
  /** Absent for a bare name, which may stand for a declared signature or a parameter. */
  readonly payload?: readonly PayloadItem[];
}

export interface MessageTransfer {
  readonly kind: "message";
  readonly place: Place;
  readonly signature: Signature;
  readonly from: Name;
  readonly to: readonly Name[];
}

export interface ChoiceAt {
  readonly kind: "choice";
  readonly place: Place;
  readonly at: Name;
  readonly branches: readonly Block[];
}

export interface Recursion {
  readonly kind: "rec";
  readonly place: Place;
  readonly variable: Name;
  readonly body: Block;
}

interface Continue {
  readonly kind: "continue";
  readonly place: Place;
  readonly variable: Name;
}

interface Par {
  readonly kind: "par";
  readonly place: Place;
  readonly blocks: readonly Block[];
}

/** `do P<T>(A as X, B as Y);` */
export interface Do {
  readonly kind: "do";
  readonly place: Place;
  readonly protocol: Name;
  readonly types: readonly Signature[];
  readonly roles: readonly RoleArgument[];
}

export interface RoleArgument {
  readonly role: Name;
  /** The callee's name for it, where the call says it. */
  readonly as?: Name;
}

export type Interaction = MessageTransfer | ChoiceAt | Recursion | Continue | Par | Do;

export interface Block {
  readonly place: Place;
  readonly interactions: readonly Interaction[];
}

export interface Parameter {
  readonly kind: "type" | "sig";
  readonly name: Name;
}

export interface GlobalProtocol {
  readonly place: Place;
  readonly name: Name;
  /** Only there to be called by others. */
  readonly aux: boolean;
  readonly parameters: readonly Parameter[];
  readonly roles: readonly Name[];
  readonly body: Block;
  /** Its closing brace. */
  readonly end: Place;
}

/** `type <java> "java.lang.Integer" from "rt.jar" as Int;` and the like. */
export interface ExternalType {
  readonly kind: "type" | "sig";
  readonly alias: Name;
  /** The name in its own language. */
  readonly external: string;
}

export interface ScribbleModule {
  readonly name?: string;
  readonly externals: readonly ExternalType[];
  readonly protocols: readonly GlobalProtocol[];
}
