/** Tells whoever observes a role what it does, and of each blame once. */
import type { Blame } from "../dsl/index.ts";
import type { Collectors } from "./collectors.ts";
import type { ContextOptions } from "./context.ts";
import type { Notice, NoticePlace } from "./notice.ts";
import { plainBlames } from "./record.ts";

type Told = Pick<ContextOptions, "observe" | "session" | "script" | "device" | "time">;
type Blaming = Pick<Collectors, "blamed" | "changes">;

export class Notices {
  readonly #options: Told;
  readonly #collectors: Blaming;
  readonly #told = new Set<string>();
  /** How many changes there had been when blame was last told of. */
  #toldAt = -1;

  constructor(options: Told, collectors: Blaming) {
    this.#options = options;
    this.#collectors = collectors;
  }

  tell(step: string, what: DistributiveOmit<Notice, keyof NoticePlace>): void {
    const { observe, session, script, device, time } = this.#options;
    const { protocol, role } = script;
    const place = { session: session.id, protocol, device: device.id, role, step };
    observe?.({ ...place, epoch: time.epoch(), ...what });
  }

  tellBlame(step: string): void {
    const { changes } = this.#collectors;
    if (this.#toldAt === changes) return;
    this.#toldAt = changes;
    for (const blame of this.blamed()) {
      const key = `${blame.device} ${blame.reason}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      this.tell(step, { kind: "blamed", blame });
    }
  }

  /** Everyone who is to blame so far, with evidence. */
  blamed(): readonly Blame[] {
    return plainBlames(this.#collectors.blamed());
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
