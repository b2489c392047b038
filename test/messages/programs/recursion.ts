/** Recursions, blocks side by side, and sessions that are given up. */
import { choreography, epochs } from "../../../dsl/index.ts";
import { head, said } from "../parts.ts";

const within = epochs(5);
const loop = choreography("looping", { ...head, session: "rec Loop { Ask . { More . Loop | Stop } }" });
const all = { by: "buyer", ...said } as const;
const decide = () => "More" as const;

loop
  .rec("Loop", { atMost: "rounds" }, (b) =>
    b.broadcast("Ask", { ...all, payload: ({ turn }) => ({ text: `${turn}` }) }).choice("More | Stop", {
      by: "buyer",
      decide,
      branches: {
        More: (c) => c.broadcast("More", all).again("Loop"),
        Stop: (c) => c.broadcast("Stop", all),
      },
    }),
  )
  .returns("Ask");

// A bound that is no numeric parameter, a recursion of another name, one that is not written.
loop.rec("Loop", { atMost: "topic" }, (b) => b); // mistake
loop.rec("Round", { atMost: 3 }, (b) => b); // mistake
loop.broadcast("Ask", all); // mistake

// A turn that is not finished; a way back to what is not around, and nowhere.
loop.rec("Loop", { atMost: 3 }, (b) => b.broadcast("Ask", all)); // mistake
loop.rec("Loop", { atMost: 3 }, (b) =>
  b.broadcast("Ask", all).choice("More | Stop", {
    by: "buyer",
    decide,
    branches: {
      More: (c) => c.broadcast("More", all).again("Turn"), // mistake
      Stop: (c) => c.broadcast("Stop", all),
    },
  }),
);
loop.rec("Loop", { atMost: 3 }, (b) =>
  b.broadcast("Ask", all).choice("More | Stop", { // mistake
    by: "buyer",
    decide,
    branches: {
      More: (c) => c.broadcast("More", all),
      Stop: (c) => c.broadcast("Stop", all),
    },
  }),
);
loop.rec("Loop", { atMost: 3 }, (b) =>
  b.broadcast("Ask", all).choice("More | Stop", {
    by: "buyer",
    decide,
    branches: {
      More: (c) => c.broadcast("More", all).again("Loop").broadcast("Stop", all), // mistake
      Stop: (c) => c.broadcast("Stop", all),
    },
  }),
);

// Blocks: one is missing, one is not finished; one is taken for a choice.
const blocks = choreography("blocks", { ...head, session: "( Ship . Bill || Tell )" });
blocks
  .parallel("Ship || Tell", {
    Ship: (b) => b.broadcast("Ship", all).broadcast("Bill", all),
    Tell: (b) => b.broadcast("Tell", all),
  })
  .returns("Bill");
blocks.parallel("Ship || Tell", { Ship: (b) => b.broadcast("Ship", all).broadcast("Bill", all) }); // mistake
blocks.parallel("Ship || Tell", { // mistake
  Ship: (b) => b.broadcast("Ship", all),
  Tell: (b) => b.broadcast("Tell", all),
});
blocks.choice("Ship | Tell", { by: "buyer", decide: () => "Ship", branches: {} }); // mistake

// Giving up: by a family, without a reason, and going on afterwards.
const given = choreography("given", { ...head, session: "Ask . abort" }).broadcast("Ask", all);
const reason = "nobody answers";
given.abort("abort", { by: "buyer", reason, within });
given.abort("abort", { by: "witness", reason, within }); // mistake
given.abort("abort", { by: "buyer", within }); // mistake
given.broadcast("Ask", all); // mistake
given.abort("abort", { by: "buyer", reason, within }).broadcast("Ask", all); // mistake
