/** The rules of the language by number: one row a rule, whoever refuses by it. */
export interface Diagnostic {
  /** What the rule says, in a sentence. */
  readonly title: string;
  /** Why it is a rule and what to do, for `aura explain`. */
  readonly explanation: string;
}
