/** Gives labels to messages and recursions. */
import { candidates, labelFrom } from "./names.ts";

/** The labels used so far on the way to a step. */
export type Path = Set<string>;

interface MessageIdentity {
  readonly name: string;
  readonly by: string;
  readonly to: string;
  /** All receivers, of which `to` is one. */
  readonly all: readonly string[];
}

export interface LabelGiver {
  message(message: MessageIdentity, path: Path): string;
  loop(name: string, path: Path): string;
  /** The label of a recursion that is not there. */
  unbound(name: string): string;
}

/** `wanted` are the labels that messages have by their own names: no other one gets them. */
export function labelGiver(wanted: readonly string[]): LabelGiver {
  const owners = new Map<string, string>();
  const groups = new Map<string, number>();
  const groupOf = (receivers: readonly string[]) => {
    const key = receivers.join(" ");
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return group;
  };
  const own = new Set(wanted);
  const give = (base: string, isMessage: boolean, identity: readonly unknown[], path: Path) => {
    const key = JSON.stringify(identity);
    const label = candidates(base, (candidate) => {
      if (path.has(candidate)) return false;
      const owner = owners.get(candidate);
      if (owner !== undefined) return owner === key;
      return !own.has(candidate) || (isMessage && candidate === base);
    });
    owners.set(label, key);
    path.add(label);
    return label;
  };
  const loop = (name: string, path: Path) => give(labelFrom(name), false, ["rec", name], path);
  return {
    loop,
    message: ({ name, by, to, all }, path) =>
      give(labelFrom(name), true, ["message", name, by, to, groupOf(all)], path),
    unbound: (name) => loop(name, new Set()),
  };
}
