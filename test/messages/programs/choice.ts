/** Choices that are not told, not finished or not what the session says. */
import { choreography, everyone } from "../../../dsl/index.ts";
import { counted, head, said } from "../parts.ts";

const open = choreography("choosing", { ...head, session: "{ Accept . Pay | Reject } . Note" });
const to = { by: "buyer", to: "seller" } as const;
const decide = () => "Accept" as const;

open.choice("Accept | Reject", {
  by: "buyer",
  decide,
  branches: {
    Accept: (b) => b.broadcast("Accept", { by: "buyer", ...said }).send("Pay", { ...to, ...said }),
    Reject: (b) => b.broadcast("Reject", { by: "buyer", ...said }),
  },
});

// A branch that is missing, one too many, one that is misspelt.
open.choice("Accept | Reject", { // mistake
  by: "buyer",
  decide,
  branches: {
    Accept: (b) => b.broadcast("Accept", { by: "buyer", ...said }).send("Pay", { ...to, ...said }),
  },
});
open.choice("Accept | Reject", {
  by: "buyer",
  decide,
  branches: {
    Accept: (b) => b.broadcast("Accept", { by: "buyer", ...said }).send("Pay", { ...to, ...said }),
    Reject: (b) => b.broadcast("Reject", { by: "buyer", ...said }),
    Haggle: (b) => b.broadcast("Haggle", { by: "buyer", ...said }), // mistake
  },
});
open.choice("Accept | Reject", {
  by: "buyer",
  decide,
  branches: {
    Accept: (b) => b.broadcast("Accept", { by: "buyer", ...said }).send("Pay", { ...to, ...said }),
    Rejet: (b) => b.broadcast("Reject", { by: "buyer", ...said }), // mistake
  },
});

open
  .choice("Accept | Reject", { by: "buyer", decide, branches: {} })
  .broadcast("Note", { by: "buyer", ...said }); // mistake

// The choice is called by its branches; it is no other step.
open.choice("Accept", { // mistake
  by: "buyer",
  decide,
  branches: {},
});
open.broadcast("Accept", { by: "buyer", ...said }); // mistake

// What is decided is a branch.
open.choice("Accept | Reject", {
  by: "buyer",
  decide: ({ self }) => (self === "" ? "Later" : "Accept"), // mistake
  branches: {
    Accept: (b) => b.broadcast("Accept", { by: "buyer", ...said }).send("Pay", { ...to, ...said }),
    Reject: (b) => b.broadcast("Reject", { by: "buyer", ...said }),
  },
});

// The decider is one device, sends first, and tells with broadcast or send.
open.choice("Accept | Reject", {
  by: "witness", // mistake
  decide,
  branches: {},
});
open.choice("Accept | Reject", {
  by: "buyer",
  decide,
  branches: {
    Accept: (b) => b.broadcast("Accept", { by: "buyer", ...said }).send("Pay", { ...to, ...said }),
    Reject: (b) => b.broadcast("Reject", { by: "seller", ...said }), // mistake
  },
});
open.choice("Accept | Reject", {
  by: "buyer",
  decide,
  branches: {
    Accept: (b) => b.broadcast("Accept", { by: "buyer", ...said }).send("Pay", { ...to, ...said }),
    Reject: (b) => b.local("Reject", { at: "buyer", action: () => 1 }), // mistake
  },
});

// A branch that is not finished, and one that goes on.
open.choice("Accept | Reject", { // mistake
  by: "buyer",
  decide,
  branches: {
    Accept: (b) => b.broadcast("Accept", { by: "buyer", ...said }),
    Reject: (b) => b.broadcast("Reject", { by: "buyer", ...said }),
  },
});
open.choice("Accept | Reject", {
  by: "buyer",
  decide,
  branches: {
    Accept: (b) => b.broadcast("Accept", { by: "buyer", ...said }).send("Pay", { ...to, ...said }),
    Reject: (b) =>
      b
        .broadcast("Reject", { by: "buyer", ...said })
        .broadcast("Note", { by: "buyer", ...said }), // mistake
  },
});

// A role that is not told, or is told by two, or of two things by one name.
open
  .choice("Accept | Reject", {
    by: "buyer",
    decide,
    branches: {
      Accept: (b) =>
        b.send("Accept", { by: "buyer", to: "bank", ...said }).send("Pay", { ...to, ...said }),
      Reject: (b) => b.send("Reject", { by: "buyer", to: "bank", ...said }),
    },
  })
  .send("Note", { by: "bank", to: "witness", ...said })
  .returns("nothing"); // mistake

const two = choreography("two", { ...head, session: "{ Accept . Pay | Reject . Sorry }" });
two.choice("Accept | Reject", { // mistake
  by: "buyer",
  decide,
  branches: {
    Accept: (b) =>
      b
        .send("Accept", { by: "buyer", to: "bank", ...said })
        .send("Pay", { by: "bank", to: "seller", ...said }),
    Reject: (b) =>
      b
        .send("Reject", { by: "buyer", to: "bank", ...said })
        .send("Sorry", { by: "buyer", to: "seller", ...said }),
  },
});

const twice = choreography("twice", { ...head, session: "{ Accept . Pay | Reject . Pay }" });
twice.choice("Accept | Reject", { // mistake
  by: "buyer",
  decide,
  branches: {
    Accept: (b) => b.broadcast("Accept", { by: "buyer", ...said }).send("Pay", { ...to, ...said }),
    Reject: (b) =>
      b.broadcast("Reject", { by: "buyer", ...said }).send("Pay", { ...to, ...counted }),
  },
});

// What a branch made known may be missing afterwards; everyone decides from what all agree on.
open
  .choice("Accept | Reject", {
    by: "buyer",
    decide,
    branches: {
      Accept: (b) =>
        b.broadcast("Accept", { by: "buyer", ...said }).send("Pay", { ...to, ...said }),
      Reject: (b) => b.broadcast("Reject", { by: "buyer", ...said }),
    },
  })
  .broadcast("Note", {
    by: "buyer",
    ...said,
    payload: ({ Accept }) => ({ text: Accept.text }), // mistake
  });

choreography("polling", { ...head, session: "Vote* . { Yes | No }" })
  .collect("Vote", { by: "witness", ...counted, atLeast: 2 })
  .choice("Yes | No", {
    by: everyone,
    decide: ({ Vote }) => (Vote.length > 1 ? "Yes" : "No"), // mistake
    branches: {
      Yes: (b) => b.broadcast("Yes", { by: "buyer", ...said }),
      No: (b) => b.broadcast("No", { by: "buyer", ...said }),
    },
  });
