/** Who hears of what. */
import { OTHER_SESSION, SESSION, addDevice, adoptions, removeDevice, stepBy } from "../cast.ts";
import type { Law } from "../trial.ts";

export const subscriptionLaws: readonly Law[] = [
  {
    name: "a subscriber hears of each event once, and of nothing that was refused",
    run: async (trial) => {
      const ledger = await trial.ledger();
      const heard: number[] = [];
      const stop = ledger.subscribe(({ nonce }) => heard.push(nonce));
      const offer = (bytes: Uint8Array): string => ledger.append(bytes).status;
      const [first, second, third] = [0, 1, 2].map((nonce) => stepBy("alice", { nonce }).bytes);
      const none = new Uint8Array();
      trial.same("append(…).status at first", offer(first ?? none), "admitted");
      trial.same("append(…).status again", offer(first ?? none), "known");
      trial.same("append(…).status of no event", offer(Uint8Array.of(0xf6)), "quarantined");
      offer(second ?? none);
      stop();
      offer(third ?? none);
      trial.same("nonces heard of, until it stopped after 1", heard, [0, 1]);
    },
  },
  {
    name: "a scope limits a subscription to a session, or to one of its steps",
    run: async (trial) => {
      const ledger = await trial.ledger();
      const heard: string[] = [];
      ledger.subscribe(({ author }) => heard.push(`all ${author}`));
      ledger.subscribe(({ author }) => heard.push(`session ${author}`), { session: SESSION });
      const scope = { session: SESSION, step: "Reveal" };
      ledger.subscribe(({ author }) => heard.push(`step ${author}`), scope);
      ledger.append(stepBy("alice").bytes);
      ledger.append(stepBy("bob", { step: "Reveal" }).bytes);
      ledger.append(stepBy("carol", { session: OTHER_SESSION }).bytes);
      trial.same("scopes and authors heard of, narrowest first", heard, [
        ...["session alice", "all alice"],
        ...["step bob", "session bob", "all bob"],
        "all carol",
      ]);
    },
  },
  {
    name: "all subscribers see one order, even if one of them writes",
    run: async (trial) => {
      const ledger = await trial.ledger();
      const heard: string[] = [];
      ledger.subscribe(({ author }) => {
        if (author === "alice") ledger.append(stepBy("bob").bytes);
      });
      ledger.subscribe(({ author }) => heard.push(author));
      ledger.append(stepBy("alice").bytes);
      trial.same("authors heard of", heard, ["alice", "bob"]);
    },
  },
  {
    name: "a subscriber that throws does not keep the event from the others",
    run: async (trial) => {
      const ledger = await trial.ledger();
      const heard: string[] = [];
      const bug = new RangeError("a bug in the reader");
      ledger.subscribe(() => {
        throw bug;
      });
      ledger.subscribe(({ author }) => heard.push(author));
      for (const author of ["alice", "bob"]) {
        trial.same(
          "append(…) throws the reader's error",
          thrownBy(() => ledger.append(stepBy(author).bytes)) === bug,
          true,
        );
      }
      trial.same("authors that the other heard of", heard, ["alice", "bob"]);
    },
  },
  {
    name: "whoever asks is told of what is taken back, once and in its scope, until it stops",
    run: async (trial) => {
      const before = [...adoptions(), addDevice("frank"), addDevice("heidi")];
      const ledger = await trial.ledger(before);
      const heard: string[] = [];
      ledger.onRetract(({ author }) => heard.push(`all ${author}`));
      const stop = ledger.onRetract(({ author }) => heard.push(`session ${author}`), {
        session: SESSION,
      });
      const elsewhere = { session: SESSION, step: "Reveal" };
      ledger.onRetract(({ author }) => heard.push(`step ${author}`), elsewhere);
      for (const author of ["frank", "heidi"]) ledger.append(stepBy(author, { epoch: 9 }).bytes);
      ledger.append(removeDevice("frank", 5).bytes);
      ledger.append(removeDevice("frank", 5).bytes);
      trial.same("retractions after the first removal", heard, ["session frank", "all frank"]);
      stop();
      ledger.append(removeDevice("heidi", 5).bytes);
      trial.same("retractions after both", heard, ["session frank", "all frank", "all heidi"]);
    },
  },
];

function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
